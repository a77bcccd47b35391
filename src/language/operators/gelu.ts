import { word } from "../arguments.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "gelu",
  summary: "x times the share of the normal distribution below x, element by element.",
  source: "Hendrycks and Gimpel 2016; PyTorch GELU",
  inputs: { from: 1, to: 1 },
  arguments: {
    approximate: word(
      "`tanh`: the authors' approximation, which some published models use",
      ["none", "tanh"],
      {
        default: "none",
      },
    ),
  },
  infer({ inputs: [input], args }) {
    const title = args.approximate === "none" ? "gelu" : "gelu (tanh)";
    return { output: input, tensors: [], multiplyAdds: 0, title };
  },
  forward(c, [x], args) {
    return c.activation(x, args.approximate === "tanh" ? "gelu_tanh" : "gelu");
  },
});
