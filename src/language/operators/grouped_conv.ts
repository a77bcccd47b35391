import { count } from "../arguments.js";
import { inferConv2d } from "./conv2d.js";
import { bias, squareKernel } from "./convolution.js";
import { operator } from "./operator.js";

const { filters, size, stride, padding, dilation } = squareKernel;

export const entry = operator({
  name: "grouped_conv",
  summary:
    "`conv2d` in `groups` that see their own share of the channels each, and make their own share of filters.",
  source: "Krizhevsky et al. 2012; Xie et al. 2017; PyTorch Conv2d(groups)",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    filters,
    size,
    groups: count("parts into which channels and filters are divided"),
    stride,
    padding,
    dilation,
    bias,
  },
  infer({ inputs: [input], args }) {
    return inferConv2d("grouped_conv", input, args);
  },
  forward(c, [x], args) {
    return c.conv2d(x, c.tensor("weight"), args.bias ? c.tensor("bias") : null, args);
  },
});
