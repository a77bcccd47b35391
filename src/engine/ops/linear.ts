import type { Tensor } from "@tensorflow/tfjs-core";
import { add, reshape, transpose } from "../tfjs.js";
import { sumByChannel } from "./channels.js";
import { composite, savedAt } from "./composite.js";
import { matMul } from "./matmul.js";

/** x · weight (+ bias); x [B, …, in], weight [in, out], bias [out]. `inputGradient` as for `conv2d`. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null, inputGradient: boolean): Tensor {
  const [features, units] = weight.shape as [number, number];
  const rows = x.size / features;
  const inputs = [...(inputGradient ? [x] : []), weight, ...(bias ? [bias] : [])];
  return composite(
    inputs,
    () => {
      const y = matMul(reshape(x, [rows, features]), weight);
      const output = reshape(bias ? add(y, bias) : y, [...x.shape.slice(0, -1), units]);
      return { output, saved: [x, weight] };
    },
    (dy, saved) => {
      const dyRows = reshape(dy, [rows, units]);
      const inputRows = reshape(savedAt(saved, 0), [rows, features]);
      const gradients: Tensor[] = [];
      if (inputGradient) gradients.push(reshape(matMul(dyRows, transpose(savedAt(saved, 1))), x.shape));
      gradients.push(matMul(transpose(inputRows), dyRows));
      if (bias) gradients.push(sumByChannel(dyRows));
      return gradients;
    },
  );
}
