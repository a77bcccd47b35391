import { unitRows, unitRowsGradient } from "../ops/norms.js";
import { f32, kind, same, sizes, tensorAt } from "./kind.js";

/** `centred`: to mean 0 first; without, rows are only divided by the root of their mean square. */
export type RowsAttributes = { readonly eps: number; readonly centred: boolean };

export const rowNormKinds = [
  /** rows [R, n] → each to mean 0 (where `centred`) and mean square 1; 1 / sqrt(mean square + eps) [R, 1]. */
  kind<RowsAttributes>({
    name: "lerac.UnitRows",
    attributes: ["eps", "centred"],
    infer(inputs) {
      const [rows, width] = sizes(inputs, 0, 2);
      return [f32(rows, width), f32(rows, 1)];
    },
    reference: (inputs, { eps, centred }) => [...unitRows(tensorAt(inputs, 0), eps, centred)],
  }),
  /** dy, the rows made, their scale → dx. */
  kind<{ readonly centred: boolean }>({
    name: "lerac.UnitRowsGrad",
    attributes: ["centred"],
    infer(inputs) {
      const [rows, width] = sizes(inputs, 0, 2);
      same(sizes(inputs, 1, 2), [rows, width], "dy and rows");
      same(sizes(inputs, 2, 2), [rows, 1], "rows and their scale");
      return [f32(rows, width)];
    },
    reference: (inputs, { centred }) => [
      unitRowsGradient(tensorAt(inputs, 0), tensorAt(inputs, 1), tensorAt(inputs, 2), centred),
    ],
  }),
];
