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
      const digits = (n: number) => n.toLocaleString("en");
      return {
        code: "L0244",
        message: (layer) => `\`${layer}\` makes ${digits(wants)} numbers a sample out of ${digits(has)}`,
        argument: "sizes",
        label: `${sizes.join(" x ")} = ${digits(wants)}`,
        inputLabel: `gives ${shapeText(input)}: ${digits(has)}`,
      };
    }
    return { output: sizes, tensors: [], multiplyAdds: 0, title: `reshape ${sizes.join("x")}` };
  },
  forward(c, [x], _args, layer) {
    return c.reshape(x, layer.output);
  },
});
