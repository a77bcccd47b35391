import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lossAxis, position, rowOf, shareAxis, tickLabel, ticks, valueAt } from "../../src/ui/charts/axis.js";
import { chartLines } from "../../src/ui/charts/chart.js";
import { columnOf, drawCurve } from "../../src/ui/charts/curve.js";
import { Raster } from "../../src/ui/charts/raster.js";
import { glyphs } from "../../src/ui/glyphs.js";
import { gaugeColumn, visibleLevels } from "../../src/ui/monitor/rate-pane.js";
import { heatStep, nextChange } from "../../src/ui/rate-view.js";
import { Series } from "../../src/ui/series.js";
import { fashion, planView, resnet } from "../harness/events.js";

const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe("axes", () => {
  test("position and value are each other's inverse", () => {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        for (const kind of ["log", "linear"] as const) {
          const axis = lossAxis({ low: Math.min(a, b), high: Math.max(a, b) }, kind);
          expect(position(valueAt(share, axis), axis)).toBeCloseTo(share, 6);
        }
      }),
    );
  });

  test("a log axis is labelled at 1, 2, 5 times powers of ten, on the rows that hold them", () => {
    const axis = lossAxis({ low: 0.33, high: 2.4 }, "log");
    expect(ticks(axis, 6)).toEqual([2, 1, 0.5]);
    // Row by hand: (1 - log(2 / 0.33) / log(2.4 / 0.33)) * 6 = 0.55, and so on.
    expect(ticks(axis, 6).map((value) => rowOf(value, axis, 6))).toEqual([0, 2, 4]);
  });

  test("shares are labelled in round steps", () => {
    const axis = shareAxis({ low: 0.1, high: 0.874 });
    expect(axis).toEqual({ kind: "linear", low: 0, high: 1 });
    expect(ticks(axis, 6).map((value) => tickLabel(value, true))).toEqual(["100 %", "60 %", "20 %"]);
    expect(ticks(axis, 10).map((value) => tickLabel(value, true))).toEqual(["100 %", "70 %", "40 %", "10 %"]);
  });

  test("ticks of any axis: at least one, inside, one a row, labels of five characters at most", () => {
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 2, max: 30 }), (a, b, rows) => {
        for (const kind of ["log", "linear"] as const) {
          const axis = lossAxis({ low: Math.min(a, b), high: Math.max(a, b) }, kind);
          const values = ticks(axis, rows);
          expect(values.length).toBeGreaterThan(0);
          const onRows = values.map((value) => rowOf(value, axis, rows));
          expect(onRows).not.toContain(null);
          expect(new Set(onRows).size).toBe(values.length);
          for (const value of values) expect(tickLabel(value, false).length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });

  test("a loss that falls to zero or below gets a linear axis, a constant one a curve in the middle", () => {
    expect(lossAxis({ low: 0, high: 2 }, "log").kind).toBe("linear");
    const axis = lossAxis({ low: 0.5, high: 0.5 }, "log");
    expect(position(0.5, axis)).toBeCloseTo(0.5, 12);
  });
});

describe("curves", () => {
  const wholeRaster = (raster: Raster) =>
    Array.from({ length: raster.rows }, (_, row) =>
      Array.from({ length: raster.columns }, (_, column) => raster.character(column, row) ?? " ").join(""),
    );

  test("braille dots are where the standard has them", () => {
    const raster = new Raster(1, 1, false);
    const dots = ["⠁", "⠂", "⠄", "⡀", "⠈", "⠐", "⠠", "⢀"];
    for (const [i, dot] of dots.entries()) {
      const one = new Raster(1, 1, false);
      one.vertical(i >> 2, i & 3, i & 3);
      expect(one.character(0, 0)).toBe(dot);
      raster.vertical(i >> 2, i & 3, i & 3);
    }
    expect(raster.character(0, 0)).toBe("⣿");
  });

  test("a straight line is a diagonal", () => {
    const series = new Series();
    for (let i = 0; i < 8; i++) series.push(i, 7 - i);
    const raster = new Raster(4, 2, false);
    drawCurve(raster, series, { from: 0, to: 7 }, { kind: "linear", low: 0, high: 7 });
    expect(wholeRaster(raster)).toEqual(["⠑⢄  ", "  ⠑⢄"]);
  });

  test("two points are joined", () => {
    const series = new Series();
    series.push(0, 0);
    series.push(1, 1);
    const raster = new Raster(10, 5, true);
    drawCurve(raster, series, { from: 0, to: 1 }, { kind: "linear", low: 0, high: 1 });
    const rows = wholeRaster(raster);
    for (let column = 0; column < 10; column++) expect(rows.some((row) => row[column] === ".")).toBe(true);
    expect(rows[0]?.[9]).toBe(".");
    expect(rows[4]?.[0]).toBe(".");
  });

  test("a spike of one step is seen in a history of any length", () => {
    const series = new Series(1024);
    for (let i = 0; i < 300_000; i++) series.push(i, i === 123_456 ? 50 : 1);
    expect(series.length).toBeLessThanOrEqual(1024);
    const window = { from: 0, to: 300_000 };
    const raster = new Raster(40, 6, false);
    drawCurve(raster, series, window, { kind: "linear", low: 0, high: 50 });
    const column = columnOf(123_456, window, 40);
    const seen = Array.from({ length: 40 }, (_, i) => raster.character(i, 0)).flatMap((text, i) =>
      text ? [i] : [],
    );
    expect(seen.every((i) => Math.abs(i - column) <= 1)).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
  });

  test("a series keeps its extremes, order and last value however often it merges", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 400 }),
        (values) => {
          const series = new Series(16);
          for (const [i, value] of values.entries()) series.push(i, value);
          expect(series.length).toBeLessThanOrEqual(16);
          expect(series.range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual({
            low: Math.min(...values),
            high: Math.max(...values),
          });
          expect(series.at(series.length - 1).last).toBe(values.at(-1));
          for (let i = 1; i < series.length; i++) expect(series.at(i).x).toBeGreaterThan(series.at(i - 1).x);
        },
      ),
    );
  });

  test("NaN is a gap in the curve and a mark on the axis", () => {
    const train = new Series();
    for (let i = 0; i <= 10; i++) train.push(i, i === 5 ? Number.NaN : 1 + i);
    const lines = chartLines(
      {
        train,
        val: new Series(),
        seams: [],
        window: { from: 0, to: 10 },
        axis: { kind: "linear", low: 0, high: 12 },
        share: false,
        width: 46,
        height: 5,
        timeAxis: true,
        labelWidth: 5,
        labels: "ticks",
        smoothing: 0,
        cursor: null,
      },
      glyphs(false),
    );
    const axis = (lines.at(-1) ?? []).map((part) => part.text).join("");
    expect(axis.indexOf("✗")).toBe(5 + 1 + 20);
  });
});

