import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { Conv2dOptions, ConvTranspose2dOptions } from "../../language/forward.js";
import { add, slice } from "../tfjs.js";
import { sumByChannel, withChannels } from "./channels.js";
import { asImages, composite, savedAt } from "./composite.js";
import { convolve, inputGradient, kernelGradient } from "./convolve.js";
import { reshape } from "./join.js";
import type { Sliding } from "./sliding.js";

/**
 * Cross-correlation with zero padding; x [B, H, W, C], weight [kh, kw, C / groups, F], bias [F] → [B, H', W', F].
 *
 * @param wantsInput false where x does not depend on any parameter: its gradient, as dear as the forward pass, is then
 *   left out
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: Conv2dOptions,
  wantsInput: boolean,
): Tensor {
  return slidingConvolution(x, weight, bias, inBothDirections(options), wantsInput);
}

/** x [B, L, C], weight [taps, C / groups, F], bias [F] → [B, L', F]. */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { stride, padding, dilation, groups }: Conv2dOptions,
  wantsInput: boolean,
): Tensor {
  const [batch, length, channels] = x.shape as [number, number, number];
  const rows = reshape(x, [batch, 1, length, channels]);
  const kernel = reshape(weight, [1, ...weight.shape]);
  const sliding = { stride: [1, stride], padding: [0, padding], dilation: [1, dilation], groups } as const;
  const y = slidingConvolution(rows, kernel, bias, sliding, wantsInput);
  const [, , outLength, filters] = asImages(y).shape;
  return reshape(y, [batch, outLength, filters]);
}

function slidingConvolution(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  sliding: Sliding,
  wantsInput: boolean,
): Tensor {
  const images = asImages(x);
  const kernel = asImages(weight);
  const inputs = [...(wantsInput ? [x] : []), weight, ...(bias ? [bias] : [])];
  return composite<Tensor4D>(
    inputs,
    () => {
      const y = convolve(images, kernel, sliding);
      const output = bias ? asImages(withChannels(add, y, bias)) : y;
      return { output, saved: [images, kernel] };
    },
    (dy, saved) => {
      const images = asImages(savedAt(saved, 0));
      const kernel = asImages(savedAt(saved, 1));
      const [, height, width] = images.shape;
      const gradients: Tensor[] = [];
      if (wantsInput) gradients.push(inputGradient(dy, kernel, [height, width], sliding));
      gradients.push(kernelGradient(dy, images, kernel, sliding));
      if (bias) gradients.push(sumByChannel(dy));
      return gradients;
    },
  );
}

/**
 * The adjoint of `conv2d`: x [B, H, W, C], weight [kh, kw, F / groups, C], bias [F] → [B, H', W', F] with
 * H' = (H − 1) · stride − 2 · padding + dilation · (kh − 1) + outputPadding + 1. So forward is a convolution's input
 * gradient, and the gradient of x a convolution.
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: ConvTranspose2dOptions,
  wantsInput: boolean,
): Tensor {
  const images = asImages(x);
  const kernel = asImages(weight);
  const sliding = inBothDirections(options);
  const [batch, height, width, channels] = images.shape;
  const size = (positions: number, taps: number) =>
    (positions - 1) * options.stride -
    2 * options.padding +
    options.dilation * (taps - 1) +
    options.outputPadding +
    1;
  const inputs = [...(wantsInput ? [x] : []), weight, ...(bias ? [bias] : [])];
  return composite<Tensor4D>(
    inputs,
    () => {
      const [kernelHeight, kernelWidth] = kernel.shape;
      const outSize = [size(height, kernelHeight), size(width, kernelWidth)] as const;
      const y = inputGradient(images, kernel, outSize, sliding);
      const output = bias ? asImages(withChannels(add, y, bias)) : y;
      return { output, saved: [images, kernel] };
    },
    (dy, saved) => {
      const images = asImages(savedAt(saved, 0));
      const kernel = asImages(savedAt(saved, 1));
      const gradients: Tensor[] = [];
      if (wantsInput) {
        const dx = convolve(dy, kernel, sliding);
        // With more output padding than stride the convolution finds places that x never had.
        const larger = dx.shape[1] !== height || dx.shape[2] !== width;
        gradients.push(larger ? slice(dx, [0, 0, 0, 0], [batch, height, width, channels]) : dx);
      }
      gradients.push(kernelGradient(images, dy, kernel, sliding));
      if (bias) gradients.push(sumByChannel(dy));
      return gradients;
    },
  );
}

function inBothDirections({ stride, padding, dilation, groups }: Conv2dOptions): Sliding {
  return {
    stride: [stride, stride],
    padding: [padding, padding],
    dilation: [dilation, dilation],
    groups,
  };
}
