import { isMisfit, operands, operators, type Shape, streamName } from "../../src/language/operators/index.js";
import type {
  AttributeValue,
  InitProgram,
  LayerProgram,
  LossProgram,
  OptimizerProgram,
  TrainingProgram,
} from "../../src/program/types.js";

/** One layer of a test's net; it follows the layer above it unless `inputs` says otherwise. */
export interface LayerSketch {
  readonly operator: string;
  readonly address?: string;
  readonly inputs?: readonly string[];
  readonly args?: Readonly<Record<string, AttributeValue>>;
}

export interface ProgramSketch {
  readonly input: Shape;
  readonly layers: readonly LayerSketch[];
  readonly optimizer?: OptimizerProgram;
  readonly loss?: LossProgram;
  readonly metrics?: TrainingProgram["train"]["metrics"];
  /** Addresses of the layers in each level, first to last; one level a layer with parameters when left out. */
  readonly levels?: readonly (readonly string[])[];
}

export const plainSgd: OptimizerProgram = {
  kind: "sgd",
  rate: 0.1,
  momentum: 0,
  nesterov: false,
  weightDecay: 0,
};

/** A whole training program from a list of layers, through the operators' own shape rules. */
export function programOf(sketch: ProgramSketch): TrainingProgram {
  const shapes = new Map<string, Shape>([["input:image", sketch.input]]);
  const layers: LayerProgram[] = [];
  let above = "input:image";
  for (const layer of sketch.layers) {
    const address = layer.address ?? `${layer.operator}${layers.length + 1}`;
    const made = layerOf({ ...layer, address, inputs: layer.inputs ?? [above] }, shapes);
    layers.push(made);
    if (made.outputs === undefined) shapes.set(address, made.output);
    made.outputs?.forEach((shape, i) => {
      shapes.set(streamName(address, i), shape);
    });
    above = address;
  }
  const owned = layers.filter((layer) => layer.tensors.some((tensor) => tensor.trainable));
  const levels = sketch.levels ?? owned.map((layer) => [layer.address]);
  const [height, width, channels] = sketch.input.length === 3 ? sketch.input : [1, 1, sketch.input[0]];
  return {
    lerac: 1,
    experiment: { name: "test", seeds: [1] },
    params: {},
    data: {
      name: "test",
      source: { kind: "idx", path: "none" },
      sample: { kind: "image", height: height ?? 1, width: width ?? 1, channels: channels ?? 1 },
      classes: shapes.get(above)?.[0] ?? 0,
      classNames: null,
      train: { names: ["train"], part: [0, 1], shuffle: null, transforms: [] },
      val: null,
      test: null,
      scale: null,
    },
    model: {
      name: "test",
      inputs: [{ name: "image", shape: sketch.input }],
      layers,
      parameters: 0,
      multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
    },
    train: {
      loss: sketch.loss ?? { kind: "cross_entropy", smoothing: 0, weights: null },
      metrics: sketch.metrics ?? [{ kind: "accuracy", name: "accuracy" }],
      optimizer: sketch.optimizer ?? plainSgd,
      batch: 8,
      lastBatch: "keep",
      length: { unit: "epochs", value: 1 },
      evaluateEvery: { unit: "epochs", value: 1 },
      keep: { kind: "last" },
    },
    plan: {
      curriculum: "conventional",
      levels: levels.map((addresses) => ({
        address: addresses.join("+"),
        tensors: layers
          .filter((layer) => addresses.includes(layer.address))
          .flatMap((layer) => layer.tensors.filter((tensor) => tensor.trainable))
          .map((tensor) => tensor.address),
        start: 0.1,
      })),
      rule: { kind: "conventional", common: 0.1 },
      schedule: { kind: "constant" },
      every: { unit: "epochs", value: 1 },
      table: null,
    },
    arms: [],
    claims: [],
  };
}

function layerOf(
  layer: LayerSketch & { readonly address: string; readonly inputs: readonly string[] },
  shapes: ReadonlyMap<string, Shape>,
): LayerProgram {
  const operator = operators.get(layer.operator);
  if (operator === undefined) throw new Error(`no operator ${layer.operator}`);
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, spec] of Object.entries(operator.arguments)) {
    const fallback = typeof spec.default === "function" ? spec.default(attributes) : spec.default;
    attributes[name] = layer.args?.[name] ?? (fallback as AttributeValue);
  }
  const inputs = layer.inputs.map((input) => {
    const shape = shapes.get(input);
    if (shape === undefined) throw new Error(`no layer ${input}`);
    return shape;
  });
  const inferred = operator.infer({ inputs: operands(inputs), args: attributes });
  if (isMisfit(inferred)) throw new Error(inferred.message(layer.address));
  return {
    address: layer.address,
    operator: layer.operator,
    inputs: layer.inputs,
    attributes,
    output: inferred.output,
    ...(inferred.outputs === undefined ? {} : { outputs: inferred.outputs }),
    tensors: inferred.tensors.map((tensor) => ({
      address: `${layer.address}.${tensor.name}`,
      shape: tensor.shape,
      trainable: tensor.trainable,
      init: initOf(tensor.init),
    })),
    multiplyAdds: inferred.multiplyAdds,
    title: inferred.title,
  };
}

/** He et al. 2015. */
function initOf(init: { kind: "constant"; value: number } | { kind: "random"; fanIn: number }): InitProgram {
  return init.kind === "constant" ? init : { kind: "normal", std: Math.sqrt(2 / init.fanIn) };
}
