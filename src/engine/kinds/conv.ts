import { withChannels } from "../ops/channels.js";
import { asImages } from "../ops/composite.js";
import { convolve, inputGradient, kernelGradient } from "../ops/convolve.js";
import type { Pair } from "../ops/sliding.js";
import { add } from "../tfjs.js";
import { f32, kind, operand, same, sizes, tensorAt } from "./kind.js";

/** How a kernel slides: rows, then columns. Padding is on both sides. */
export type SlidingAttributes = {
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
};
/** `size`: height and width of the input whose gradient it is. */
export type InputGradAttributes = SlidingAttributes & { readonly size: Pair };

const sliding = ["stride", "padding", "dilation", "groups"] as const;

/** Places of a window of `taps` along an axis. */
function places(
  extent: number,
  taps: number,
  { stride, padding, dilation }: SlidingAttributes,
  axis: 0 | 1,
): number {
  return Math.floor((extent + 2 * padding[axis] - dilation[axis] * (taps - 1) - 1) / stride[axis]) + 1;
}

export const convKinds = [
  /** Cross-correlation: x [B, H, W, C], weight [kh, kw, C / groups, F], bias [F] → [B, H', W', F]. */
  kind<SlidingAttributes>({
    name: "lerac.Conv2d",
    attributes: [...sliding],
    infer(inputs, attributes) {
      const [batch, height, width, channels] = sizes(inputs, 0, 4);
      const [kernelHeight, kernelWidth, perGroup, filters] = sizes(inputs, 1, 4);
      same([channels], [perGroup * attributes.groups], "channels of x and weight");
      if (inputs.length > 2) same(operand(inputs, 2).shape, [filters], "bias and filters");
      return [
        f32(
          batch,
          places(height, kernelHeight, attributes, 0),
          places(width, kernelWidth, attributes, 1),
          filters,
        ),
      ];
    },
    reference(inputs, attributes) {
      const y = convolve(asImages(tensorAt(inputs, 0)), asImages(tensorAt(inputs, 1)), attributes);
      return [inputs.length > 2 ? withChannels(add, y, tensorAt(inputs, 2)) : y];
    },
  }),
  /** What reaches x: dy [B, H', W', F], weight → [B, H, W, C]. */
  kind<InputGradAttributes>({
    name: "lerac.Conv2dInputGrad",
    attributes: [...sliding, "size"],
    infer(inputs, { size, groups }) {
      const [batch, , , filters] = sizes(inputs, 0, 4);
      const [, , perGroup, outer] = sizes(inputs, 1, 4);
      same([filters], [outer], "filters of dy and weight");
      return [f32(batch, size[0], size[1], perGroup * groups)];
    },
    reference: (inputs, attributes) => [
      inputGradient(
        asImages(tensorAt(inputs, 0)),
        asImages(tensorAt(inputs, 1)),
        attributes.size,
        attributes,
      ),
    ],
  }),
  /** What reaches the kernel: dy [B, H', W', F], x [B, H, W, C], weight (for its shape) → its shape. */
  kind<SlidingAttributes>({
    name: "lerac.Conv2dFilterGrad",
    attributes: [...sliding],
    infer(inputs) {
      const [batch, , , filters] = sizes(inputs, 0, 4);
      const [others] = sizes(inputs, 1, 4);
      const kernel = sizes(inputs, 2, 4);
      same([batch, filters], [others, kernel[3]], "batch and filters of dy, x and weight");
      return [f32(...kernel)];
    },
    reference: (inputs, attributes) => [
      kernelGradient(
        asImages(tensorAt(inputs, 0)),
        asImages(tensorAt(inputs, 1)),
        asImages(tensorAt(inputs, 2)),
        attributes,
      ),
    ],
  }),
];
