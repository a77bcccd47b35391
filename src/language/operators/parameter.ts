import { counts } from "../arguments.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "parameter",
  summary: "A learned tensor without input, the same for every sample: a class token, a query.",
  source: "PyTorch Parameter",
  inputs: { from: 0, to: 0 },
  initialisable: true,
  arguments: { sizes: counts("its sizes, channels last") },
  infer({ args: { sizes } }) {
    const width = sizes[sizes.length - 1] ?? 1;
    if (sizes.length > 3) {
      return {
        code: "L0230",
        message: (layer) => `\`${layer}\` has ${sizes.length} sizes; samples have at most 3`,
        argument: "sizes",
        label: "one too many",
      };
    }
    return {
      output: sizes,
      tensors: [
        {
          name: "weight",
          shape: sizes,
          trainable: true,
          init: { kind: "random", fanIn: width, fanOut: width },
        },
      ],
      multiplyAdds: 0,
      title: `parameter ${shapeText(sizes)}`,
    };
  },
  forward(c) {
    return c.forEverySample(c.tensor("weight"));
  },
});
