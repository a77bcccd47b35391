import type { CstNode, IToken } from "chevrotain";
import type { SourceFile, Span } from "../diagnostics/index.js";

/** Reading the concrete syntax tree, which may have holes where the parser recovered. */

export function isNode(element: CstNode | IToken): element is CstNode {
  return "children" in element;
}

/** Child rules of one name, in order of appearance. */
export function nodes(node: CstNode, rule: string): CstNode[] {
  return (node.children[rule] ?? []).filter(isNode);
}

export function node(parent: CstNode, rule: string): CstNode | null {
  const first = parent.children[rule]?.[0];
  return first !== undefined && isNode(first) ? first : null;
}

/** Child tokens of one name; those that recovery made up are left out. */
export function tokens(node: CstNode, name: string): IToken[] {
  return (node.children[name] ?? []).filter(
    (element): element is IToken => !isNode(element) && element.isInsertedInRecovery !== true,
  );
}

export function token(parent: CstNode, name: string): IToken | null {
  return tokens(parent, name)[0] ?? null;
}

/** All children, rules and tokens, in the order of the text. */
export function inOrder(node: CstNode): (CstNode | IToken)[] {
  const found: (CstNode | IToken)[] = [];
  for (const name in node.children) {
    for (const element of node.children[name] as (CstNode | IToken)[]) {
      if (isNode(element) ? !isEmpty(element) : element.isInsertedInRecovery !== true) found.push(element);
    }
  }
  // Most nodes of an expression have one child.
  return found.length < 2 ? found : found.sort((a, b) => startOf(a) - startOf(b));
}

function isEmpty(node: CstNode): boolean {
  return node.location === undefined || Number.isNaN(node.location.startOffset);
}

function startOf(element: CstNode | IToken): number {
  return isNode(element) ? (element.location?.startOffset ?? 0) : element.startOffset;
}

export function spanOfToken(source: SourceFile, token: IToken): Span {
  return { source, start: token.startOffset, end: token.startOffset + token.image.length };
}

/** The text a rule covers. A rule that recovery left empty is an empty span at its place. */
export function spanOfNode(source: SourceFile, node: CstNode): Span {
  const start = node.location?.startOffset;
  if (start === undefined || Number.isNaN(start)) return { source, start: 0, end: 0 };
  return { source, start, end: (node.location?.endOffset ?? start - 1) + 1 };
}
