import type { InputGradAttributes, SlidingAttributes } from "../../../kinds/conv.js";
import { cannotCompile } from "../../../step/refusal.js";
import type { Lower, Lowering } from "../values.js";

const linear: Lower = (l) => {
  const operator = l.count > 2 ? "Gemm" : "MatMul";
  l.output(0, l.writer.node(operator, [l.input(0), l.input(1), ...(l.count > 2 ? [l.input(2)] : [])]));
};

const linearInputGrad: Lower = (l) =>
  l.output(0, l.writer.node("Gemm", [l.input(0), l.input(1)], { transB: 1 }));

const linearWeightGrad: Lower = (l) =>
  l.output(0, l.writer.node("Gemm", [l.input(0), l.input(1)], { transA: 1 }));

const sumByChannel: Lower = (l) => {
  const layout = l.layout(0);
  l.output(0, l.writer.reduce("ReduceSum", l.input(0, layout), l.allButChannels(l.shape(0).length, layout)));
};

/** A kernel [kh, kw, C, F] as [F, C, kh, kw]. */
function turnedKernel(l: Lowering, index: number): string {
  return l.writer.transpose(l.input(index), [3, 2, 0, 1]);
}

const both = ([rows, columns]: readonly [number, number]) => [rows, columns, rows, columns];

const conv2d: Lower = (l) => {
  const { stride, padding, dilation, groups } = l.attributes<SlidingAttributes>();
  const attributes = { strides: stride, pads: both(padding), dilations: dilation, group: groups };
  const inputs = [l.input(0, "first"), turnedKernel(l, 1), ...(l.count > 2 ? [l.input(2)] : [])];
  l.output(0, l.writer.node("Conv", inputs, attributes), "first");
};

const inputGrad: Lower = (l) => {
  const { stride, padding, dilation, groups, size } = l.attributes<InputGradAttributes>();
  const taps = l.shape(1).slice(0, 2);
  const reach = ([0, 1] as const).map((axis) => dilation[axis] * ((taps[axis] ?? 1) - 1));
  const margins = ([0, 1] as const).map((axis) => (reach[axis] ?? 0) - padding[axis]);
  if (groups === 1 && stride.every((step) => step === 1) && margins.every((margin) => margin >= 0)) {
    // The kernel read backwards, channels for filters: again a convolution, and a faster one than its transpose.
    const backwards = l.writer.slice(
      l.input(1),
      [0, 1],
      [
        [-1, -(2 ** 31), -1],
        [-1, -(2 ** 31), -1],
      ],
    );
    const kernel = l.writer.transpose(backwards, [2, 3, 0, 1]);
    const attributes = { strides: [1, 1], pads: [...margins, ...margins], dilations: dilation };
    l.output(0, l.writer.node("Conv", [l.input(0, "first"), kernel], attributes), "first");
    return;
  }
  const dy = l.shape(0);
  const rest = ([0, 1] as const).map(
    (axis) =>
      size[axis] + 2 * padding[axis] - (reach[axis] ?? 0) - 1 - ((dy[axis + 1] ?? 1) - 1) * stride[axis],
  );
  const attributes = {
    strides: stride,
    pads: both(padding),
    dilations: dilation,
    group: groups,
    output_padding: rest,
  };
  l.output(0, l.writer.node("ConvTranspose", [l.input(0, "first"), turnedKernel(l, 1)], attributes), "first");
};

/** What each tap saw, side by side, times dy: one product of matrices over all places of the batch. */
const filterGrad: Lower = (l) => {
  const { stride, padding, dilation, groups } = l.attributes<SlidingAttributes>();
  if (groups > 1) throw cannotCompile(`the layer ${l.op.at} is a convolution in ${groups} groups`);
  const [batch = 1, rows = 1, columns = 1, filters = 1] = l.shape(0);
  const [, height = 1, width = 1, channels = 1] = l.shape(1);
  const [kernelHeight = 1, kernelWidth = 1] = l.shape(2);
  const [above, left] = padding;
  const padded = above + left > 0;
  const x = padded
    ? l.writer.node("Pad", [l.input(1), l.writer.wholes([0, above, left, 0, 0, above, left, 0])])
    : l.input(1);
  const seen = Array.from({ length: kernelHeight * kernelWidth }, (_, tap) => {
    const row = Math.floor(tap / kernelWidth) * dilation[0];
    const column = (tap % kernelWidth) * dilation[1];
    const whole = kernelHeight * kernelWidth === 1 && !padded && rows === height && columns === width;
    if (whole) return x;
    return l.writer.slice(
      x,
      [1, 2],
      [
        [row, row + (rows - 1) * stride[0] + 1, stride[0]],
        [column, column + (columns - 1) * stride[1] + 1, stride[1]],
      ],
    );
  });
  const beside = seen.length === 1 ? (seen[0] ?? x) : l.writer.node("Concat", seen, { axis: 3 });
  const places = batch * rows * columns;
  const product = l.writer.node(
    "FusedMatMul",
    [
      l.writer.reshape(beside, [places, kernelHeight * kernelWidth * channels]),
      l.writer.reshape(l.input(0), [places, filters]),
    ],
    { transA: 1 },
  );
  l.output(0, l.writer.reshape(product, l.outputShape()));
};

export const contractions: Readonly<Record<string, Lower>> = {
  "lerac.Linear": linear,
  "lerac.LinearInputGrad": linearInputGrad,
  "lerac.LinearWeightGrad": linearWeightGrad,
  "lerac.SumByChannel": sumByChannel,
  "lerac.Conv2d": conv2d,
  "lerac.Conv2dInputGrad": inputGrad,
  "lerac.Conv2dFilterGrad": filterGrad,
};
