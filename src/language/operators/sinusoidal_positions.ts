import { number } from "../arguments.js";
import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "sinusoidal_positions",
  summary: "Adds sines and cosines of the position, slower from channel to channel; nothing is learned.",
  source: "Vaswani et al. 2017, section 3.5",
  inputs: { from: 1, to: 1 },
  arguments: {
    axis: axisWord("along which positions are counted", "length"),
    base: number("the slowest wave is so many times slower than the fastest", {
      default: 10_000,
      minimum: 1,
    }),
  },
  infer({ inputs: [input], args }) {
    const axis = input.length < 2 ? null : axisIndex(args.axis, input);
    if (axis === null || axis === input.length - 1) return noSuchAxis(args.axis, input);
    return { output: input, tensors: [], multiplyAdds: 0, title: "sinusoidal_positions" };
  },
  forward(c, [x], args, { output }) {
    const axis = axisIndex(args.axis, output) ?? 0;
    const positions = output[axis] ?? 1;
    const width = output[output.length - 1] ?? 1;
    return c.addAlong(x, c.constant(waves(positions, width, args.base), [positions, width]), axis);
  },
});

/** PE(p, 2i) = sin(p / base^(2i / width)), PE(p, 2i + 1) = cos of the same; [positions, width]. */
function waves(positions: number, width: number, base: number): Float32Array {
  const values = new Float32Array(positions * width);
  for (let position = 0; position < positions; position++) {
    for (let channel = 0; channel < width; channel++) {
      const angle = position / base ** ((channel - (channel % 2)) / width);
      values[position * width + channel] = channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return values;
}
