import type { RowsAttributes } from "../../../kinds/norm-rows.js";
import type { Lower, Lowering } from "../values.js";

function meanOfRows(l: Lowering, x: string): string {
  return l.writer.node("ReduceMean", [x, l.writer.wholes([1])], { keepdims: 1 });
}

const unitRows: Lower = (l) => {
  const { eps, centred } = l.attributes<RowsAttributes>();
  const { writer } = l;
  const x = l.input(0);
  const around = centred ? writer.sub(x, meanOfRows(l, x)) : x;
  const power = writer.add(meanOfRows(l, writer.mul(around, around)), writer.scalar(eps));
  const scale = writer.node("Reciprocal", [writer.node("Sqrt", [power])]);
  l.output(0, writer.mul(around, scale));
  l.output(1, scale);
};

const unitRowsGrad: Lower = (l) => {
  const { centred } = l.attributes<RowsAttributes>();
  const { writer } = l;
  const [dy, y] = [l.input(0), l.input(1)];
  const along = writer.mul(y, meanOfRows(l, writer.mul(dy, y)));
  const rest = centred ? writer.sub(dy, meanOfRows(l, dy)) : dy;
  l.output(0, writer.mul(writer.sub(rest, along), l.input(2)));
};

export const rowNorms: Readonly<Record<string, Lower>> = {
  "lerac.UnitRows": unitRows,
  "lerac.UnitRowsGrad": unitRowsGrad,
};
