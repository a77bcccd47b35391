import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { Pool2dOptions } from "../../language/forward.js";
import {
  div,
  avgPool as libraryAvgPool,
  maxPool as libraryMaxPool,
  reshape as libraryReshape,
  mul,
  ones,
  pad,
  tensor4d,
} from "../tfjs.js";
import { asImages, composite, savedAt } from "./composite.js";
import { reshape } from "./join.js";
import { spread } from "./spread.js";

/** The largest value of every window; padding counts as minus infinity. The first of equal ones gets the gradient. */
export function maxPool2d(input: Tensor, { size, stride, padding }: Pool2dOptions): Tensor4D {
  return maxima(asImages(input), { size: [size, size], stride, padding });
}

/** The largest value of each channel: [B, H, W, C] → [B, C]. The first of equal ones gets the gradient. */
export function globalMaxPool2d(input: Tensor): Tensor {
  const x = asImages(input);
  const [batch, height, width, channels] = x.shape;
  const y = maxima(x, { size: [height, width], stride: 1, padding: 0 });
  return reshape(y, [batch, channels]);
}

/** Windows that need not be square. */
export interface Windows {
  readonly size: readonly [number, number];
  readonly stride: number;
  readonly padding: number;
}

function maxima(x: Tensor4D, options: Windows): Tensor4D {
  return composite(
    [x],
    () => {
      const y = largest(x, options);
      return { output: y, saved: [x, y] };
    },
    (dy, saved) => [maxPoolGradient(dy, asImages(savedAt(saved, 0)), asImages(savedAt(saved, 1)), options)],
  );
}

/** The largest value of every window, not differentiated. */
export function largest(x: Tensor4D, { size, stride, padding }: Windows): Tensor4D {
  return libraryMaxPool(surround(x, padding, Number.NEGATIVE_INFINITY), [size[0], size[1]], stride, "valid");
}

/**
 * Gives each dy to the first position of its window that holds the maximum. Computed here, not by the library: its
 * wasm gradient is wrong for windows without a positive value, and on cpu and wasm the numbers lie in our memory anyhow.
 */
export function maxPoolGradient(dy: Tensor4D, x: Tensor4D, y: Tensor4D, options: Windows): Tensor4D {
  const { stride, padding } = options;
  const [windowRows, windowColumns] = options.size;
  const [batch, height, width, channels] = x.shape;
  const [, outHeight, outWidth] = y.shape;
  const inputs = x.dataSync();
  const maxima = y.dataSync();
  const gradients = dy.dataSync();
  const result = new Float32Array(inputs.length);
  /** Of the window at hand: where its positions inside of the image begin, in order. */
  const positions = new Int32Array(windowRows * windowColumns);
  let out = 0;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        let count = 0;
        for (let row = i * stride - padding; row < i * stride - padding + windowRows; row++) {
          if (row < 0 || row >= height) continue;
          for (let column = j * stride - padding; column < j * stride - padding + windowColumns; column++) {
            if (column >= 0 && column < width)
              positions[count++] = ((b * height + row) * width + column) * channels;
          }
        }
        for (let c = 0; c < channels; c++, out++) {
          const maximum = maxima[out];
          // From the last position to the first without leaving early: twice as fast as a branch nobody can foresee.
          let first = -1;
          for (let p = count - 1; p >= 0; p--) {
            const at = (positions[p] as number) + c;
            first = inputs[at] === maximum ? at : first;
          }
          // No position holds it where numbers have become NaN.
          if (first >= 0) result[first] = (result[first] as number) + (gradients[out] as number);
        }
      }
    }
  }
  return tensor4d(result, x.shape);
}

/** The mean of every window; padding counts as zeros, and is counted. */
export function avgPool2d(input: Tensor, options: Pool2dOptions): Tensor4D {
  const x = asImages(input);
  const [, height, width] = x.shape;
  return composite(
    [x],
    () => ({ output: means(x, options), saved: [] }),
    (dy) => [meansGradient(dy, [height, width], options)],
  );
}

/** The mean of every window, not differentiated. */
export function means(x: Tensor4D, { size, stride, padding }: Pool2dOptions): Tensor4D {
  return libraryAvgPool(surround(x, padding, 0), size, stride, "valid");
}

/** What reaches an input of so many rows and columns when dy comes back from the means of its windows. */
export function meansGradient(
  dy: Tensor4D,
  [height, width]: readonly [number, number],
  { size, stride, padding }: Pool2dOptions,
): Tensor4D {
  // Every position hears of each window over it: again a mean over windows, of dy spread to the input's resolution.
  const axis = (positions: number) => ({ stride, before: size - 1 - padding, size: positions + size - 1 });
  return libraryAvgPool(spread(dy, axis(height), axis(width)), size, 1, "valid");
}

/** The mean over height and width: [B, H, W, C] → [B, C]. */
export function globalAvgPool2d(input: Tensor): Tensor {
  const x = asImages(input);
  const [batch, height, width, channels] = x.shape;
  return composite<Tensor>(
    [x],
    () => ({
      output: libraryReshape(libraryAvgPool(x, [height, width], 1, "valid"), [batch, channels]),
      saved: [],
    }),
    (dy) => {
      const share = libraryReshape(div(dy, height * width), [batch, 1, channels]);
      return [libraryReshape(mul(share, ones([1, height * width, 1])), x.shape)];
    },
  );
}

function surround(x: Tensor4D, padding: number, value: number): Tensor4D {
  if (padding === 0) return x;
  const sides: [number, number] = [padding, padding];
  return pad(x, [[0, 0], sides, sides, [0, 0]], value);
}
