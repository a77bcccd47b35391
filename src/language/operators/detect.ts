import { count, rows } from "../arguments.js";
import { biasTensor } from "./convolution.js";
import { type Inferred, needsImage, operator, type TensorSpec } from "./operator.js";

/** Numbers of a box beside its classes: centre, width and height, and whether there is anything. */
const boxNumbers = 5;

export const entry = operator({
  name: "detect",
  summary:
    "The head of a one-stage detector: from each image a raw map with, at every place, a box with its classes for each anchor. A stream for each input.",
  source: "Redmon and Farhadi 2018; YOLOv5 (Jocher et al. 2020)",
  inputs: { from: 1, to: 8 },
  initialisable: true,
  arguments: {
    classes: count("kinds of things that are told apart"),
    anchors: rows("for each input, widths and heights of its anchors in pixels: w, h, w, h, …"),
  },
  infer({ inputs, args: { classes, anchors } }) {
    const flat = inputs.find((shape) => shape.length !== 3);
    if (flat !== undefined) return needsImage("detect", flat);
    if (anchors.length !== inputs.length) {
      const lists = `${anchors.length} list${anchors.length === 1 ? "" : "s"}`;
      return {
        code: "L0248",
        message: (layer) =>
          `\`${layer}\` has ${lists} of anchors for ${inputs.length} input${inputs.length === 1 ? "" : "s"}`,
        argument: "anchors",
        label: "one list an input",
      };
    }
    const odd = anchors.find((sizes) => sizes.length === 0 || sizes.length % 2 === 1);
    if (odd !== undefined) {
      return {
        code: "L0248",
        message: (layer) => `\`${layer}\` has an anchor without a height`,
        argument: "anchors",
        label: `${odd.length} number${odd.length === 1 ? "" : "s"} in a list: anchors are pairs`,
      };
    }
    const outputs = inputs.map(([height = 1, width = 1], i) => {
      const boxes = (anchors[i]?.length ?? 0) / 2;
      return [height, width, boxes * (classes + boxNumbers)];
    });
    const costs = inputs.map((input, i) => {
      const [height = 1, width = 1, made = 1] = outputs[i] ?? [];
      return height * width * made * (input[2] ?? 1);
    });
    return {
      output: outputs[0] ?? [],
      outputs,
      tensors: inputs.flatMap((input, i) => mapTensors(i, input[2] ?? 1, outputs[i]?.[2] ?? 1)),
      multiplyAdds: costs.reduce((sum, cost) => sum + cost, 0),
      title: `detect ${classes} classes`,
    } satisfies Inferred;
  },
  forward(c, inputs) {
    return inputs.map((x, i) => c.linear(x, c.tensor(`${i}.weight`), c.tensor(`${i}.bias`)));
  },
});

/** A convolution of 1 x 1, which is a dense layer at every place: `head.0.weight`, `head.0.bias`. */
function mapTensors(index: number, channels: number, made: number): TensorSpec[] {
  return [
    {
      name: `${index}.weight`,
      shape: [channels, made],
      trainable: true,
      init: { kind: "random", fanIn: channels, fanOut: made },
    },
    { ...biasTensor(made), name: `${index}.bias` },
  ];
}
