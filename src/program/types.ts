import type { RatePlan, Time } from "../plan/types.js";
import type { ArmProgram, ClaimProgram } from "./compare-types.js";
import type { DataProgram } from "./data.js";

export type { ArmProgram, ClaimProgram, ClaimSide } from "./compare-types.js";
export type * from "./data.js";

/**
 * The training program: the one hand-over between the compiler and everything that executes. Plain JSON, closed in
 * itself (nothing refers back to the spec), validated by `schema.ts` at every border and hashed over its canonical
 * form. Sizes are per sample and channels last.
 */
export interface TrainingProgram {
  /** Version of the language that fixed every default. */
  readonly lerac: 1;
  readonly experiment: { readonly name: string; readonly seeds: readonly number[] };
  /** Values of the spec's `param`s, after `--set`. */
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly data: DataProgram;
  readonly model: ModelProgram;
  readonly train: TrainSettings;
  /** Files that tensors start from, in the order in which they are read; absent where none are. */
  readonly weights?: readonly WeightsProgram[];
  readonly plan: RatePlan;
  /** What `compare` sets against each other. */
  readonly arms: readonly ArmProgram[];
  /** Measured claims; those about parameters are decided when a spec is checked. */
  readonly claims: readonly ClaimProgram[];
}

// ---- model ----

export interface ModelProgram {
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** In an order in which every layer follows its inputs. The last one is the output. */
  readonly layers: readonly LayerProgram[];
  /** Numbers in trainable tensors. */
  readonly parameters: number;
  /** Multiply-adds of one sample's forward pass. */
  readonly multiplyAdds: number;
}

export interface LayerProgram {
  /** Stable and unique; rates, checkpoints and messages use it. */
  readonly address: string;
  readonly operator: string;
  /** Addresses of layers, or `input:NAME`, or `ADDRESS:i` for stream i (from 0) of a layer that has `outputs`. */
  readonly inputs: readonly string[];
  /** Every argument, defaults filled in. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Per sample, without the batch dimension. */
  readonly output: readonly number[];
  /** Layers that give several streams: the shape of each; `output` is the first. */
  readonly outputs?: readonly (readonly number[])[];
  readonly tensors: readonly TensorProgram[];
  readonly multiplyAdds: number;
  /** As the plan prints it: "conv2d 3x3". */
  readonly title: string;
}

export type AttributeValue =
  | number
  | boolean
  | string
  | readonly number[]
  | readonly (readonly number[])[]
  | null;

export interface TensorProgram {
  /** The layer's address and the tensor's name: `conv1.weight`, `conv1.batch_norm.mean`. */
  readonly address: string;
  readonly shape: readonly number[];
  /** Trainable tensors are updated by the optimizer; statistics (batch norm) by the forward pass. */
  readonly trainable: boolean;
  readonly init: InitProgram;
}

export type InitProgram =
  | { readonly kind: "constant"; readonly value: number }
  /** Normal around 0; `std` is computed by the compiler (He et al. 2015: sqrt(2 / fan_in) for kaiming_normal). */
  | { readonly kind: "normal"; readonly std: number }
  /** Normal, drawn again beyond two standard deviations. */
  | { readonly kind: "truncated_normal"; readonly std: number }
  | { readonly kind: "uniform"; readonly limit: number };

// ---- weights ----

/** Where the tensors below one address start. */
export interface WeightsProgram {
  readonly address: string;
  /** A safetensors file, as written in the spec, relative to its folder. */
  readonly file: string;
  /** Keys without it are not looked at, the others lose it. */
  readonly prefix: string;
  /** How kernels lie in the file; `torch` puts channels first. */
  readonly layout: "lerac" | "torch";
  /** Every tensor below the address and the key it is read from, without the prefix. */
  readonly tensors: readonly { readonly address: string; readonly key: string }[];
  /** Patterns of keys that may stay unused. */
  readonly ignore: readonly string[];
}

// ---- training ----

export interface TrainSettings {
  readonly loss: LossProgram;
  readonly metrics: readonly MetricProgram[];
  readonly optimizer: OptimizerProgram;
  readonly batch: number;
  readonly lastBatch: "keep" | "drop";
  /** Length of the run; exactly one of the two. */
  readonly length: { readonly unit: "epochs" | "steps"; readonly value: number };
  /** How often val (and the claims' split) is measured. */
  readonly evaluateEvery: Time;
  readonly keep:
    | { readonly kind: "last" }
    | { readonly kind: "best"; readonly split: string; readonly metric: string };
  /** When a run ends early; absent: never. */
  readonly stop?: StopProgram;
  /** Bound on gradients; absent: none. */
  readonly clip?: ClipProgram;
  /** Average of the weights that is measured and kept in their place; absent: none. */
  readonly average?: AverageProgram;
}

export type StopProgram =
  /** When a metric has not become better for so long. */
  | { readonly kind: "early"; readonly split: string; readonly metric: string; readonly patience: Time }
  /** After so much time on the clock. */
  | { readonly kind: "after"; readonly seconds: number };

/** `norm`: gradients of all tensors that move, as one vector, are scaled down to that length; `value`: each number is cut. */
export type ClipProgram =
  | { readonly kind: "norm"; readonly limit: number }
  | { readonly kind: "value"; readonly limit: number };

/** Exponential moving average: average = decay · average + (1 − decay) · weights, after each step. */
export interface AverageProgram {
  readonly kind: "ema";
  readonly decay: number;
}

/** `name` is how specs, events and reports call it: `accuracy`, `top(3)`. What each counts: `engine/metrics/`. */
export type MetricProgram =
  | { readonly kind: "accuracy" | "precision" | "recall" | "f1" | "auc"; readonly name: string }
  | { readonly kind: "top"; readonly name: string; readonly k: number }
  | { readonly kind: "mae" | "rmse"; readonly name: string }
  | { readonly kind: "map"; readonly name: string; readonly overlap: readonly [number, number] };

/** The mean over the batch of each. Formulas: `engine/losses/`. */
export type LossProgram =
  | {
      readonly kind: "cross_entropy";
      readonly smoothing: number;
      /** One a class; null where all count alike. */
      readonly weights: readonly number[] | null;
    }
  | { readonly kind: "focal"; readonly gamma: number; readonly alpha: readonly number[] | null }
  | { readonly kind: "bce" }
  | { readonly kind: "mse" }
  | { readonly kind: "mae" }
  | { readonly kind: "huber"; readonly delta: number }
  | { readonly kind: "smooth_l1"; readonly beta: number }
  | {
      readonly kind: "detection";
      readonly box: number;
      readonly objectness: number;
      readonly class: number;
    };

/** Rules and formulas: `engine/optimizers/`. */
export type OptimizerProgram =
  | {
      readonly kind: "sgd";
      readonly rate: number;
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay: number;
    }
  | {
      readonly kind: "adam" | "adamw" | "adamax" | "lamb";
      readonly rate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly eps: number;
      readonly weightDecay: number;
    }
  | {
      readonly kind: "rmsprop";
      readonly rate: number;
      readonly alpha: number;
      readonly eps: number;
      readonly momentum: number;
      readonly centered: boolean;
      readonly weightDecay: number;
    }
  | {
      readonly kind: "adagrad";
      readonly rate: number;
      readonly eps: number;
      readonly initial: number;
      readonly weightDecay: number;
    };
