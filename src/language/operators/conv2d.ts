import { boolean, count } from "../arguments.js";
import { elements, needsImage, operator, shapeText, slidingSize } from "./operator.js";

export const entry = operator({
  name: "conv2d",
  summary: "Slides `filters` learned kernels of `size` x `size` over an image (cross-correlation).",
  source: "PyTorch Conv2d; LeCun et al. 1989",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    filters: count("number of kernels, the channels of the output"),
    size: count("height and width of a kernel"),
    stride: count("step of the kernel in both directions", { default: 1 }),
    padding: count("zeros added on every side", {
      minimum: 0,
      default: (earlier) => {
        const size = earlier.size as number;
        // Undefined makes the argument required: an even kernel has no symmetric padding that keeps the size.
        return size % 2 === 1 ? (size - 1) / 2 : (undefined as unknown as number);
      },
      defaultText: "(size - 1) / 2 for odd sizes",
    }),
    dilation: count("distance between the taps of a kernel", { default: 1 }),
    groups: count("parts into which channels and filters are divided", { default: 1 }),
    bias: boolean("adds a learned number to each output channel", { default: true }),
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 3) return needsImage("conv2d", input);
    const [height, width, channels] = input as [number, number, number];
    const { filters, size, stride, padding, dilation, groups, bias } = args;
    if (channels % groups !== 0 || filters % groups !== 0) {
      const odd = channels % groups !== 0;
      return {
        code: "L0230",
        message: (layer) =>
          odd
            ? `\`${layer}\` needs a multiple of ${groups} channels but is given ${channels}`
            : `\`${layer}\` makes ${filters} channels, which ${groups} groups can't share`,
        argument: "groups",
        label: odd ? `needs a multiple of ${groups} channels` : `${filters} is not a multiple of ${groups}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    const outHeight = slidingSize(height, size, stride, padding, dilation);
    const outWidth = slidingSize(width, size, stride, padding, dilation);
    if (outHeight < 1 || outWidth < 1) {
      return {
        code: "L0233",
        message: (layer) => `the kernel of \`${layer}\` is larger than its input`,
        argument: "size",
        label: `${size}x${size} does not fit into ${height}x${width}${padding ? ` with padding ${padding}` : ""}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    const kernel = [size, size, channels / groups, filters];
    const fanIn = size * size * (channels / groups);
    const output = [outHeight, outWidth, filters];
    return {
      output,
      tensors: [
        {
          name: "weight",
          shape: kernel,
          trainable: true,
          init: { kind: "random", fanIn, fanOut: (size * size * filters) / groups },
        },
        ...(bias
          ? [
              {
                name: "bias",
                shape: [filters],
                trainable: true,
                init: { kind: "constant" as const, value: 0 },
              },
            ]
          : []),
      ],
      multiplyAdds: elements(output) * fanIn,
      title: `conv2d ${size}x${size}`,
    };
  },
  forward(c, [x], args) {
    return c.conv2d(x, c.tensor("weight"), args.bias ? c.tensor("bias") : null, args);
  },
});
