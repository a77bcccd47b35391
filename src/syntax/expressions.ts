import type { CstNode, IToken } from "chevrotain";
import {
  type Diagnostic,
  error,
  joinSpans,
  type SourceFile,
  type Span,
  spanText,
} from "../diagnostics/index.js";
import type {
  Argument,
  BinaryOperator,
  CallExpression,
  Expression,
  Name,
  PathExpression,
  Segment,
  StringExpression,
} from "./ast.js";
import { inOrder, isNode, node, nodes, spanOfNode, spanOfToken, token, tokens } from "./cst.js";

/**
 * Expressions of the concrete tree to those of the abstract one. Every function returns null where the parser
 * recovered and something essential is missing: the statement around it is then left out.
 */
export class ExpressionBuilder {
  /** What the grammar lets pass and no tree can hold. */
  readonly faults: Diagnostic[] = [];

  constructor(readonly source: SourceFile) {}

  name(token: IToken): Name {
    return { text: token.image, span: spanOfToken(this.source, token) };
  }

  string(token: IToken): StringExpression {
    const value = token.image
      .slice(1, -1)
      .replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c));
    return { kind: "string", value, span: spanOfToken(this.source, token) };
  }

  /** `span` rule: a value, or two joined by `->`. */
  span(cst: CstNode | null): Expression | null {
    const [from, to] = cst ? nodes(cst, "ternary") : [];
    const left = this.ternary(from ?? null);
    if (left === null || to === undefined) return left;
    const right = this.ternary(to);
    return right && { kind: "arrow", from: left, to: right, span: joinSpans(left.span, right.span) };
  }

  ternary(cst: CstNode | null): Expression | null {
    if (cst === null) return null;
    const condition = this.operation(node(cst, "operation"));
    const [yesNode, noNode] = nodes(cst, "ternary");
    if (condition === null || yesNode === undefined) return condition;
    const yes = this.ternary(yesNode);
    const no = this.ternary(noNode ?? null);
    return yes && no && { kind: "ternary", condition, yes, no, span: joinSpans(condition.span, no.span) };
  }

  /** Operands with operators between them; the grammar has seen to it that they join from the left. */
  operation(cst: CstNode | null): Expression | null {
    if (cst === null) return null;
    let left: Expression | null = null;
    let operator: IToken | null = null;
    for (const child of inOrder(cst)) {
      if (isNode(child)) {
        const next = child.name === "operand" ? this.operand(child) : this.operation(child);
        if (next === null) return null;
        left = operator === null ? next : this.joined(left, operator, next);
      } else if (left !== null && tokens(cst, "Unit").includes(child)) {
        const unit = this.name(child);
        left = { kind: "quantity", amount: left, unit, span: joinSpans(left.span, unit.span) };
      } else operator = child;
    }
    return left;
  }

  private joined(left: Expression | null, operator: IToken, right: Expression): Expression {
    if (left === null) {
      const span = joinSpans(spanOfToken(this.source, operator), right.span);
      return { kind: "unary", operator: "not", operand: right, span };
    }
    const span = joinSpans(left.span, right.span);
    if (operator.image === "..") return { kind: "range", from: left, to: right, span };
    return { kind: "binary", operator: operator.image as BinaryOperator, left, right, span };
  }

  /** A value with what follows it: names joined by dots become a path, a path with arguments a call. */
  operand(cst: CstNode): Expression | null {
    const minus = token(cst, "Minus");
    if (minus !== null) {
      const inner = node(cst, "operand");
      const operand = inner && this.operand(inner);
      const span = operand && joinSpans(spanOfToken(this.source, minus), operand.span);
      return operand && span && { kind: "unary", operator: "-", operand, span };
    }
    let expression = this.primary(cst);
    for (const child of inOrder(cst)) {
      if (!isNode(child) || expression === null) continue;
      if (child.name === "segment") expression = this.withSegment(expression, this.segment(child));
      else if (child.name === "arguments") expression = this.withArguments(expression, child);
    }
    return expression;
  }

  private withSegment(target: Expression, segment: Segment | null): Expression | null {
    if (segment === null) return null;
    const span = joinSpans(target.span, segment.span);
    if (target.kind === "path") return { kind: "path", segments: [...target.segments, segment], span };
    const inner = target.kind === "member" ? target : { target, segments: [] };
    return { kind: "member", target: inner.target, segments: [...inner.segments, segment], span };
  }

  private withArguments(target: Expression, cst: CstNode): Expression | null {
    const callee = calleeOf(target);
    const list = this.arguments(cst);
    if (callee === null) this.faults.push(noCallee(target, spanOfNode(this.source, cst)));
    if (callee === null || list === null) return null;
    return {
      kind: "call",
      callee,
      arguments: list,
      span: joinSpans(target.span, spanOfNode(this.source, cst)),
    };
  }

  /** What an operand begins with. */
  private primary(cst: CstNode): Expression | null {
    const [first] = inOrder(cst);
    if (first === undefined) return null;
    if (isNode(first)) {
      const span = spanOfNode(this.source, first);
      const items =
        first.name === "list"
          ? all(nodes(first, "span").map((item) => this.span(item)))
          : all(nodes(first, "value").map((item) => this.value(item)));
      return items && { kind: first.name === "list" ? "list" : "group", items, span };
    }
    const span = spanOfToken(this.source, first);
    if (token(cst, "NumberLiteral") === first) {
      const percent = token(cst, "Percent");
      return {
        kind: "number",
        value: Number(first.image),
        percent: percent !== null,
        span: percent === null ? span : joinSpans(span, spanOfToken(this.source, percent)),
      };
    }
    if (token(cst, "StringLiteral") === first) return this.string(first);
    if (token(cst, "Reserved_true") !== null) return { kind: "boolean", value: true, span };
    if (token(cst, "Reserved_false") !== null) return { kind: "boolean", value: false, span };
    if (first.image === "." || first.isInsertedInRecovery === true) return null;
    return { kind: "path", segments: [{ kind: "name", text: first.image, span }], span };
  }

  segment(cst: CstNode): Segment | null {
    const span = spanOfNode(this.source, cst);
    const range = node(cst, "operation");
    if (range !== null) {
      const expression = this.operation(range);
      return expression && { kind: "range", range: expression, span };
    }
    const index = token(cst, "Index");
    if (index !== null) return { kind: "index", index: Number(index.image), span };
    if (token(cst, "Star") !== null) return { kind: "star", span };
    if (token(cst, "DoubleStar") !== null) return { kind: "doubleStar", span };
    const name = token(cst, "Name");
    return name && { kind: "name", text: name.image, span };
  }

  /** `address` and `glob` rules: a first name or wildcard, then segments. */
  path(cst: CstNode): PathExpression | null {
    const span = spanOfNode(this.source, cst);
    const first = inOrder(cst).find((child): child is IToken => !isNode(child));
    if (first === undefined) return null;
    const head: Segment =
      first.image === "*"
        ? { kind: "star", span: spanOfToken(this.source, first) }
        : first.image === "**"
          ? { kind: "doubleStar", span: spanOfToken(this.source, first) }
          : { kind: "name", text: first.image, span: spanOfToken(this.source, first) };
    const rest = all(nodes(cst, "segment").map((segment) => this.segment(segment)));
    return rest && { kind: "path", segments: [head, ...rest], span };
  }

  paths(cst: CstNode | null): readonly PathExpression[] | null {
    return cst === null ? [] : all(nodes(cst, "address").map((address) => this.path(address)));
  }

  /** `value` rule: an address that starts with a wildcard, or an expression with the stages of a pipeline. */
  value(cst: CstNode): Expression | null {
    const glob = node(cst, "glob");
    if (glob !== null) return this.path(glob);
    const head = this.span(node(cst, "span"));
    const stages = all(nodes(cst, "call").map((call) => this.call(call)));
    if (head === null || stages === null || stages.length === 0) return head;
    return { kind: "pipeline", head, stages, span: spanOfNode(this.source, cst) };
  }

  values(cst: CstNode | null): readonly Expression[] | null {
    return cst === null ? [] : all(nodes(cst, "value").map((value) => this.value(value)));
  }

  call(cst: CstNode | null): CallExpression | null {
    if (cst === null) return null;
    const callee = tokens(cst, "Name").map((name) => this.name(name));
    const list = this.arguments(node(cst, "arguments"));
    if (callee.length === 0 || list === null) return null;
    return { kind: "call", callee, arguments: list, span: spanOfNode(this.source, cst) };
  }

  private arguments(cst: CstNode | null): readonly Argument[] | null {
    if (cst === null) return [];
    return all(
      nodes(cst, "argument").map((argument) => {
        const value = this.span(node(argument, "span"));
        const keyNode = node(argument, "key");
        const keyToken = keyNode === null ? undefined : inOrder(keyNode).find((child) => !isNode(child));
        const key = keyToken === undefined || isNode(keyToken) ? null : this.name(keyToken);
        return value && { key, value, span: spanOfNode(this.source, argument) };
      }),
    );
  }
}

function noCallee(target: Expression, at: Span): Diagnostic {
  return error("L0112", `\`${shorten(spanText(target.span))}\` can't be called`, {
    at: { span: at, text: "arguments follow a name" },
    secondary: [{ span: target.span, text: "is no name" }],
    helps: ["leave the parentheses out, or write an operator such as `*` before them"],
  });
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** The dotted name that is called; null where something else stands before the parenthesis. */
function calleeOf(target: Expression): readonly Name[] | null {
  if (target.kind !== "path") return null;
  return all(
    target.segments.map((segment) =>
      segment.kind === "name" ? { text: segment.text, span: segment.span } : null,
    ),
  );
}

/** The list without holes, or null if there is one. */
export function all<T>(items: readonly (T | null)[]): readonly T[] | null {
  return items.every((item) => item !== null) ? (items as readonly T[]) : null;
}
