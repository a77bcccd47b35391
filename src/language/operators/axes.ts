import { word } from "../arguments.js";
import type { Misfit, Shape } from "./operator.js";
import { shapeText } from "./operator.js";

/**
 * Words for the axes of a sample. What a word stands for depends on how many axes there are, channels being the last:
 * in an image or spectrogram `height` and `bands` are the rows, `width` and `frames` the columns; what is left when one
 * of the two is gone (`pick(0, axis: bands)`) and a sequence have one axis that any of these words names.
 */
export const axisNames = ["bands", "frames", "height", "width", "channels", "length"] as const;

/** An argument that takes an axis. */
export function axisWord(doc: string, fallback?: (typeof axisNames)[number]) {
  return word(doc, axisNames, fallback === undefined ? {} : { default: fallback });
}

/** Where the axis lies in the shape of a sample, from 0; null where the shape has no such axis. */
export function axisIndex(axis: string, shape: Shape): number | null {
  const rank = shape.length;
  if (axis === "channels") return rank - 1;
  switch (rank) {
    case 1:
      return axis === "length" ? 0 : null;
    case 2:
      return 0;
    case 3:
      if (axis === "height" || axis === "bands") return 0;
      return axis === "width" || axis === "frames" ? 1 : null;
    default:
      return null;
  }
}

/** The misfit of an axis that its input does not have. */
export function noSuchAxis(axis: string, shape: Shape): Misfit {
  const known =
    shape.length === 3 ? "height (or bands), width (or frames) and channels" : "length and channels";
  return {
    code: "L0243",
    message: (layer) => `\`${layer}\` works along \`${axis}\`, which ${shapeText(shape)} does not have`,
    argument: "axis",
    label: shape.length === 1 ? "one row of numbers has `channels` only" : `it has ${known}`,
    inputLabel: `gives ${shapeText(shape)}`,
  };
}
