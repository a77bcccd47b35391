import type {
  Activation,
  Conv2dOptions,
  ConvTranspose2dOptions,
  ForwardContext,
  Pool2dOptions,
} from "../../src/language/forward.js";
import type { Values } from "../harness/numeric.js";
import { at, build, map, replaced, total, upTo } from "./arrays.js";
import { evenBin, functions, interpolatedAt, moments } from "./formulas.js";
import * as reference from "./reference.js";

/**
 * The vocabulary of operators once more, in double precision and from the definitions alone, in training: what the
 * engine's single precision values and analytic gradients are held against.
 */
export class ReferenceContext
  implements
    Omit<
      ForwardContext<Values>,
      | "dropout"
      | "dropPath"
      | keyof import("../../src/language/forward-sequence.js").SequenceOperations<Values>
    >
{
  readonly phase = "train";

  constructor(private readonly tensors: ReadonlyMap<string, Values> = new Map()) {}

  tensor(name: string): Values {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new Error(`the reference has no ${name}`);
    return tensor;
  }

  shape(x: Values): readonly number[] {
    return x.shape.slice(1);
  }

  linear(x: Values, weight: Values, bias: Values | null): Values {
    return reference.linear(x, weight, bias);
  }

  conv2d(x: Values, weight: Values, bias: Values | null, options: Conv2dOptions): Values {
    return reference.conv2d(x, weight, bias, options);
  }

  conv1d(x: Values, weight: Values, bias: Values | null, options: Conv2dOptions): Values {
    const [batch, length] = x.shape as [number, number];
    const [taps, perGroup, filters] = weight.shape as [number, number, number];
    const { stride, padding, dilation, groups } = options;
    const outLength = Math.floor((length + 2 * padding - dilation * (taps - 1) - 1) / stride) + 1;
    return build([batch, outLength, filters], ([b = 0, place = 0, f = 0]) => {
      const first = Math.floor(f / (filters / groups)) * perGroup;
      const products = upTo(taps).flatMap((tap) =>
        upTo(perGroup).map((c) => {
          const from = place * stride + tap * dilation - padding;
          return at(x, [b, from, first + c]) * at(weight, [tap, c, f]);
        }),
      );
      return total(products) + (bias === null ? 0 : at(bias, [f]));
    });
  }

  /** By scattering: each place of x adds its kernel to the output, shifted by stride and padding. */
  convTranspose2d(x: Values, weight: Values, bias: Values | null, options: ConvTranspose2dOptions): Values {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const [kernelHeight, kernelWidth, perGroup] = weight.shape as [number, number, number];
    const { stride, padding, dilation, groups, outputPadding } = options;
    const outSize = (size: number, taps: number) =>
      (size - 1) * stride - 2 * padding + dilation * (taps - 1) + outputPadding + 1;
    const filters = perGroup * groups;
    const y = build(
      [batch, outSize(height, kernelHeight), outSize(width, kernelWidth), filters],
      ([, , , f = 0]) => (bias === null ? 0 : at(bias, [f])),
    );
    const [, outHeight, outWidth] = y.shape as [number, number, number];
    for (const b of upTo(batch))
      for (const i of upTo(height))
        for (const j of upTo(width))
          for (const c of upTo(channels))
            for (const ki of upTo(kernelHeight))
              for (const kj of upTo(kernelWidth))
                for (const o of upTo(perGroup)) {
                  const row = i * stride + ki * dilation - padding;
                  const column = j * stride + kj * dilation - padding;
                  if (row < 0 || row >= outHeight || column < 0 || column >= outWidth) continue;
                  const filter = Math.floor(c / (channels / groups)) * perGroup + o;
                  const place = ((b * outHeight + row) * outWidth + column) * filters + filter;
                  y.data[place] =
                    (y.data[place] as number) + at(x, [b, i, j, c]) * at(weight, [ki, kj, o, c]);
                }
    return y;
  }

  maxPool2d(x: Values, options: Pool2dOptions): Values {
    return reference.maxPool2d(x, options);
  }

  avgPool2d(x: Values, options: Pool2dOptions): Values {
    return reference.avgPool2d(x, options);
  }

  globalAvgPool2d(x: Values): Values {
    return reference.globalAvgPool2d(x);
  }

  globalMaxPool2d(x: Values): Values {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    return build([batch, channels], ([b = 0, c = 0]) =>
      Math.max(...upTo(height).flatMap((i) => upTo(width).map((j) => at(x, [b, i, j, c])))),
    );
  }

  adaptiveAvgPool2d(x: Values, rows: number, columns: number): Values {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    return build([batch, rows, columns, channels], ([b = 0, i = 0, j = 0, c = 0]) => {
      const places = evenBin(height, rows, i).flatMap((row) =>
        evenBin(width, columns, j).map((column) => at(x, [b, row, column, c])),
      );
      return total(places) / places.length;
    });
  }

  upsample2d(x: Values, factor: number, mode: "nearest" | "bilinear"): Values {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    return build([batch, factor * height, factor * width, channels], ([b = 0, i = 0, j = 0, c = 0]) => {
      if (mode === "nearest") return at(x, [b, Math.floor(i / factor), Math.floor(j / factor), c]);
      return interpolatedAt(height, factor, i, (row) =>
        interpolatedAt(width, factor, j, (column) => at(x, [b, row, column, c])),
      );
    });
  }

  batchNorm(x: Values, options: { readonly eps: number }): Values {
    return reference.batchNorm(x, this.tensor("weight"), this.tensor("bias"), options.eps);
  }

  layerNorm(x: Values, weight: Values, bias: Values, eps: number): Values {
    const last = x.shape.length - 1;
    return build(x.shape, (index) => {
      const row = upTo(x.shape[last] as number).map((c) => at(x, replaced(index, last, c)));
      const { mean, variance } = moments(row);
      const channel = [index[last] as number];
      return (at(weight, channel) * (at(x, index) - mean)) / Math.sqrt(variance + eps) + at(bias, channel);
    });
  }

  groupNorm(
    x: Values,
    weight: Values,
    bias: Values,
    { groups, eps }: { readonly groups: number; readonly eps: number },
  ): Values {
    const batch = x.shape[0] as number;
    const channels = x.shape[x.shape.length - 1] as number;
    const perSample = x.data.length / batch;
    const share = channels / groups;
    const data = x.data.map((value, i) => {
      const sample = Math.floor(i / perSample);
      const group = Math.floor((i % channels) / share);
      const own = [...x.data.slice(sample * perSample, (sample + 1) * perSample)].filter(
        (_, j) => Math.floor((j % channels) / share) === group,
      );
      const { mean, variance } = moments(own);
      const channel = [i % channels];
      return (at(weight, channel) * (value - mean)) / Math.sqrt(variance + eps) + at(bias, channel);
    });
    return { shape: x.shape, data };
  }

  rmsNorm(x: Values, weight: Values, eps: number): Values {
    const last = x.shape.length - 1;
    const channels = x.shape[last] as number;
    return build(x.shape, (index) => {
      const squares = upTo(channels).map((c) => at(x, replaced(index, last, c)) ** 2);
      const root = Math.sqrt(total(squares) / channels + eps);
      return (at(weight, [index[last] as number]) * at(x, index)) / root;
    });
  }

  relu(x: Values): Values {
    return reference.relu(x);
  }

  activation(x: Values, kind: Activation, parameter = 0): Values {
    return map(x, (value) => functions[kind](value, parameter));
  }

  prelu(x: Values, weight: Values): Values {
    const slopes = weight.data.length;
    const channels = x.shape[x.shape.length - 1] as number;
    const data = x.data.map((value, i) =>
      value > 0 ? value : value * (weight.data[slopes === 1 ? 0 : i % channels] as number),
    );
    return { shape: x.shape, data };
  }

  softmax(x: Values, axis: number): Values {
    const along = axis + 1;
    return build(x.shape, (index) => {
      const row = upTo(x.shape[along] as number).map((i) => at(x, replaced(index, along, i)));
      const top = Math.max(...row);
      return Math.exp(at(x, index) - top) / total(row.map((value) => Math.exp(value - top)));
    });
  }

  reshape(x: Values, shape: readonly number[]): Values {
    return { shape: [x.shape[0] as number, ...shape], data: x.data };
  }

  add(a: Values, b: Values): Values {
    return { shape: a.shape, data: a.data.map((value, i) => value + (b.data[i] as number)) };
  }

  multiply(a: Values, b: Values): Values {
    const missing = a.shape.length - b.shape.length;
    return build(a.shape, (index) => {
      const own = [index[0] as number, ...index.slice(missing + 1)];
      return (
        at(a, index) *
        at(
          b,
          own.map((i, axis) => (b.shape[axis] === 1 ? 0 : i)),
        )
      );
    });
  }

  concat(tensors: readonly Values[], axis?: number): Values {
    const first = tensors[0] as Values;
    const along = axis === undefined ? first.shape.length - 1 : axis + 1;
    const width = total(tensors.map((tensor) => tensor.shape[along] as number));
    return build(replaced(first.shape, along, width), (index) => {
      let place = index[along] as number;
      for (const tensor of tensors) {
        const extent = tensor.shape[along] as number;
        if (place < extent) return at(tensor, replaced(index, along, place));
        place -= extent;
      }
      throw new Error("beyond all parts");
    });
  }

  transpose(x: Values, order: readonly number[]): Values {
    const shape = [x.shape[0] as number, ...order.map((axis) => x.shape[axis + 1] as number)];
    return build(shape, (index) => {
      const from = [index[0] as number];
      order.forEach((axis, i) => {
        from[axis + 1] = index[i + 1] as number;
      });
      return at(x, from);
    });
  }

  pad(x: Values, margins: readonly (readonly [number, number])[], value: number): Values {
    const shape = x.shape.map((size, axis) => size + total([...(margins[axis - 1] ?? [])]));
    return build(shape, (index) => {
      const from = index.map((i, axis) => i - (margins[axis - 1]?.[0] ?? 0));
      const inside = from.every((i, axis) => i >= 0 && i < (x.shape[axis] as number));
      return inside ? at(x, from) : value;
    });
  }

  slice(x: Values, start: readonly number[], size: readonly number[]): Values {
    return build([x.shape[0] as number, ...size], (index) =>
      at(
        x,
        index.map((i, axis) => i + (axis === 0 ? 0 : (start[axis - 1] as number))),
      ),
    );
  }

  mean(x: Values, axis: number): Values {
    const along = axis + 1;
    const count = x.shape[along] as number;
    return build(
      x.shape.filter((_, i) => i !== along),
      (index) =>
        total(upTo(count).map((i) => at(x, [...index.slice(0, along), i, ...index.slice(along)]))) / count,
    );
  }
}
