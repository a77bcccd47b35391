import type { DataProgram, LayerProgram, ModelProgram, SampleProgram } from "../program/types.js";
import type { CheckedDataset } from "./dataset.js";
import type { ParamValue } from "./file-scope.js";
import type { CheckedLayer, CheckedModel } from "./model/index.js";
import { type InitChoice, initOf } from "./model/init.js";
import { unitOf, type Value } from "./values.js";

/** Checked things in the form of the program: nothing can go wrong any more. */

export function dataProgram(data: CheckedDataset, sample: SampleProgram): DataProgram {
  const { field, classes } = data.target;
  return {
    name: data.name,
    source: data.source,
    sample,
    ...(field === "label" ? {} : { target: field }),
    classes: classes?.count ?? null,
    classNames: classes?.names ?? null,
    ...(data.folds === null ? {} : { folds: data.folds }),
    train: data.train.program,
    val: data.val?.program ?? null,
    test: data.test?.program ?? null,
    scale: data.scale,
  };
}

/** `init` is how random tensors start where a layer does not say it. */
export function modelProgram(model: CheckedModel, init: InitChoice): ModelProgram {
  return {
    name: model.name,
    inputs: model.inputs.map(({ name, shape }) => ({ name, shape })),
    layers: model.layers.map((layer) => layerProgram(layer, init)),
    parameters: model.parameters,
    multiplyAdds: model.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  };
}

function layerProgram(layer: CheckedLayer, init: InitChoice): LayerProgram {
  return {
    address: layer.address,
    operator: layer.operator.name,
    inputs: layer.inputs,
    attributes: layer.args as LayerProgram["attributes"],
    output: layer.output,
    ...(layer.outputs === undefined ? {} : { outputs: layer.outputs }),
    tensors: layer.tensors.map((tensor) => ({
      address: `${layer.address}.${tensor.name}`,
      shape: tensor.shape,
      trainable: tensor.trainable,
      init: initOf(tensor, layer.init ?? init),
    })),
    multiplyAdds: layer.multiplyAdds,
    title: layer.title,
  };
}

/** The value of a `param` as the program records it; none for what is no plain value. */
export function paramValue(name: string, value: Value): [string, ParamValue][] {
  switch (value.type) {
    case "number":
      return [
        [name, value.unit === null ? value.value : `${value.value} ${unitOf[value.unit] ?? value.unit}`],
      ];
    case "string":
    case "word":
      return [[name, value.text]];
    case "boolean":
      return [[name, value.value]];
    default:
      return [];
  }
}
