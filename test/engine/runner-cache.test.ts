import { describe, expect, it } from "vitest";
import { RunnerCache } from "../../src/engine/executors/compiled/cache.js";
import type { Runtime } from "../../src/engine/executors/compiled/runner.js";
import { traceEvaluation, traceTrainStep } from "../../src/engine/step/trace.js";
import { net } from "./fixtures.js";

/** A cache over a runtime that notes what it opens and what is given back, by batch and name. */
function cached() {
  const notes: string[] = [];
  const runtime: Runtime = {
    open: async (graph) => {
      notes.push(`open ${graph.name} ${graph.batch}`);
      return {
        graph,
        run: async () => {},
        dispose: async () => {
          notes.push(`dispose ${graph.name} ${graph.batch}`);
        },
      };
    },
  };
  const cache = new RunnerCache(runtime);
  const train = (batch: number, frozen = "") =>
    cache.get(`train ${batch} ${frozen}`, `train ${batch}`, () => traceTrainStep(net, { batch }));
  const evaluate = (size: number) =>
    cache.get(`evaluate ${size}`, `evaluate ${size}`, () => traceEvaluation(net, size));
  return { notes, cache, train, evaluate };
}

describe("graphs that are ready to run", () => {
  it("are opened once, and given back together", async () => {
    const { notes, cache, train, evaluate } = cached();
    expect(await train(5)).toBe(await train(5));
    await evaluate(5);
    expect(notes).toEqual(["open train 5", "open evaluate 5"]);
    cache.dispose();
    await new Promise(setImmediate);
    expect(notes.slice(2).sort()).toEqual(["dispose evaluate 5", "dispose train 5"]);
  });

  it("give way where another set of frozen levels has long taken their place, and are made again", async () => {
    const { notes, train, evaluate } = cached();
    await train(5, "0");
    await train(3);
    await evaluate(5);
    for (let step = 0; step < 253; step++) await train(5);
    expect(notes.filter((note) => note.startsWith("dispose"))).toEqual([]);
    await train(5);
    await new Promise(setImmediate);
    // Of the others, one of a kind, none goes.
    expect(notes.filter((note) => note.startsWith("dispose"))).toEqual(["dispose train 5"]);
    await train(5, "0");
    expect(notes.filter((note) => note === "open train 5")).toHaveLength(3);
  });

  it("are six at most", async () => {
    const { notes, evaluate } = cached();
    for (const size of [1, 2, 3, 4, 5, 6, 1, 7]) await evaluate(size);
    await new Promise(setImmediate);
    expect(notes.filter((note) => note.startsWith("dispose"))).toEqual(["dispose evaluate 2"]);
  });
});