describe("the plan as a strip", () => {
  test("height is log10 of the rate between the lowest and the highest planned", () => {
    const scale = { low: 1e-6, high: 1e-1 };
    expect([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1].map((rate) => heatStep(rate, scale, 8))).toEqual([
      0, 1, 3, 4, 6, 7,
    ]);
    expect(heatStep(0, scale, 8)).toBeNull();
  });

  test("what comes next is the next whole epoch with another rate", () => {
    const plan = planView(fashion);
    expect(nextChange(plan, 3, 2.41)?.at).toBe(3);
    expect(nextChange(plan, 3, 2.41)?.rate).toBeCloseTo(1e-3, 12);
    expect(nextChange(plan, 0, 2.41)?.at).toBe(6);
    expect(nextChange(planView(resnet), 0, 3.4)).toBeNull();
  });

  test("the gauge of update to weight runs from 1e-7 to 1e-1", () => {
    expect([1e-7, 1e-3, 1e-1, 1, 1e-12].map(gaugeColumn)).toEqual([0, 6, 9, 9, 0]);
  });

  test("rows for levels: never more than there are, always the chosen one", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        fc.integer({ min: 2, max: 40 }),
        (count, n, rows) => {
          const chosen = n % count;
          const { levels, hidden } = visibleLevels(count, chosen, rows);
          expect(levels.length + (hidden > 0 ? 1 : 0)).toBeLessThanOrEqual(rows);
          expect(levels.length + hidden).toBe(count);
          expect(levels).toContain(chosen);
          if (rows > 3) expect(levels).toEqual(expect.arrayContaining([0, count - 1]));
        },
      ),
    );
  });

  test("a smoothed curve lies over the raw one, which is dim; constant values stay what they are", () => {
    const drawn = (value: (i: number) => number) => {
      const train = new Series();
      for (let i = 0; i <= 400; i++) train.push(i, value(i));
      const window = { from: 100, to: 400 };
      const axis = { kind: "linear", low: 0, high: 4 } as const;
      const input = { train, val: new Series(), seams: [], window, axis, share: false, width: 46, height: 9 };
      const more = { timeAxis: false, labelWidth: 5, labels: "ticks", smoothing: 0.9, cursor: null } as const;
      return chartLines({ ...input, ...more }, glyphs(true)).map((line) => line.slice(2).map((part) => part));
    };
    const flat = drawn(() => 2);
    expect(flat.flat().filter((part) => part.style === "dim")).toEqual([]);
    const text = flat.map((row) => row.map((part) => part.text).join(""));
    expect(text.filter((row) => row.trim() !== "")).toEqual(["*".repeat(40)]);
    // Between 1 and 3: the raw curve has both, the smoothed one neither, from its first column on.
    const wild = drawn((i) => (i % 2 === 0 ? 1 : 3));
    const smooth = wild.flatMap((row, at) => (row.some((part) => part.text.includes("*")) ? [at] : []));
    expect(smooth).toEqual([flat.findIndex((row) => row.some((part) => part.text.includes("*")))]);
    expect(wild.flat().some((part) => part.style === "dim" && part.text.includes("."))).toBe(true);
  });

  test("the cursor is a line behind the curve and a mark on the axis", () => {
    const train = new Series();
    for (let i = 0; i <= 10; i++) train.push(i, i);
    const window = { from: 0, to: 10 };
    const axis = { kind: "linear", low: 0, high: 10 } as const;
    const input = { train, val: new Series(), seams: [], window, axis, share: false, width: 26, height: 5 };
    const more = { timeAxis: true, labelWidth: 5, labels: "ticks", smoothing: 0, cursor: 5 } as const;
    const rows = chartLines({ ...input, ...more }, glyphs(false)).map((line) =>
      line.map((part) => part.text).join(""),
    );
    expect(rows.at(-1)?.charAt(6 + 10)).toBe("▲");
    expect(
      rows
        .slice(0, -1)
        .map((row) => row.charAt(6 + 10))
        .join(""),
    ).toContain("╎");
    expect(train.valueAt(-1)).toBe(null);
    expect(train.valueAt(4.7)).toBe(4);
    expect(train.valueAt(99)).toBe(10);
  });
});
