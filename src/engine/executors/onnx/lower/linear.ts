import type { Lower } from "../values.js";
import { Channels } from "./channels.js";

const linear: Lower = (l) => {
  const operator = l.count > 2 ? "Gemm" : "MatMul";
  l.output(0, l.writer.node(operator, [l.input(0), l.input(1), ...(l.count > 2 ? [l.input(2)] : [])]));
};

const sumByChannel: Lower = (l) => {
  const layout = l.layout(0);
  l.output(0, new Channels(l, layout, l.shape(0)).sums(l.input(0, layout)));
};

export const linears: Readonly<Record<string, Lower>> = {
  "lerac.Linear": linear,
  "lerac.LinearInputGrad": (l) => l.output(0, l.writer.node("Gemm", [l.input(0), l.input(1)], { transB: 1 })),
  "lerac.LinearWeightGrad": (l) =>
    l.output(0, l.writer.node("Gemm", [l.input(0), l.input(1)], { transA: 1 })),
  "lerac.SumByChannel": sumByChannel,
};
