import { reservedWords, unitNames } from "../../../grammar/tokens.js";

const notNames: ReadonlySet<string> = new Set([...reservedWords, ...unitNames, "width", "in"]);

/** Whether a text can stand as a word of the language. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(text) && !notNames.has(text);
}

/** Names of classes where they are few and short, in the order of the labels; else how many. */
export function classesText(classNames: readonly string[]): string {
  const list = `[${classNames.map(nameText).join(", ")}]`;
  return list.length <= 80 ? list : `${classNames.length}`;
}

/** A name as the language writes it: bare, or a string. */
export function nameText(name: string): string {
  return isName(name) ? name : `"${escaped(name)}"`;
}

/** The inside of a string literal. */
export function escaped(text: string): string {
  return text.replace(/[\\"]/g, "\\$&").replace(/[\r\n\t]/g, " ");
}
