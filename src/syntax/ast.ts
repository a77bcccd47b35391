import type { SourceFile, Span } from "../diagnostics/index.js";
import type {
  CallExpression,
  Expression,
  Name,
  Node,
  PathExpression,
  StringExpression,
} from "./expression-ast.js";

export type * from "./expression-ast.js";

/** The abstract syntax of a file: what was written, with where, before any meaning. */

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
