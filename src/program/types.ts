import type { RatePlan, Time } from "../plan/types.js";

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
  readonly plan: RatePlan;
  /** Curricula that `compare` sets against each other. */
  readonly arms: readonly { readonly name: string; readonly curricula: readonly string[] }[];
  /** Measured claims in the author's words, with the arms they speak of: two where one is set against the other. */
  readonly claims: readonly { readonly text: string; readonly arms: readonly string[] }[];
}

// ---- data ----

export interface DataProgram {
  readonly name: string;
  readonly source: DataSource;
  /** What one sample is before batching. */
  readonly sample: ImageSample;
  /** Number of classes of a classification target, and their names where the spec gives them. */
  readonly classes: number;
  readonly classNames: readonly string[] | null;
  readonly train: SplitProgram;
  readonly val: SplitProgram | null;
  readonly test: SplitProgram | null;
  readonly scale: ScaleProgram | null;
}

/** Sources by kind; paths are as written in the spec, relative to its folder. */
export type DataSource =
  | { readonly kind: "idx"; readonly path: string }
  | { readonly kind: "image_folder"; readonly path: string };

export interface ImageSample {
  readonly kind: "image";
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface SplitProgram {
  /** Names of the source's parts that are put together, in order: `train`, `test`. */
  readonly names: readonly string[];
  /** Half-open share of them, 0 to 1. */
  readonly part: readonly [number, number];
  /** Order fixed before the part is cut: null keeps the source's, a number shuffles by it. */
  readonly shuffle: number | null;
  readonly transforms: readonly TransformProgram[];
}

export type TransformProgram =
  /** Moves the image by up to so many pixels in each direction; what comes in is 0. */
  | { readonly kind: "shift"; readonly pixels: number }
  /** Mirrors left and right with probability one half. */
  | { readonly kind: "flip" }
  | { readonly kind: "resize"; readonly height: number; readonly width: number };

/** Raw 8-bit values are divided by 255 first; then value ↦ (value − mean) / std, a number or one a channel. */
export type ScaleProgram =
  | { readonly kind: "standard"; readonly mean: readonly number[]; readonly std: readonly number[] }
  | { readonly kind: "range"; readonly low: number; readonly high: number };

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
  /** Addresses of layers, or `input:NAME`. */
  readonly inputs: readonly string[];
  /** Every argument, defaults filled in. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Per sample, without the batch dimension. */
  readonly output: readonly number[];
  readonly tensors: readonly TensorProgram[];
  readonly multiplyAdds: number;
  /** As the plan prints it: "conv2d 3x3". */
  readonly title: string;
}

export type AttributeValue = number | boolean | string | readonly number[] | null;

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
  | { readonly kind: "uniform"; readonly limit: number };

// ---- training ----

export interface TrainSettings {
  readonly loss: { readonly kind: "cross_entropy" };
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
}

/** `name` is how specs, events and reports call it: `accuracy`, `top(3)`. */
export type MetricProgram =
  | { readonly kind: "accuracy"; readonly name: string }
  | { readonly kind: "top"; readonly name: string; readonly k: number };

export type OptimizerProgram =
  | {
      readonly kind: "sgd";
      readonly rate: number;
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay: number;
    }
  | {
      readonly kind: "adam";
      readonly rate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly eps: number;
      readonly weightDecay: number;
    };
