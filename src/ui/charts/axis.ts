import { scientific } from "../../base/format.js";

export type AxisKind = "log" | "linear";

/** What a vertical axis shows, from bottom to top, both finite and low < high; on a log axis both above 0. */
export interface AxisRange {
  readonly kind: AxisKind;
  readonly low: number;
  readonly high: number;
}

/** Position of a value on an axis: 0 at the bottom, 1 at the top. Outside of the range it is outside of [0, 1]. */
export function position(value: number, axis: AxisRange): number {
  if (axis.kind === "linear") return (value - axis.low) / (axis.high - axis.low);
  return Math.log(value / axis.low) / Math.log(axis.high / axis.low);
}

/** The value at a position: the inverse of `position`. */
export function valueAt(share: number, axis: AxisRange): number {
  if (axis.kind === "linear") return axis.low + share * (axis.high - axis.low);
  return axis.low * (axis.high / axis.low) ** share;
}

/** The row (0 at the top) of `rows` that holds a value; null outside. */
export function rowOf(value: number, axis: AxisRange, rows: number): number | null {
  const share = position(value, axis);
  // A hair of slack: 0.1 + 0.2 is above 0.3, and still belongs on the axis that ends there.
  if (share < -1e-9 || share > 1 + 1e-9) return null;
  return Math.min(rows - 1, Math.max(0, Math.floor((1 - share) * rows + 1e-9)));
}

/** An axis for losses: data as they are, on a log axis only values above zero. */
export function lossAxis(data: { readonly low: number; readonly high: number }, wanted: AxisKind): AxisRange {
  const kind = wanted === "log" && data.low > 0 ? "log" : "linear";
  if (data.high - data.low > 1e-9 * Math.abs(data.high)) return { kind, low: data.low, high: data.high };
  // All values the same: a curve in the middle.
  if (kind === "log") return { kind, low: data.low / 1.5, high: data.high * 1.5 };
  const room = Math.abs(data.low) * 0.1 || 1;
  return { kind, low: data.low - room, high: data.high + room };
}

/** An axis for shares of one, in steps of 20 points that hold all data; 0 to 100 % where there is little to see. */
export function shareAxis(data: { readonly low: number; readonly high: number } | null): AxisRange {
  if (data === null) return { kind: "linear", low: 0, high: 1 };
  const low = Math.max(0, Math.floor(data.low * 5 + 1e-9) / 5);
  const high = Math.max(low + 0.2, Math.min(1, Math.ceil(data.high * 5 - 1e-9) / 5));
  return { kind: "linear", low, high: data.high > high ? data.high : high };
}

/** Values to label, from the top down, at most one a row. */
export function ticks(axis: AxisRange, rows: number): number[] {
  const chosen = axis.kind === "log" ? logTicks(axis) : [];
  const onRows = oneEachRow(chosen.length >= 2 ? chosen : linearTicks(axis, rows), axis, rows);
  return onRows.length > 0 ? onRows : [axis.high];
}

/** 1, 2 and 5 times the powers of ten inside of the range, the largest first. */
function logTicks(axis: AxisRange): number[] {
  const values: number[] = [];
  for (let power = Math.ceil(Math.log10(axis.high)); power >= Math.floor(Math.log10(axis.low)); power--) {
    for (const factor of [5, 2, 1]) {
      // By way of text: 5 * 10 ** -1 and the like are not the nearest numbers to what they say.
      const value = Number(`${factor}e${power}`);
      if (value >= axis.low && value <= axis.high) values.push(value);
    }
  }
  return values;
}

/** Steps that read as round, for one decade. */
const roundSteps = [1, 2, 3, 4, 5];
const mostTicks = 4;

/** From the highest round value downwards in the smallest round step that gives at most four ticks, two rows apart. */
function linearTicks(axis: AxisRange, rows: number): number[] {
  const span = axis.high - axis.low;
  const finest = Math.floor(Math.log10(span)) - 1;
  for (let power = finest; power <= finest + 3; power++) {
    for (const factor of roundSteps) {
      const step = Number(`${factor}e${power}`);
      const count = Math.floor(span / step + 1e-9) + 1;
      const apart = (step / span) * rows;
      if (count > mostTicks || apart < 2) continue;
      const grid = Number(`1e${power}`);
      const top = Math.floor(axis.high / grid + 1e-9);
      return Array.from({ length: count }, (_, i) =>
        Number(((top - i * factor) * grid).toPrecision(12)),
      ).filter((value) => value >= axis.low - 1e-9 * span);
    }
  }
  return [axis.high];
}

function oneEachRow(values: readonly number[], axis: AxisRange, rows: number): number[] {
  const taken = new Set<number>();
  return values.filter((value) => {
    const row = rowOf(value, axis, rows);
    if (row === null || taken.has(row)) return false;
    taken.add(row);
    return true;
  });
}

/** A tick's label of at most five characters: 100 %, 0.5, 2, 1e-4. */
export function tickLabel(value: number, share: boolean): string {
  if (share) return `${Number((value * 100).toPrecision(3))} %`;
  const plain = Number(value.toPrecision(4)).toString();
  return plain.length <= 5 && !plain.includes("e") ? plain : scientific(value, 1);
}
