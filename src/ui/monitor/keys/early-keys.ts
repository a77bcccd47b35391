import { keyNames } from "./names.js";

/** What terminals send for the keys that have no character. */
const sequences: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  "4~": "end",
  "8~": "end",
  "5~": "pageup",
  "6~": "pagedown",
};

/** A control sequence (its parameters and last letter caught), a lone Esc, or a character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Esc is what keys begin with
const pressed = /\u001b(?:\[|O)([0-9;]*[A-Za-z~])|[\s\S]/gu;

/** Names of the keys in what a terminal sent, as `keyNames` gives them; keys that the monitor doesn't know are left out. */
export function namesOfInput(input: string): string[] {
  return [...input.matchAll(pressed)].flatMap(([text, sequence]) => {
    if (sequence !== undefined) return sequences[sequence] ?? [];
    if (text === "\u001b") return "escape";
    if (text === "\t") return "tab";
    const code = text.charCodeAt(0);
    const control = code >= 1 && code <= 26 && !"\b\r\n".includes(text);
    return control ? keyNames(String.fromCharCode(code + 96), { ctrl: true }) : keyNames(text, {});
  });
}

/** Reads keys until the function that it returns is called: between the first picture and the moment when Ink reads them. */
export function readEarlyKeys(
  stdin: NodeJS.ReadStream,
  onKeys: (names: readonly string[]) => void,
): () => void {
  const read = () => {
    for (let input: unknown = stdin.read(); input !== null; input = stdin.read()) {
      onKeys(namesOfInput(String(input)));
    }
  };
  stdin.setEncoding("utf8");
  stdin.on("readable", read);
  return () => stdin.off("readable", read);
}
