import { count } from "../arguments.js";
import { needsImage, operator } from "./operator.js";

export const entry = operator({
  name: "adaptive_avg_pool",
  summary: "The means of `rows` x `columns` windows that share the image as evenly as whole places allow.",
  source: "PyTorch AdaptiveAvgPool2d; He et al. 2014",
  inputs: { from: 1, to: 1 },
  arguments: {
    rows: count("height of the output"),
    columns: count("width of the output", {
      default: (earlier) => earlier.rows as number,
      defaultText: "rows",
    }),
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 3) return needsImage("adaptive_avg_pool", input);
    const { rows, columns } = args;
    return {
      output: [rows, columns, input[2] as number],
      tensors: [],
      multiplyAdds: 0,
      title: `adaptive_avg_pool ${rows}x${columns}`,
    };
  },
  forward(c, [x], args) {
    return c.adaptiveAvgPool2d(x, args.rows, args.columns);
  },
});
