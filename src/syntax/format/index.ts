import type { ILexingResult, IToken } from "chevrotain";
import { lexer } from "../../../grammar/tokens.js";
import { invariant } from "../../base/invariant.js";
import { type Diagnostic, SourceFile } from "../../diagnostics/index.js";
import { readConcrete } from "../concrete.js";
import { isRemark, piecesOf } from "./pieces.js";
import { prepare } from "./prepare.js";
import { print } from "./print.js";
import { treeOf } from "./tree.js";

export interface Formatted {
  /** The whole file in the one layout. */
  readonly text: string;
  /** What is wrong with its syntax: these parts are left as they are written. A file over a limit is left whole. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lays a file out in the one way there is. Total, on any text. Neither a token nor a comment is lost or changes its
 * place among the others (only the `()` of a call without arguments goes), and laying out the result changes nothing.
 */
export function format(source: SourceFile): Formatted {
  const text = source.text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const file = text === source.text ? source : new SourceFile(source.name, text);
  const concrete = readConcrete(file);
  if ("code" in concrete) return { text: source.text, diagnostics: [concrete] };
  const { lexed, diagnostics } = concrete;
  const tree = treeOf(piecesOf(text, lexed), text);
  const trusted = diagnostics.length === 0;
  const items = tree.items.map((item) => prepare(item, "file", trusted));
  const result = print(items, tree, text);
  invariant(
    meaning(text, lexed) === meaning(result, lexer.tokenize(result)),
    "the formatter changed more than the layout",
  );
  return { text: result, diagnostics };
}

/** All that layout must keep: tokens with the line ends that count, and comments, each in its order. */
function meaning(text: string, lexed: ILexingResult): string {
  const pieces = piecesOf(text, lexed);
  const tokens = pieces.filter((piece): piece is IToken => !isRemark(piece));
  const comments = pieces.filter(isRemark).map((remark) => remark.comment);
  const shown = tokens.map((token) => (token.tokenType.name === "NewLine" ? "\n" : token.image));
  const code = shown.filter((_, i) => !(isEmptyPair(shown, i) || isEmptyPair(shown, i - 1)));
  return JSON.stringify([code, [...comments].sort()]);
}

function isEmptyPair(images: readonly string[], at: number): boolean {
  return images[at] === "(" && images[at + 1] === ")";
}
