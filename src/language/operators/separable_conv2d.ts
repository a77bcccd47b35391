import { count } from "../arguments.js";
import { bias, biasTensor, squareKernel, windowMisfit } from "./convolution.js";
import { elements, needsImage, operator, slidingSize } from "./operator.js";

const { filters, size, stride, padding, dilation } = squareKernel;

export const entry = operator({
  name: "separable_conv2d",
  summary:
    "A depthwise convolution, then a 1 x 1 convolution that mixes its channels; nothing between the two.",
  source: "Chollet 2017; Keras SeparableConv2D",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    filters,
    size,
    multiplier: count("depthwise kernels for each channel", { default: 1 }),
    stride,
    padding,
    dilation,
    bias,
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 3) return needsImage("separable_conv2d", input);
    const [height, width, channels] = input as [number, number, number];
    const { filters, size, multiplier, stride, padding, dilation } = args;
    const misfit = windowMisfit("kernel", input, [height, width], args);
    if (misfit !== null) return misfit;
    const outSize = (extent: number) => slidingSize(extent, size, stride, padding, dilation);
    const places = outSize(height) * outSize(width);
    const between = channels * multiplier;
    const taps = size * size;
    const kernel = (name: string, shape: readonly number[], fanIn: number, fanOut: number) => ({
      name,
      shape,
      trainable: true,
      init: { kind: "random" as const, fanIn, fanOut },
    });
    const tensors = [
      kernel("depthwise", [size, size, 1, between], taps, taps * multiplier),
      kernel("pointwise", [1, 1, between, filters], between, filters),
    ];
    return {
      output: [outSize(height), outSize(width), filters],
      tensors: args.bias ? [...tensors, biasTensor(filters)] : tensors,
      multiplyAdds: places * between * taps + places * elements([between, filters]),
      title: `separable ${size}x${size}`,
    };
  },
  forward(c, [x], args) {
    const channels = c.shape(x)[2] ?? 1;
    const { stride, padding, dilation } = args;
    const apart = c.conv2d(x, c.tensor("depthwise"), null, { stride, padding, dilation, groups: channels });
    const bias = args.bias ? c.tensor("bias") : null;
    return c.conv2d(apart, c.tensor("pointwise"), bias, { stride: 1, padding: 0, dilation: 1, groups: 1 });
  },
});
