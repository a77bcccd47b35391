import { sizeOf, type Values } from "../harness/numeric.js";

/** The operations once more: plain loops in double precision, written from their definitions. */

const at = (values: Float64Array, index: number): number => values[index] as number;

interface Window {
  readonly stride: number;
  readonly padding: number;
}

const outSize = (size: number, reach: number, { stride, padding }: Window) =>
  Math.floor((size + 2 * padding - reach) / stride) + 1;

export function conv2d(
  x: Values,
  weight: Values,
  bias: Values | null,
  options: Window & { readonly dilation: number; readonly groups: number },
): Values {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [kernelHeight, kernelWidth, perGroup, filters] = weight.shape as [number, number, number, number];
  const { stride, padding, dilation, groups } = options;
  const outHeight = outSize(height, dilation * (kernelHeight - 1) + 1, options);
  const outWidth = outSize(width, dilation * (kernelWidth - 1) + 1, options);
  const data = new Float64Array(batch * outHeight * outWidth * filters);
  let out = 0;
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < outHeight; i++)
      for (let j = 0; j < outWidth; j++)
        for (let f = 0; f < filters; f++, out++) {
          const group = Math.floor(f / (filters / groups));
          let sum = bias === null ? 0 : at(bias.data, f);
          for (let ki = 0; ki < kernelHeight; ki++)
            for (let kj = 0; kj < kernelWidth; kj++) {
              const row = i * stride + ki * dilation - padding;
              const column = j * stride + kj * dilation - padding;
              if (row < 0 || row >= height || column < 0 || column >= width) continue;
              for (let c = 0; c < perGroup; c++)
                sum +=
                  at(x.data, ((b * height + row) * width + column) * channels + group * perGroup + c) *
                  at(weight.data, ((ki * kernelWidth + kj) * perGroup + c) * filters + f);
            }
          data[out] = sum;
        }
  return { shape: [batch, outHeight, outWidth, filters], data };
}

/** Folds every window; `fold` sees the values inside of the image only. */
function pool(
  x: Values,
  options: Window & { readonly size: number },
  fold: (inside: number[]) => number,
): Values {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const { size, stride, padding } = options;
  const shape = [batch, outSize(height, size, options), outSize(width, size, options), channels];
  const [, outHeight, outWidth] = shape as [number, number, number, number];
  const data = new Float64Array(sizeOf(shape));
  let out = 0;
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < outHeight; i++)
      for (let j = 0; j < outWidth; j++)
        for (let c = 0; c < channels; c++, out++) {
          const inside: number[] = [];
          for (let row = i * stride - padding; row < i * stride - padding + size; row++)
            for (let column = j * stride - padding; column < j * stride - padding + size; column++)
              if (row >= 0 && row < height && column >= 0 && column < width)
                inside.push(at(x.data, ((b * height + row) * width + column) * channels + c));
          data[out] = fold(inside);
        }
  return { shape, data };
}

export function maxPool2d(x: Values, options: Window & { readonly size: number }): Values {
  return pool(x, options, (inside) => Math.max(...inside));
}

export function avgPool2d(x: Values, options: Window & { readonly size: number }): Values {
  return pool(x, options, (inside) => inside.reduce((a, b) => a + b, 0) / options.size ** 2);
}

export function globalAvgPool2d(x: Values): Values {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const data = new Float64Array(batch * channels);
  x.data.forEach((value, i) => {
    const out = Math.floor(i / (height * width * channels)) * channels + (i % channels);
    data[out] = at(data, out) + value / (height * width);
  });
  return { shape: [batch, channels], data };
}

export function linear(x: Values, weight: Values, bias: Values | null): Values {
  const [features, units] = weight.shape as [number, number];
  const rows = x.data.length / features;
  const data = new Float64Array(rows * units);
  for (let row = 0; row < rows; row++)
    for (let unit = 0; unit < units; unit++) {
      let sum = bias === null ? 0 : at(bias.data, unit);
      for (let k = 0; k < features; k++)
        sum += at(x.data, row * features + k) * at(weight.data, k * units + unit);
      data[row * units + unit] = sum;
    }
  return { shape: [...x.shape.slice(0, -1), units], data };
}

/** Mean and biased variance of each channel. */
export function channelMoments(x: Values): { mean: Float64Array; variance: Float64Array; count: number } {
  const channels = x.shape[x.shape.length - 1] as number;
  const count = x.data.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  x.data.forEach((value, i) => {
    mean[i % channels] = at(mean, i % channels) + value / count;
  });
  x.data.forEach((value, i) => {
    variance[i % channels] = at(variance, i % channels) + (value - at(mean, i % channels)) ** 2 / count;
  });
  return { mean, variance, count };
}

export function batchNorm(x: Values, weight: Values, bias: Values, eps: number): Values {
  const { mean, variance } = channelMoments(x);
  const data = x.data.map((value, i) => {
    const c = i % mean.length;
    return (at(weight.data, c) * (value - at(mean, c))) / Math.sqrt(at(variance, c) + eps) + at(bias.data, c);
  });
  return { shape: x.shape, data };
}

export function relu(x: Values): Values {
  return { shape: x.shape, data: x.data.map((value) => Math.max(0, value)) };
}

/** Summed over the batch. */
export function crossEntropySum(logits: Values, labels: ArrayLike<number>): number {
  const [batch, classes] = logits.shape as [number, number];
  let sum = 0;
  for (let b = 0; b < batch; b++) {
    const row = [...logits.data.slice(b * classes, (b + 1) * classes)];
    const top = Math.max(...row);
    sum +=
      top +
      Math.log(row.reduce((total, z) => total + Math.exp(z - top), 0)) -
      (row[labels[b] as number] as number);
  }
  return sum;
}
