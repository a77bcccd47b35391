import type { StepGraph } from "../../src/engine/graph/types.js";
import { maskLevel } from "../../src/engine/masks.js";

/** A graph that makes a mask and nothing else. */
export function maskGraph(size: number, rate: number): StepGraph {
  return {
    name: "train",
    batch: 1,
    columns: [],
    values: [
      { dtype: "uint32", shape: [2, 2] },
      { dtype: "int32", shape: [] },
      { dtype: "uint32", shape: [2, 2] },
      { dtype: "float32", shape: [size] },
    ],
    states: [
      { name: "keys", role: "keys", value: 0 },
      { name: "step", role: "counter", value: 1 },
    ],
    inputs: [],
    constants: [],
    ops: [
      { kind: "lerac.StepKeys", inputs: [0, 1], attributes: {}, outputs: [2], at: "", part: "forward" },
      {
        kind: "lerac.DropoutMask",
        inputs: [2],
        attributes: { site: 1, ...maskLevel(rate), shape: [size] },
        outputs: [3],
        at: "",
        part: "forward",
      },
    ],
    outputs: [{ name: "mask", value: 3 }],
  };
}
