import { count } from "../arguments.js";
import { needsImage, operator, shapeText, slidingSize } from "./operator.js";

export const entry = operator({
  name: "max_pool",
  summary: "The largest value of every `size` x `size` window, channel by channel.",
  source: "PyTorch MaxPool2d (floor mode)",
  inputs: { from: 1, to: 1 },
  arguments: {
    size: count("height and width of the window"),
    stride: count("step of the window", {
      default: (earlier) => earlier.size as number,
      defaultText: "size",
    }),
    padding: count("positions of minus infinity added on every side", { minimum: 0, default: 0 }),
  },
  infer({ inputs: [input], args }) {
    if (input.length !== 3) return needsImage("max_pool", input);
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
    const outHeight = slidingSize(height, size, stride, padding);
    const outWidth = slidingSize(width, size, stride, padding);
    if (outHeight < 1 || outWidth < 1) {
      return {
        code: "L0233",
        message: (layer) => `the window of \`${layer}\` is larger than its input`,
        argument: "size",
        label: `${size}x${size} does not fit into ${height}x${width}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    return {
      output: [outHeight, outWidth, channels],
      tensors: [],
      multiplyAdds: 0,
      title: `max_pool ${size}x${size}`,
    };
  },
  forward(c, [x], args) {
    return c.maxPool2d(x, args);
  },
});
