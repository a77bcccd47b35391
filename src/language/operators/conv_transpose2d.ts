import { count } from "../arguments.js";
import { bias, groupMisfit, groups, kernelTensors, squareKernel } from "./convolution.js";
import { elements, needsImage, operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "conv_transpose2d",
  summary: "Spreads a learned kernel over a larger image from every place: the adjoint of `conv2d`.",
  source: "PyTorch ConvTranspose2d; Zeiler et al. 2010",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    ...squareKernel,
    stride: count("distance at which neighbouring places spread their kernels", { default: 1 }),
    padding: { ...squareKernel.padding, doc: "rows and columns cut off on every side" },
    output_padding: count("rows and columns added at the bottom and at the right", {
      minimum: 0,
      default: 0,
    }),
    groups,
    bias,
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 3) return needsImage("conv_transpose2d", input);
    const [height, width, channels] = input as [number, number, number];
    const { filters, size, stride, padding, dilation, output_padding, groups } = args;
    const misfit = groupMisfit(input, filters, groups);
    if (misfit !== null) return misfit;
    if (output_padding >= Math.max(stride, dilation)) {
      return {
        code: "L0211",
        message: (layer) => `the output padding of \`${layer}\` would add rows that nothing reaches`,
        argument: "output_padding",
        label: `less than the larger of stride ${stride} and dilation ${dilation}`,
      };
    }
    const outSize = (extent: number) =>
      (extent - 1) * stride - 2 * padding + dilation * (size - 1) + output_padding + 1;
    const output = [outSize(height), outSize(width), filters];
    if (Math.min(...output) < 1) {
      return {
        code: "L0233",
        message: (layer) => `\`${layer}\` cuts off more than it makes`,
        argument: "padding",
        label: `leaves ${outSize(height)}x${outSize(width)} of ${height}x${width}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    // Fans as PyTorch and Keras count them: of the convolution that this is the adjoint of, the other way round.
    const fanIn = (size * size * filters) / groups;
    return {
      output,
      tensors: kernelTensors(
        [size, size, filters / groups, channels],
        { fanIn, fanOut: size * size * channels },
        args.bias ? filters : null,
      ),
      multiplyAdds: elements(input) * fanIn,
      title: `conv_transpose2d ${size}x${size}`,
    };
  },
  forward(c, [x], args) {
    const bias = args.bias ? c.tensor("bias") : null;
    return c.convTranspose2d(x, c.tensor("weight"), bias, { ...args, outputPadding: args.output_padding });
  },
});
