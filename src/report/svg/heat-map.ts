import { formatRate } from "../../base/format.js";
import { heat } from "./colours.js";
import { element, shortened, text, title } from "./element.js";
import type { Figure, RateData } from "./figure.js";

const maximumColumns = 120;
const labelWidth = 200;
const top = 44;

/**
 * Rates as colours, a row a level and a column a tick, from the start until one unit of time after the curriculum (or
 * over the whole run where there is none): the part that differs between levels. A cell that is wide enough says its
 * rate.
 */
export function heatMap(data: RateData, width: number): Figure {
  const { levels, rates, t, until, end, unit } = data;
  const last = until > 0 ? Math.min(until + 1, end) : end;
  const columns = thinned(t.flatMap((moment, i) => (moment < last ? [i] : [])));
  const rowHeight = Math.max(3, Math.min(22, Math.floor(560 / levels.length)));
  const plotWidth = width - labelWidth;
  const x = (moment: number) => labelWidth + (moment / last) * plotWidth;
  const cells: string[] = [];
  levels.forEach((level, j) => {
    const y = top + j * rowHeight;
    if (rowHeight >= 11) {
      const name = `${j + 1} ${shortened(level.address, 25)}`;
      cells.push(text(0, y + rowHeight / 2 + 4, name));
    }
    // Equal neighbours are one cell.
    let column = 0;
    while (column < columns.length) {
      const rate = rates[columns[column] as number]?.[j] ?? 0;
      let next = column + 1;
      while (next < columns.length && rates[columns[next] as number]?.[j] === rate) next++;
      const from = t[columns[column] as number] ?? 0;
      const to = next < columns.length ? (t[columns[next] as number] ?? last) : last;
      cells.push(
        cell(
          x(from),
          y,
          x(to) - x(from),
          rowHeight,
          rate,
          data,
          `${level.address} from ${unit} ${from} to ${to}`,
        ),
      );
      column = next;
    }
  });
  const bottom = top + levels.length * rowHeight;
  return {
    height: bottom + 62,
    body: [
      text(0, 16, `Rates by level, ${unit} 0 to ${round(last)}`, { class: "heading" }),
      text(0, 34, "colour is the logarithm of the rate", { class: "dim" }),
      ...cells,
      ...timeAxis(last, x, bottom, unit, until),
      ...legend(data, bottom + 34, width),
    ],
  };
}

function cell(
  x: number,
  y: number,
  width: number,
  height: number,
  rate: number,
  { lowest, highest }: RateData,
  where: string,
): string {
  const share = highest > lowest ? Math.log(rate / lowest) / Math.log(highest / lowest) : 1;
  const { fill, ink } = heat(share);
  const said = formatRate(rate, 4);
  const shown = width >= 70 && height >= 14;
  // A hair wider than it is, so that no seam shows between neighbours.
  const box = element(
    "rect",
    { x, y, width: width + 0.3, height, ...(rate === 0 ? { class: "frozen" } : { fill }) },
    title(`${where}: ${said}`),
  );
  const label = shown
    ? text(
        x + 6,
        y + height / 2 + 4,
        said,
        rate === 0 ? { class: "small" } : { class: "small", style: `fill:${ink}` },
      )
    : "";
  return `${box}\n${label}`;
}

function timeAxis(last: number, x: (t: number) => number, y: number, unit: string, until: number): string[] {
  const step = Math.max(1, Math.ceil(last / 12));
  const ticks: string[] = [];
  for (let t = 0; t <= last; t += step) {
    const mark = t === until && until > 0 ? `${t} = k` : `${t}`;
    ticks.push(
      text(x(t), y + 15, mark, {
        class: "small dim",
        "text-anchor": t === 0 ? "start" : t >= last ? "end" : "middle",
      }),
    );
  }
  ticks.push(text(0, y + 15, `${unit}s completed`, { class: "small dim" }));
  return ticks;
}

function legend({ lowest, highest }: RateData, y: number, width: number): string[] {
  const steps = 24;
  const size = 8;
  const start = width - steps * size - 90;
  const boxes = Array.from({ length: steps }, (_, i) =>
    element("rect", {
      x: start + i * size,
      y,
      width: size + 0.3,
      height: 10,
      fill: heat(i / (steps - 1)).fill,
    }),
  );
  return [
    text(start - 8, y + 10, formatRate(lowest, 3), { class: "small dim", "text-anchor": "end" }),
    ...boxes,
    text(start + steps * size + 8, y + 10, formatRate(highest, 3), { class: "small dim" }),
  ];
}

function thinned(indices: readonly number[]): readonly number[] {
  if (indices.length <= maximumColumns) return indices;
  const every = indices.length / maximumColumns;
  return Array.from({ length: maximumColumns }, (_, i) => indices[Math.floor(i * every)] as number);
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
