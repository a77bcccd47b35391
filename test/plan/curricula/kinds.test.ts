import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gaussianKernel, sigmaAt } from "../../../src/plan/curricula/cbs/rule.js";
import { ticksToCommon } from "../../../src/plan/curricula/lerac/rule.js";
import { curricula, describeModifier, describeRates, ratesAt } from "../../../src/plan/index.js";
import { allSettings } from "../../../src/plan/setting-docs.js";
import { epochs, planOf } from "../plans.js";

describe("kinds of curriculum", () => {
  it("are a folder each, with a card that says what it is, its source, evidence, and when it does nothing", () => {
    const folders = readdirSync("src/plan/curricula", { withFileTypes: true }).filter((item) =>
      item.isDirectory(),
    );
    expect(folders.map(({ name }) => name).sort()).toEqual([...curricula.keys()].sort());
    for (const { name, card } of curricula.values()) {
      for (const text of Object.values(card)) {
        expect(text, name).toMatch(/^[A-Z`].*[.|]$/s);
        expect(text, name).not.toMatch(/^ /m);
      }
    }
  });

  it("document each of their settings, with an example of that setting", () => {
    for (const kind of curricula.values()) {
      const documented = allSettings.filter(({ section }) => section === `curriculum ${kind.name}`);
      for (const name of Object.keys(kind.settings)) {
        const setting = documented.find((row) => row.name === name);
        expect(setting?.example).toMatch(new RegExp(`^${name} {2}`));
      }
      expect(documented.map(({ name }) => name)).toContain("freeze");
    }
  });
});

describe("conventional", () => {
  it("gives every level the rate of the schedule from the start", () => {
    const plan = planOf({ starts: [0.1, 0.1], schedule: { kind: "linear", floor: 0 } });
    expect(ratesAt(plan, { stepsPerEpoch: 1, steps: 10 }, 5)).toEqual([0.05, 0.05]);
    expect(describeRates(plan)).toBe("0.1 for every level");
  });
});

describe("lerac", () => {
  it("knows how many ticks the stepwise rule takes", () => {
    expect([0.1, 1e-2, 1e-5, 1e-8, 3e-3, 0.5].map((start) => ticksToCommon(start, 0.1, 10))).toEqual([
      0, 1, 4, 7, 2, 1,
    ]);
    expect(ticksToCommon(0.1, 0.8, 2)).toBe(3);
  });

  it("describes itself in half a line", () => {
    expect(describeRates(planOf({ starts: [0.1, 1e-6], until: epochs(5) }))).toBe(
      "0.1 -> 1e-6, log spacing, k = 5 epochs",
    );
    const official = { growth: "stepwise", factor: 10, spacing: "listed" };
    expect(describeRates(planOf({ starts: [0.1, 1e-4], until: epochs(3), rule: official }))).toBe(
      "0.1 -> 1e-4, as listed, stepwise x10 growth, k = 3 epochs",
    );
  });
});

describe("layerwise", () => {
  const rule = { kind: "layerwise", spacing: "decay", factor: 0.75 };

  it("decay: the last level has the common rate, each before it 0.75 of the next", () => {
    const starts = curricula
      .get("layerwise")
      ?.rates?.starts({ rates: { kind: "decay", factor: 0.75 }, spacing: "log" }, 0.1, 4);
    expect(starts).toEqual([0.1 * 0.75 ** 3, 0.1 * 0.75 ** 2, 0.1 * 0.75, 0.1]);
  });

  it("keeps the ratio of every level for the whole run, times the schedule", () => {
    const plan = planOf({ starts: [0.025, 0.05, 0.1], rule, schedule: { kind: "cosine", floor: 0 } });
    const clock = { stepsPerEpoch: 1, steps: 20 };
    for (const t of [0, 5, 13, 19]) {
      const rates = ratesAt(plan, clock, t);
      const common = (0.1 * (1 + Math.cos((Math.PI * t) / 20))) / 2;
      [0.25, 0.5, 1].forEach((ratio, j) => {
        expect(rates[j]).toBeCloseTo(common * ratio, 12);
      });
    }
    expect(describeRates(plan)).toBe("0.025 -> 0.1, each 0.75 of the next, kept for the whole run");
  });
});

describe("cbs", () => {
  it("sigma shrinks by its factor every so many epochs, and never is 0", () => {
    const at = (epoch: number) => sigmaAt(1, 0.9, epoch, 5);
    expect([0, 4.9, 5, 10, 15, 20, 25].map((t) => Number(at(t).toPrecision(5)))).toEqual([
      1, 1, 0.9, 0.81, 0.729, 0.6561, 0.59049,
    ]);
    expect(Number(at(100).toPrecision(4))).toBe(0.1216);
    expect(Number(at(199).toPrecision(3))).toBe(0.0164);
  });

  it.each([
    [1, [0.20418, 0.12384, 0.07511]],
    [0.9, [0.2314, 0.12482, 0.06733]],
    [0.8, [0.2725, 0.12476, 0.05712]],
    [0.59049, [0.45857, 0.1093, 0.02605]],
  ])("a 3x3 filter of sigma %d: centre, edge, corner", (sigma, expected) => {
    const kernel = gaussianKernel(sigma, 3);
    expect(kernel.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const found = [kernel[4], kernel[1], kernel[0]].map((weight) => Number(weight?.toFixed(5)));
    expect(found).toEqual(expected);
  });

  it("describes itself in a line", () => {
    const modifier = {
      kind: "cbs",
      sigma: 1,
      factor: 0.9,
      every: epochs(5),
      kernel: 3,
      sites: ["stem"],
      evaluate: "smoothed",
    };
    expect(describeModifier(modifier)).toBe(
      "sigma 1, times 0.9 every 5 epochs; 3x3 filters behind 1 convolution; evaluated smoothed",
    );
  });
});
