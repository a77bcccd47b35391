import type { RowsAttributes } from "../../../kinds/norm-rows.js";
import type { Lower } from "../values.js";
import type { TensorflowWriter } from "../writer.js";

const meanOfRows = (w: TensorflowWriter, x: string) => w.reduce("Mean", x, [1], true);

const unitRows: Lower = (l) => {
  const { eps, centred } = l.attributes<RowsAttributes>();
  const { writer: w } = l;
  const x = l.input(0);
  const around = centred ? w.sub(x, meanOfRows(w, x)) : x;
  const scale = w.unary("Rsqrt", w.add(meanOfRows(w, w.mul(around, around)), w.scalar(eps)));
  l.output(0, w.mul(around, scale));
  l.output(1, scale);
};

/** Formulas: `ops/norms.ts`. */
const unitRowsGrad: Lower = (l) => {
  const { centred } = l.attributes<Pick<RowsAttributes, "centred">>();
  const { writer: w } = l;
  const [dy, y, scale] = l.inputs() as [string, string, string];
  const along = w.mul(y, meanOfRows(w, w.mul(dy, y)));
  const rest = centred ? w.sub(dy, meanOfRows(w, dy)) : dy;
  l.output(0, w.mul(w.sub(rest, along), scale));
};

export const rowNorms: Readonly<Record<string, Lower>> = {
  "lerac.UnitRows": unitRows,
  "lerac.UnitRowsGrad": unitRowsGrad,
};
