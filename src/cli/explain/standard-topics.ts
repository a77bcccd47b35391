import { fileLoader } from "../../check/index.js";
import { type BlockItem, type Comment, type File, parse } from "../../syntax/index.js";
import { indented, paragraph } from "./layout.js";
import type { Topic } from "./topic.js";

/** The modules of `std` and their blocks, from the files that `import std.NAME` reads. */
export function standardTopics(): Topic[] {
  const loader = fileLoader(null);
  return loader.standard.flatMap((name) => {
    const loaded = loader.load({ standard: name }, null);
    if ("problem" in loaded) return [];
    const { file } = parse(loaded.source);
    const blocks = file.items.filter((item) => item.kind === "block");
    return [moduleTopic(name, file, blocks), ...blocks.map((block) => blockTopic(name, file, block))];
  });
}

function moduleTopic(module: string, file: File, blocks: readonly BlockItem[]): Topic {
  const name = `std.${module}`;
  const doc = commentOf(file);
  const own = blocks.map((block) => block.name.text);
  return {
    kind: "module",
    name,
    summary: doc,
    text: () => [
      `${name}   module`,
      "",
      ...paragraph(doc),
      "",
      `  import ${name}`,
      "",
      ...paragraph(`blocks   ${own.map((block) => `${module}.${block}`).join(", ")}`),
    ],
    json: () => ({ kind: "module", name, doc, blocks: own }),
  };
}

function blockTopic(module: string, file: File, block: BlockItem): Topic {
  const { name, span } = block;
  const isAlone = file.items.length === 1;
  const doc = isAlone ? commentOf(file) : commentAbove(file, block);
  const source = file.source.text.slice(span.start, span.end);
  return {
    kind: `block of std.${module}`,
    name: name.text,
    aliases: [`${module}.${name.text}`, `std.${module}.${name.text}`],
    summary: doc === "" ? `A block of std.${module}.` : doc,
    text: () => [
      `${name.text}   block of std.${module}`,
      "",
      ...(doc === "" ? [] : [...paragraph(doc), ""]),
      `called as   ${module}.${name.text}, behind \`import std.${module}\``,
      "",
      ...indented(source),
    ],
    json: () => ({ kind: "block", module: `std.${module}`, name: name.text, doc, source }),
  };
}

/** The first comment of a file: what it is for. */
function commentOf({ source, comments }: File): string {
  const line = (index: number) => source.position(comments[index]?.span.start ?? 0).line;
  let count = Math.min(1, comments.length);
  while (count < comments.length && line(count) === line(count - 1) + 1) count++;
  return joined(comments.slice(0, count));
}

/** The comment that ends on the line above a block; empty where there is none. */
function commentAbove({ source, comments }: File, block: BlockItem): string {
  const first = source.position(block.span.start).line;
  const above = comments.filter(({ span }) => span.start < block.span.start);
  let count = 0;
  while (source.position(above[above.length - 1 - count]?.span.start ?? 0).line === first - 1 - count)
    count++;
  return joined(above.slice(above.length - count));
}

function joined(comments: readonly Comment[]): string {
  return comments.map(({ text }) => text.replace(/^#\s*/, "")).join(" ");
}
