import type { ArgumentValues } from "../arguments.js";
import { bias, groupMisfit, groups, kernelTensors, squareKernel, windowMisfit } from "./convolution.js";
import {
  elements,
  type Inferred,
  type Misfit,
  needsImage,
  operator,
  type Shape,
  slidingSize,
} from "./operator.js";

const table = { ...squareKernel, groups, bias } as const;

export const entry = operator({
  name: "conv2d",
  summary: "Slides `filters` learned kernels of `size` x `size` over an image (cross-correlation).",
  source: "PyTorch Conv2d; LeCun et al. 1989",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: table,
  infer({ inputs: [input], args }) {
    return inferConv2d("conv2d", input, args);
  },
  forward(c, [x], args) {
    return c.conv2d(x, c.tensor("weight"), args.bias ? c.tensor("bias") : null, args);
  },
});

/** Shape rule and cost of a convolution over images. */
export function inferConv2d(
  name: string,
  input: Shape,
  args: ArgumentValues<typeof table>,
): Inferred | Misfit {
  if (input.length !== 3) return needsImage(name, input);
  const [height, width, channels] = input as [number, number, number];
  const { filters, size, stride, padding, dilation, groups, bias } = args;
  const misfit = groupMisfit(input, filters, groups) ?? windowMisfit("kernel", input, [height, width], args);
  if (misfit !== null) return misfit;
  const outSize = (extent: number) => slidingSize(extent, size, stride, padding, dilation);
  const output = [outSize(height), outSize(width), filters];
  const fanIn = size * size * (channels / groups);
  return {
    output,
    tensors: kernelTensors(
      [size, size, channels / groups, filters],
      { fanIn, fanOut: (size * size * filters) / groups },
      bias ? filters : null,
    ),
    multiplyAdds: elements(output) * fanIn,
    title: `${name} ${size}x${size}`,
  };
}
