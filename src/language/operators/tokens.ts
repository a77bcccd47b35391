import { needsImage, operator } from "./operator.js";

export const entry = operator({
  name: "tokens",
  summary: "The places of an image one after another, row by row, as a sequence of channels.",
  source: "Dosovitskiy et al. 2021",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    if (input.length !== 3) return needsImage("tokens", input);
    const [height, width, channels] = input as [number, number, number];
    return { output: [height * width, channels], tensors: [], multiplyAdds: 0, title: "tokens" };
  },
  forward(c, [x], _args, layer) {
    return c.reshape(x, layer.output);
  },
});
