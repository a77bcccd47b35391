import { formatCount } from "../../base/format.js";
import { counts } from "../arguments.js";
import { elements, operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "reshape",
  summary: "The same numbers, in the same order (channels run fastest), under other sizes.",
  source: "PyTorch reshape, on channels-last data",
  inputs: { from: 1, to: 1 },
  arguments: { sizes: counts("sizes of a sample, channels last") },
  infer({ inputs: [input], args: { sizes } }) {
    const [has, wants] = [elements(input), elements(sizes)];
    if (has !== wants) {
      return {
        code: "L0244",
        message: (layer) =>
          `\`${layer}\` makes ${formatCount(wants)} numbers a sample out of ${formatCount(has)}`,
        argument: "sizes",
        label: `${sizes.join(" x ")} = ${formatCount(wants)}`,
        inputLabel: `gives ${shapeText(input)}: ${formatCount(has)}`,
      };
    }
    return { output: sizes, tensors: [], multiplyAdds: 0, title: `reshape ${sizes.join("x")}` };
  },
  forward(c, [x], _args, layer) {
    return c.reshape(x, layer.output);
  },
});
