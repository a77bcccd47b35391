import { type ArgumentTable, count } from "../arguments.js";
import { windowMisfit } from "./convolution.js";
import { type Inferred, type Misfit, needsImage, type Shape, slidingSize } from "./operator.js";

/** The windows of `max_pool` and `avg_pool`: arguments and shape rule. */
export function windowArguments(padding: string) {
  return {
    size: count("height and width of the window"),
    stride: count("step of the window", {
      default: (earlier) => earlier.size as number,
      defaultText: "size",
    }),
    padding: count(padding, { minimum: 0, default: 0 }),
  } as const satisfies ArgumentTable;
}

export function inferPool(
  name: string,
  input: Shape,
  args: { readonly size: number; readonly stride: number; readonly padding: number },
): Inferred | Misfit {
  if (input.length !== 3) return needsImage(name, input);
  const [height, width, channels] = input as [number, number, number];
  const { size, stride, padding } = args;
  if (padding > size / 2) {
    return {
      code: "L0234",
      message: (layer) => `the padding of \`${layer}\` is more than half its window`,
      argument: "padding",
      label: `a window of ${size} takes at most ${Math.floor(size / 2)}`,
    };
  }
  const misfit = windowMisfit("window", input, [height, width], args);
  if (misfit !== null) return misfit;
  const outSize = (extent: number) => slidingSize(extent, size, stride, padding);
  return {
    output: [outSize(height), outSize(width), channels],
    tensors: [],
    multiplyAdds: 0,
    title: `${name} ${size}x${size}`,
  };
}
