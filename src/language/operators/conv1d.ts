import { count } from "../arguments.js";
import {
  bias,
  dilation,
  filters,
  groupMisfit,
  groups,
  kernelTensors,
  needsSequence,
  padding,
  windowMisfit,
} from "./convolution.js";
import { elements, operator, slidingSize } from "./operator.js";

export const entry = operator({
  name: "conv1d",
  summary: "Slides `filters` learned kernels of `size` places along a sequence (cross-correlation).",
  source: "PyTorch Conv1d; Waibel et al. 1989",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    filters,
    size: count("length of a kernel"),
    stride: count("step of the kernel", { default: 1 }),
    padding,
    dilation,
    groups,
    bias,
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 2) return needsSequence("conv1d", input);
    const [length, channels] = input as [number, number];
    const { filters, size, stride, padding, dilation, groups } = args;
    const misfit = groupMisfit(input, filters, groups) ?? windowMisfit("kernel", input, [length], args);
    if (misfit !== null) return misfit;
    const output = [slidingSize(length, size, stride, padding, dilation), filters];
    const fanIn = size * (channels / groups);
    return {
      output,
      tensors: kernelTensors(
        [size, channels / groups, filters],
        { fanIn, fanOut: (size * filters) / groups },
        args.bias ? filters : null,
      ),
      multiplyAdds: elements(output) * fanIn,
      title: `conv1d ${size}`,
    };
  },
  forward(c, [x], args) {
    return c.conv1d(x, c.tensor("weight"), args.bias ? c.tensor("bias") : null, args);
  },
});
