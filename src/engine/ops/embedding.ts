import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { cast, gather, tensor2d } from "../tfjs.js";
import { composite, savedAt } from "./composite.js";

/** Rows of a table by number: indices [B, …], table [rows, width] → [B, …, width]. */
export function embed(indices: Tensor, table: Tensor): Tensor {
  const [rows, width] = table.shape as [number, number];
  const numbers = indices.dataSync();
  invariant(
    numbers.every((index) => Number.isInteger(index) && index >= 0 && index < rows),
    `a token lies outside of the ${rows} rows of an embedding`,
  );
  return composite(
    [table],
    () => ({ output: gather(table, cast(indices, "int32")), saved: [indices] }),
    (dy, saved) => {
      // The sum of what every occurrence of a row hears, in the order of occurrence.
      const gradient = new Float32Array(rows * width);
      const heard = dy.dataSync();
      savedAt(saved, 0)
        .dataSync()
        .forEach((row, place) => {
          for (let i = 0; i < width; i++) {
            const at = row * width + i;
            gradient[at] = (gradient[at] as number) + (heard[place * width + i] as number);
          }
        });
      return [tensor2d(gradient, [rows, width])];
    },
  );
}
