import { formatRate } from "../../base/format.js";
import { element, text, title } from "./element.js";
import type { Figure, RateData } from "./figure.js";

const left = 72;
const top = 56;
const plotHeight = 240;
/** Points of one curve at most. */
const maximumPoints = 400;

/**
 * The rate of each level over the whole run, on a logarithmic axis: steps, since a rate is in force until the next one
 * is computed. Levels that coincide are drawn over each other, the first on top.
 */
export function rateCurves(data: RateData, width: number): Figure {
  const { levels, unit, until, end, lowest, highest } = data;
  const low = Math.floor(Math.log10(lowest) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(highest) - 1e-9));
  const plotWidth = width - left - 40;
  const x = (t: number) => left + (t / end) * plotWidth;
  const y = (rate: number) => top + ((high - Math.log10(rate)) / (high - low)) * plotHeight;
  const decades: string[] = [];
  const every = Math.max(1, Math.ceil((high - low) / 8));
  for (let decade = low; decade <= high; decade += every) {
    const at = y(10 ** decade);
    decades.push(element("line", { x1: left, x2: left + plotWidth, y1: at, y2: at, class: "grid" }));
    decades.push(text(left - 8, at + 4, `1e${decade}`, { class: "small dim", "text-anchor": "end" }));
  }
  const curves = levels
    .map((level, j) =>
      element(
        "path",
        { d: stepPath(data, j, x, y), class: `curve level${j}` },
        title(`${j + 1} ${level.address}`),
      ),
    )
    .reverse();
  const bottom = top + plotHeight;
  return {
    height: bottom + 40,
    body: [
      text(0, 16, `Rates over the whole run, ${end} ${unit}s`, { class: "heading" }),
      text(0, 34, `from ${formatRate(highest, 3)} down to ${formatRate(lowest, 3)}`, { class: "dim" }),
      ...decades,
      ...(until > 0 && until < end ? boundary(x(until), bottom, `k = ${until}`) : []),
      ...curves,
      ...startLabels(data, x, y),
      ...timeTicks(end, x, bottom),
    ],
  };
}

function stepPath(
  { t, rates, end }: RateData,
  j: number,
  x: (t: number) => number,
  y: (rate: number) => number,
): string {
  const every = Math.max(1, Math.floor(t.length / maximumPoints));
  const parts: string[] = [];
  let pen = false;
  let before: number | null = null;
  const number = (value: number) => `${Number(value.toFixed(1))}`;
  for (let i = 0; i < t.length; i += every) {
    const rate = rates[i]?.[j] ?? 0;
    if (rate === before) continue;
    const at = number(x(t[i] ?? 0));
    // A frozen level has no place on a logarithmic axis: the curve has a gap.
    if (pen) parts.push(`H${at}`);
    if (rate > 0) parts.push(pen ? `V${number(y(rate))}` : `M${at} ${number(y(rate))}`);
    pen = rate > 0;
    before = rate;
  }
  if (pen) parts.push(`H${number(x(end))}`);
  return parts.join("");
}

function boundary(x: number, bottom: number, label: string): string[] {
  return [
    element("line", { x1: x, x2: x, y1: top, y2: bottom, class: "boundary" }),
    text(x + 5, top + 10, label, { class: "small dim" }),
  ];
}

/** Numbers of levels beside the starts of their curves, as many as stand apart. */
function startLabels(data: RateData, x: (t: number) => number, y: (rate: number) => number): string[] {
  const labels: string[] = [];
  let free = Number.NEGATIVE_INFINITY;
  const starts = data.levels
    .map((_, j) => ({ j, rate: data.rates[0]?.[j] ?? 0 }))
    .filter(({ rate }) => rate > 0)
    .sort((a, b) => b.rate - a.rate || a.j - b.j);
  for (const { j, rate } of starts) {
    const at = y(rate);
    if (at < free) continue;
    labels.push(text(x(0) + 4, at - 4, `${j + 1}`, { class: `small label${j}` }));
    free = at + 13;
  }
  return labels;
}

function timeTicks(end: number, x: (t: number) => number, bottom: number): string[] {
  const step = niceStep(end / 10);
  const ticks: string[] = [];
  for (let t = 0; t <= end; t += step) {
    ticks.push(text(x(t), bottom + 16, `${t}`, { class: "small dim", "text-anchor": "middle" }));
  }
  return ticks;
}

/** The smallest of 1, 2, 5 · 10^n that is at least so large, and at least 1. */
function niceStep(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((m) => m * decade).find((step) => step >= least) ?? decade * 10;
}
