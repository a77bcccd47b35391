import { type ArgumentTable, boolean, count } from "../arguments.js";
import { type Misfit, type Shape, shapeText, slidingSize, type TensorSpec } from "./operator.js";

/** What the convolutions have in common: arguments, tensors, and what does not fit. */

export const filters = count("number of kernels, the channels of the output");
export const stride = count("step of the kernel in both directions", { default: 1 });
export const dilation = count("distance between the taps of a kernel", { default: 1 });
export const groups = count("parts into which channels and filters are divided", { default: 1 });
export const bias = boolean("adds a learned number to each output channel", { default: true });

/** Padding that keeps the size at stride 1, which only odd kernels have. */
export const padding = count("zeros added on every side", {
  minimum: 0,
  default: (earlier) => {
    const size = earlier.size as number;
    // Undefined makes the argument required: an even kernel has no symmetric padding that keeps the size.
    return size % 2 === 1 ? (size - 1) / 2 : (undefined as unknown as number);
  },
  defaultText: "(size - 1) / 2 for odd sizes",
});

export const squareKernel = {
  filters,
  size: count("height and width of a kernel"),
  stride,
  padding,
  dilation,
} as const satisfies ArgumentTable;

/** A kernel with its fan-in and fan-out, and one number a filter where there is a bias. */
export function kernelTensors(
  shape: Shape,
  fans: { readonly fanIn: number; readonly fanOut: number },
  biases: number | null,
): TensorSpec[] {
  const kernel: TensorSpec = { name: "weight", shape, trainable: true, init: { kind: "random", ...fans } };
  return biases === null ? [kernel] : [kernel, biasTensor(biases)];
}

export function biasTensor(size: number): TensorSpec {
  return { name: "bias", shape: [size], trainable: true, init: { kind: "constant", value: 0 } };
}

/** Channels or filters that the groups can't share. */
export function groupMisfit(input: Shape, filters: number, groups: number): Misfit | null {
  const channels = input[input.length - 1] ?? 1;
  if (channels % groups === 0 && filters % groups === 0) return null;
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

/** A kernel or window with no place in its input. `places` are the sizes of the axes that it slides along. */
export function windowMisfit(
  what: "kernel" | "window",
  input: Shape,
  places: Shape,
  args: { readonly size: number; readonly padding: number; readonly dilation?: number },
): Misfit | null {
  const { size, padding, dilation = 1 } = args;
  if (places.every((extent) => slidingSize(extent, size, 1, padding, dilation) >= 1)) return null;
  const square = places.map(() => size).join("x");
  const reach = dilation > 1 ? ` (dilation ${dilation})` : "";
  return {
    code: "L0233",
    message: (layer) => `the ${what} of \`${layer}\` is larger than its input`,
    argument: "size",
    label: `${square}${reach} does not fit into ${places.join("x")}${padding ? ` with padding ${padding}` : ""}`,
    inputLabel: `gives ${shapeText(input)}`,
    helps: channelsFirst(places)
      ? ["sizes of an image are height, width, channels: channels come last, as in `image(28, 28, 1)`"]
      : [],
  };
}

/** Whether an image is as flat as `image(1, 28, 28)`, as frameworks with channels first write it. */
function channelsFirst(places: Shape): boolean {
  return places.length === 2 && (places[0] ?? 0) <= 4 && (places[1] ?? 0) >= 4 * (places[0] ?? 0);
}

/** The misfit of layers that slide along one axis of a sequence. */
export function needsSequence(name: string, shape: Shape): Misfit {
  return {
    code: "L0232",
    message: (layer) => `\`${layer}\` needs a sequence but is given ${shapeText(shape)}`,
    label: `${name} takes [length, channels]`,
    inputLabel: `gives ${shapeText(shape)}`,
    helps: shape.length === 1 ? [`\`reshape(${shape[0]}, 1)\` above makes one of a single channel`] : [],
  };
}
