import type { ScaleProgram, TrainingProgram } from "../program/types.js";
import { outputNames, takesRawImages } from "./record/index.js";

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
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** Describes an export; the files are those beside the description. */
export function describe(
  program: TrainingProgram,
  to: Target,
  origin: Origin,
  files: Description["files"],
): Description {
  const { data, model } = program;
  const graph = to !== "safetensors";
  const raw = graph && takesRawImages(data);
  const last = model.layers[model.layers.length - 1]?.output ?? [];
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
    inputs: model.inputs.map(({ name, shape }) => ({
      name,
      shape: ["batch", ...shape],
      type: "float32",
      values: raw
        ? "8-bit values as they are stored, 0 to 255, rows first, channels last"
        : "scaled as the dataset says, rows first, channels last",
    })),
    scale: {
      by: raw ? "graph" : "caller",
      formula: scaleFormula(program),
      setting: data.scale,
    },
    outputs: graph ? outputNames(program).map((name) => ({ name, shape: ["batch", ...last] })) : [],
    classes: data.classes,
    classNames: data.classNames,
    files,
  };
}

function scaleFormula({ data }: TrainingProgram): string {
  const { scale, sample } = data;
  const share = sample.kind === "image" ? "stored value / 255" : "value";
  if (scale === null) return share;
  return scale.kind === "standard" ? `(${share} - mean) / std` : `low + ${share} * (high - low)`;
}
