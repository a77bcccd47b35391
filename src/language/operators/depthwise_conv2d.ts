import { count } from "../arguments.js";
import { inferConv2d } from "./conv2d.js";
import { bias, squareKernel } from "./convolution.js";
import { isMisfit, needsImage, operator } from "./operator.js";

const { size, stride, padding, dilation } = squareKernel;

export const entry = operator({
  name: "depthwise_conv2d",
  summary: "Slides kernels of `size` x `size` over each channel for itself: `conv2d` with a group a channel.",
  source: "Howard et al. 2017; PyTorch Conv2d(groups = channels)",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    size,
    multiplier: count("kernels for each channel", { default: 1 }),
    stride,
    padding,
    dilation,
    bias,
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 3) return needsImage("depthwise_conv2d", input);
    const channels = input[2] ?? 1;
    const { multiplier, ...rest } = args;
    const inferred = inferConv2d("depthwise_conv2d", input, {
      ...rest,
      filters: channels * multiplier,
      groups: channels,
    });
    return isMisfit(inferred) ? inferred : { ...inferred, title: `depthwise ${args.size}x${args.size}` };
  },
  forward(c, [x], args) {
    const channels = c.shape(x)[2] ?? 1;
    const bias = args.bias ? c.tensor("bias") : null;
    return c.conv2d(x, c.tensor("weight"), bias, { ...args, groups: channels });
  },
});
