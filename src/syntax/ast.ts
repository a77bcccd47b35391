import type { SourceFile, Span } from "../diagnostics/index.js";

/** The abstract syntax of a file: what was written, with where, before any meaning. */

interface Node {
  readonly span: Span;
}

/** A name as written. */
export interface Name extends Node {
  readonly text: string;
}

export interface File extends Node {
  readonly source: SourceFile;
  /** The number of `lerac 1`; null where the line is missing. */
  readonly version: (Node & { readonly value: number }) | null;
  readonly items: readonly Item[];
  readonly comments: readonly Comment[];
}

export interface Comment extends Node {
  /** With its `#`. */
  readonly text: string;
}

export type Item =
  | ImportItem
  | ExperimentItem
  | ParamItem
  | DatasetItem
  | CurriculumItem
  | BlockItem
  | ModelItem
  | TrainItem
  | CompareItem
  | ExpectItem;

export interface ImportItem extends Node {
  readonly kind: "import";
  /** A path as written, or the dotted name of a library module. */
  readonly target: StringExpression | readonly Name[];
  readonly alias: Name | null;
}

export interface ExperimentItem extends Node {
  readonly kind: "experiment";
  readonly keyword: Span;
  readonly title: StringExpression;
  readonly settings: readonly Setting[];
}

export interface ParamItem extends Node {
  readonly kind: "param";
  readonly name: Name;
  readonly value: Expression;
}

export interface DatasetItem extends Node {
  readonly kind: "dataset" | "names";
  readonly name: Name;
  readonly settings: readonly Setting[];
}

export interface CurriculumItem extends Node {
  readonly kind: "curriculum";
  readonly name: Name;
  /** After the colon; the name is the kind where it is null. */
  readonly kindName: Name | null;
  readonly settings: readonly Setting[];
}

export interface BlockItem extends Node {
  readonly kind: "block";
  readonly name: Name;
  readonly params: readonly Parameter[];
  /** Names after `from`; empty for the one input `in`. */
  readonly inputs: readonly Name[];
  readonly body: Body;
}

export interface ModelItem extends Node {
  readonly kind: "model";
  readonly name: Name;
  readonly params: readonly Parameter[];
  readonly body: Body;
}

export interface Parameter extends Node {
  readonly name: Name;
  readonly value: Expression | null;
}

export interface TrainItem extends Node {
  readonly kind: "train";
  readonly keyword: Span;
  readonly settings: readonly Setting[];
}

export interface CompareItem extends Node {
  readonly kind: "compare";
  readonly keyword: Span;
  readonly arms: readonly Arm[];
}

export interface Arm extends Node {
  readonly label: Name | null;
  /** Joined by `+`; at least one. */
  readonly calls: readonly CallExpression[];
}

export interface ExpectItem extends Node {
  readonly kind: "expect";
  readonly keyword: Span;
  readonly claims: readonly Claim[];
}

export interface Claim extends Node {
  readonly condition: Expression;
  readonly within: Expression | null;
  readonly with: { readonly name: Name; readonly below: Expression } | null;
}

/** `head values clause…`: one fact of a section. */
export interface Setting extends Node {
  readonly head: Name;
  readonly values: readonly Expression[];
  readonly clauses: readonly Clause[];
}

export interface Clause extends Node {
  readonly word: Name;
  readonly values: readonly Expression[];
}

// ---- models ----

/** What stands between two braces of a model or block. */
export interface Body extends Node {
  readonly statements: readonly Statement[];
}

export type Statement = InputStatement | ReturnStatement | LayerStatement;

export interface InputStatement extends Node {
  readonly kind: "input";
  readonly inputs: readonly { readonly name: Name | null; readonly call: CallExpression }[];
}

export interface ReturnStatement extends Node {
  readonly kind: "return";
  readonly names: readonly Name[];
}

export interface LayerStatement extends Node {
  readonly kind: "layer";
  readonly label: Name | null;
  readonly layer: Layer;
}

export type Layer = CallLayer | RepeatLayer | ResidualLayer | WhenLayer;

export interface CallLayer extends Node {
  readonly kind: "call";
  readonly call: CallExpression;
  /** After `from`; empty where the layer takes the output above. */
  readonly from: readonly PathExpression[];
}

export interface RepeatLayer extends Node {
  readonly kind: "repeat";
  readonly keyword: Span;
  readonly count: Expression;
  readonly variable: Name | null;
  readonly from: readonly PathExpression[];
  readonly body: Body;
}

export interface ResidualLayer extends Node {
  readonly kind: "residual";
  readonly keyword: Span;
  readonly body: Body;
  readonly shortcut: { readonly condition: Expression | null; readonly body: Body } | null;
}

export interface WhenLayer extends Node {
  readonly kind: "when";
  readonly condition: Expression;
  readonly body: Body;
}

// ---- expressions ----

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
