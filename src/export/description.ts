import type { ListedFile } from "../base/new-file.js";
import type { ScaleProgram, TrainingProgram } from "../program/types.js";
import { anySize, type Graph, lengthsOf, takesRawImages, type Value } from "./record/index.js";

export const targets = ["tfjs", "safetensors", "onnx"] as const;
export type Target = (typeof targets)[number];

/** Where exported weights come from. */
export interface Origin {
  /** Version of lerac at work. */
  readonly version: string;
  readonly run: string;
  readonly seed: number;
  /** sha256 of the program. */
  readonly program: string;
  readonly checkpoint: string;
  /** Completed steps of training. */
  readonly step: number;
}

/** `lerac.json`: what somebody needs to know who has the files and not the run. */
export interface Description {
  readonly format: "lerac export 1";
  readonly to: Target;
  readonly lerac: string;
  readonly experiment: string;
  readonly model: string;
  readonly run: string;
  readonly seed: number;
  readonly program: string;
  readonly checkpoint: string;
  readonly step: number;
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: readonly (number | "batch")[];
    readonly type: "float32";
    /** What the numbers are. */
    readonly values: string;
  }[];
  /** In the graph: nothing is to be done. Else the caller scales, as the words say. */
  readonly scale: {
    readonly by: "graph" | "caller";
    readonly formula: string;
    readonly setting: ScaleProgram | null;
  };
  /** Of a graph; weights alone have none. */
  readonly outputs: readonly { readonly name: string; readonly shape: readonly (number | "batch")[] }[];
  readonly classes: number | null;
  readonly classNames: readonly string[] | null;
  readonly files: readonly ListedFile[];
}

/**
 * Describes an export.
 * @param graph what was written; null for weights alone
 * @param files those beside the description
 */
export function describe(
  program: TrainingProgram,
  to: Target,
  origin: Origin,
  graph: Graph | null,
  files: Description["files"],
): Description {
  const { data, model } = program;
  const raw = graph !== null && takesRawImages(data);
  const inputs =
    graph?.inputs ?? model.inputs.map(({ name, shape }) => ({ name, shape: [anySize, ...shape] }));
  return {
    format: "lerac export 1",
    to,
    lerac: origin.version,
    experiment: program.experiment.name,
    model: model.name,
    run: origin.run,
    seed: origin.seed,
    program: origin.program,
    checkpoint: origin.checkpoint,
    step: origin.step,
    inputs: inputs.map((input) => ({
      name: input.name,
      shape: sizes(input),
      type: "float32",
      values: meaning(input.name, program, raw),
    })),
    scale: {
      by: raw ? "graph" : "caller",
      formula: scaleFormula(program),
      setting: data.scale,
    },
    outputs: graph?.outputs.map((output) => ({ name: output.name, shape: sizes(output) })) ?? [],
    classes: data.classes,
    classNames: data.classNames,
    files,
  };
}

function sizes({ shape }: Value): (number | "batch")[] {
  return shape.map((size) => (size === anySize ? "batch" : size));
}

/** What the numbers of an input are. */
function meaning(name: string, { data, model }: TrainingProgram, raw: boolean): string {
  if (!model.inputs.some((input) => input.name === name))
    return `how many places of ${lengthsOf(name)} are filled, from the first on`;
  if (data.sample.kind === "tokens") return "numbers of words, padded at the end";
  if (data.sample.kind === "audio") return "samples as the dataset's transforms make them, scaled";
  if (data.sample.kind === "spectrogram")
    return "a spectrogram as the dataset's transforms make it, scaled, the lowest band first";
  const order = "rows first, channels last";
  return raw ? `8-bit values as they are stored, 0 to 255, ${order}` : `scaled as the dataset says, ${order}`;
}

function scaleFormula({ data }: TrainingProgram): string {
  const { scale, sample } = data;
  const share = sample.kind === "image" ? "stored value / 255" : "value";
  if (scale === null) return share;
  if (scale.kind === "range" && scale.per !== undefined)
    return `low + (value - smallest) / (largest - smallest) * (high - low), smallest and largest of the ${scale.per}`;
  return scale.kind === "standard" ? `(${share} - mean) / std` : `low + ${share} * (high - low)`;
}
