import { printable } from "../../base/format.js";

type Attributes = Readonly<Record<string, string | number>>;

/** One SVG element; numbers are written with at most two decimals. */
export function element(
  name: string,
  attributes: Attributes,
  content: string | readonly string[] = "",
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const inner = typeof content === "string" ? content : content.join("");
  return inner === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${inner}</${name}>`;
}

/** Text as text, so that it can be searched, selected and read aloud. */
export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return `${element("text", { x, y, ...attributes }, escaped(content))}\n`;
}

/** What hovering shows, and what screen readers say. */
export function title(content: string): string {
  return element("title", {}, escaped(content));
}

function attribute(value: string | number): string {
  return typeof value === "number" ? `${Number(value.toFixed(2))}` : escaped(value);
}

/** Text from a spec, harmless in XML. */
function escaped(content: string): string {
  return printable(content)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Cut to so many characters, in the middle: addresses differ at their ends. */
export function shortened(content: string, length: number): string {
  if (content.length <= length) return content;
  const head = Math.ceil((length - 1) / 2);
  return `${content.slice(0, head)}…${content.slice(content.length - (length - 1 - head))}`;
}
