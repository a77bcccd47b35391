import type { Series } from "../series.js";
import { type AxisRange, position } from "./axis.js";
import type { Raster } from "./raster.js";

/** Stretch of time that a chart shows, in epochs. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What a column of dots covers. */
interface Extent {
  readonly column: number;
  low: number;
  high: number;
  last: number;
}

interface Column extends Extent {
  /** Of the buckets' means. */
  mean: number;
  buckets: number;
}

/** Column of `columns` that holds a moment; the window's end is in the last one. */
export function columnOf(x: number, window: TimeWindow, columns: number): number {
  const span = window.to - window.from;
  if (span <= 0) return 0;
  return Math.min(columns - 1, Math.floor(((x - window.from) / span) * columns));
}

/**
 * Draws a series as a line: every dot column shows the smallest and the largest of its values, never a mean, so a spike
 * is seen at any length; columns without a value lie on the straight line between their neighbours.
 */
export function drawCurve(raster: Raster, series: Series, window: TimeWindow, axis: AxisRange): void {
  let previous: Column | null = null;
  for (const column of columnsOf(series, window, raster.dotColumns)) {
    const top = dotRow(column.high, axis, raster.dotRows);
    const bottom = dotRow(column.low, axis, raster.dotRows);
    raster.vertical(column.column, top, bottom);
    if (previous !== null) connect(raster, previous, column, axis);
    previous = column;
  }
}

/**
 * Draws a series smoothed: an exponential moving average of the dot columns' means, of a weight above 0 and below 1. It
 * begins before the window, so that its first column is smoothed like the others, and is divided by the sum of its
 * weights, so that the first values count in full (Kingma, Ba 2015, section 3).
 */
export function drawSmoothed(
  raster: Raster,
  series: Series,
  window: TimeWindow,
  axis: AxisRange,
  weight: number,
): void {
  const column = (window.to - window.from) / raster.dotColumns;
  // After so many columns, less than a thousandth of what was before is left.
  const before = Math.ceil(Math.log(1e-3) / Math.log(weight));
  const wide = { from: window.from - before * column, to: window.to };
  let average = 0;
  let weights = 0;
  let previous: Extent | null = null;
  for (const found of columnsOf(series, wide, raster.dotColumns + before)) {
    average = weight * average + (1 - weight) * found.mean;
    weights = weight * weights + (1 - weight);
    if (found.column < before) continue;
    const value = average / weights;
    const here: Extent = { column: found.column - before, low: value, high: value, last: value };
    const row = dotRow(value, axis, raster.dotRows);
    raster.vertical(here.column, row, row);
    if (previous !== null) connect(raster, previous, here, axis);
    previous = here;
  }
}

function columnsOf(series: Series, window: TimeWindow, columns: number): Column[] {
  const found: Column[] = [];
  let current: Column | undefined;
  for (let i = series.indexAt(window.from); i < series.length; i++) {
    const bucket = series.at(i);
    if (bucket.x > window.to) break;
    const column = columnOf(bucket.x, window, columns);
    if (current?.column === column) {
      current.low = Math.min(current.low, bucket.low);
      current.high = Math.max(current.high, bucket.high);
      current.last = bucket.last;
      current.buckets++;
      current.mean += (bucket.mean - current.mean) / current.buckets;
    } else {
      const { low, high, last, mean } = bucket;
      current = { column, low, high, last, mean, buckets: 1 };
      found.push(current);
    }
  }
  return found;
}

/** Fills what lies between two columns that have values. */
function connect(raster: Raster, a: Extent, b: Extent, axis: AxisRange): void {
  const rows = raster.dotRows;
  const from = dotRow(a.last, axis, rows);
  // The end of b's range that is nearest: the line enters it there.
  const to = Math.min(Math.max(from, dotRow(b.high, axis, rows)), dotRow(b.low, axis, rows));
  const width = b.column - a.column;
  for (let i = 1; i <= width; i++) {
    const before = Math.round(from + ((to - from) * (i - 1)) / width);
    const here = Math.round(from + ((to - from) * i) / width);
    // Each column covers its part of the way, without repeating the row where the one before it ended.
    const begin = here > before ? before + 1 : here < before ? before - 1 : here;
    raster.vertical(a.column + i, begin, here);
  }
}

/** Row of dots (0 at the top) of a value; values outside of the axis are drawn on its edge. */
function dotRow(value: number, axis: AxisRange, rows: number): number {
  const share = Math.min(1, Math.max(0, position(value, axis)));
  return Math.min(rows - 1, Math.floor((1 - share) * rows));
}
