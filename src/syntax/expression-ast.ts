import type { Span } from "../diagnostics/index.js";

/** The abstract syntax of values. */

export interface Node {
  readonly span: Span;
}

/** A name as written. */
export interface Name extends Node {
  readonly text: string;
}

export type Expression =
  | NumberExpression
  | StringExpression
  | BooleanExpression
  | PathExpression
  | CallExpression
  | MemberExpression
  | UnaryExpression
  | BinaryExpression
  | TernaryExpression
  | RangeExpression
  | ArrowExpression
  | QuantityExpression
  | ListExpression
  | GroupExpression
  | PipelineExpression;

export interface NumberExpression extends Node {
  readonly kind: "number";
  readonly value: number;
  readonly percent: boolean;
}

export interface StringExpression extends Node {
  readonly kind: "string";
  readonly value: string;
}

export interface BooleanExpression extends Node {
  readonly kind: "boolean";
  readonly value: boolean;
}

/** A name, `in`, or an address with wildcards: `width`, `in.channels`, `layers.[0..5]`, `**.norm1`. */
export interface PathExpression extends Node {
  readonly kind: "path";
  readonly segments: readonly Segment[];
}

export type Segment =
  | (Node & { readonly kind: "name"; readonly text: string })
  | (Node & { readonly kind: "index"; readonly index: number })
  | (Node & { readonly kind: "star" })
  | (Node & { readonly kind: "doubleStar" })
  | (Node & { readonly kind: "range"; readonly range: Expression });

/** `name(…)` or, where only calls may stand, `name`. */
export interface CallExpression extends Node {
  readonly kind: "call";
  /** Dotted name, at least one. */
  readonly callee: readonly Name[];
  readonly arguments: readonly Argument[];
}

export interface Argument extends Node {
  readonly key: Name | null;
  readonly value: Expression;
}

/** What follows a call: `resnet18(outputs: 100).parameters`. */
export interface MemberExpression extends Node {
  readonly kind: "member";
  readonly target: Expression;
  readonly segments: readonly Segment[];
}

export interface UnaryExpression extends Node {
  readonly kind: "unary";
  readonly operator: "-" | "not";
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or";

export interface BinaryExpression extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface TernaryExpression extends Node {
  readonly kind: "ternary";
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

/** `1..5`. */
export interface RangeExpression extends Node {
  readonly kind: "range";
  readonly from: Expression;
  readonly to: Expression;
}

/** `0.1 -> 1e-6`. */
export interface ArrowExpression extends Node {
  readonly kind: "arrow";
  readonly from: Expression;
  readonly to: Expression;
}

/** `1/4 epoch`. */
export interface QuantityExpression extends Node {
  readonly kind: "quantity";
  readonly amount: Expression;
  readonly unit: Name;
}

export interface ListExpression extends Node {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

/** Parentheses: one value is grouping, several are one level. */
export interface GroupExpression extends Node {
  readonly kind: "group";
  readonly items: readonly Expression[];
}

/** `source |> transform |> transform`. */
export interface PipelineExpression extends Node {
  readonly kind: "pipeline";
  readonly head: Expression;
  readonly stages: readonly CallExpression[];
}
