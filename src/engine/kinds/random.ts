import { stepKey } from "../../base/hash-bits.js";
import { sizeOf } from "../graph/types.js";
import { maskValues } from "../masks.js";
import { tensor } from "../tfjs.js";
import { f32, kind, operand, tensorAt } from "./kind.js";

/** `site`: which row of the keys is the layer's. */
export type MaskAttributes = {
  readonly site: number;
  readonly threshold: number;
  readonly scale: number;
  readonly shape: readonly number[];
};

/** TensorFlow.js has no uint32: references carry its bits in an int32. */
export const randomKinds = [
  /** keys [sites, 2], step [] → the keys of this step [sites, 2]: `stepKey` of base. */
  kind({
    name: "lerac.StepKeys",
    attributes: [],
    infer(inputs) {
      operand(inputs, 1, "int32");
      return [operand(inputs, 0, "uint32")];
    },
    reference(inputs) {
      const keys = tensorAt(inputs, 0);
      const step = tensorAt(inputs, 1).dataSync()[0] ?? 0;
      const words = keys.dataSync();
      const made = Array.from({ length: words.length / 2 }, (_, site) =>
        stepKey(step, words[2 * site] ?? 0, words[2 * site + 1] ?? 0),
      );
      return [
        tensor(
          Int32Array.from(made.flat(), (word) => word | 0),
          keys.shape,
          "int32",
        ),
      ];
    },
  }),
  /** keys of the step → a mask of 0 and `scale`: `maskValues` of `masks.ts`. */
  kind<MaskAttributes>({
    name: "lerac.DropoutMask",
    attributes: ["site", "threshold", "scale", "shape"],
    infer(inputs, { site, shape }) {
      if (site >= (operand(inputs, 0, "uint32").shape[0] ?? 0)) throw new Error(`there is no site ${site}`);
      return [f32(...shape)];
    },
    reference(inputs, { site, threshold, scale, shape }) {
      const words = tensorAt(inputs, 0).dataSync();
      const key = [words[2 * site] ?? 0, words[2 * site + 1] ?? 0] as const;
      return [tensor(maskValues(key, { threshold, scale }, sizeOf(shape)), [...shape], "float32")];
    },
  }),
];
