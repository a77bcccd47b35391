import { count, word } from "../arguments.js";
import { needsImage, operator } from "./operator.js";

export const entry = operator({
  name: "upsample",
  summary:
    "An image enlarged by a whole factor: values repeated, or interpolated between the centres of places.",
  source: "PyTorch Upsample (nearest; bilinear with align_corners=False)",
  inputs: { from: 1, to: 1 },
  arguments: {
    factor: count("how much higher and wider the output is"),
    mode: word("how new places get their values", ["nearest", "bilinear"], { default: "nearest" }),
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 3) return needsImage("upsample", input);
    const [height, width, channels] = input as [number, number, number];
    return {
      output: [args.factor * height, args.factor * width, channels],
      tensors: [],
      multiplyAdds: 0,
      title: `upsample x${args.factor}`,
    };
  },
  forward(c, [x], args) {
    return c.upsample2d(x, args.factor, args.mode === "bilinear" ? "bilinear" : "nearest");
  },
});
