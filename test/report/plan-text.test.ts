import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planText } from "../../src/report/index.js";
import { changed, programOf, quickstart } from "./specs.js";

const curriculum = /curriculum lerac \{[^}]*\}/.exec(quickstart)?.[0] ?? "";
const withCurriculum = (text: string) => changed([curriculum, text]);
const plan = (text: string, samples: number | null | "omit" = 54_000) =>
  planText(programOf(text), { samples });

function lines(text: string, start: string): string[] {
  return text.split("\n").filter((line) => line.startsWith(start));
}

describe("the plan as text", () => {
  it("of the quick start, to the character", () => {
    const golden = readFileSync(join(import.meta.dirname, "../golden/report/quickstart.txt"), "utf8");
    expect(plan(quickstart).replace(/plan [0-9a-f]{8}\n/, "plan HASH\n")).toBe(golden);
  });

  it("changes three lines of rates and the hash where the last level starts ten times lower", () => {
    const before = plan(quickstart).split("\n");
    const after = plan(changed(["0.1 -> 1e-6", "0.1 -> 1e-7"])).split("\n");
    expect(after.length).toBe(before.length);
    const differing = after.filter((line, i) => line !== before[i]);
    expect(differing).toEqual([
      expect.stringMatching(/^plan /),
      expect.stringMatching(/^rates {2}0\.1 -> 1e-7,/),
      "    2  1.000e-3 2.512e-3 6.310e-3 1.585e-2 3.981e-2 1.000e-1 9.961e-2  conv2",
      "    3  1.000e-5 6.310e-5 3.981e-4 2.512e-3 1.585e-2 1.000e-1 9.961e-2  fc",
      "    4  1.000e-7 1.585e-6 2.512e-5 3.981e-4 6.310e-3 1.000e-1 9.961e-2  head",
    ]);
  });

  it("changes one line of the layer table where a layer inside a level is added", () => {
    const before = plan(quickstart).split("\n");
    const after = plan(
      changed(["         dropout(0.3)", "         dropout(0.3)\n         dropout(0.1)"]),
    ).split("\n");
    expect(after.filter((line) => !before.includes(line))).toEqual([
      "    -            -  [128]             dropout 0.1     fc.dropout_1",
    ]);
  });

  it("thins a long curriculum to eight moments, and shows every epoch when asked", () => {
    const text = changed(["until  5 epochs", "until  20 epochs"]);
    const [head = ""] = lines(plan(text), "level  t =");
    expect(head).toMatch(/^level {2}t = 0 +t = 3 +t = 6 .*t = 21 +address$/);
    const all = planText(programOf(text), { samples: null, allEpochs: true });
    expect(lines(all, "level  t =")[0]?.match(/t = /g)).toHaveLength(30);
  });

  it("says what is not known where the data are not here, and nothing of data in a snapshot", () => {
    expect(plan(quickstart, null)).toContain("train  batches of 64, 30 epochs; the data are not here");
    const snapshot = plan(quickstart, "omit");
    expect(lines(snapshot, "train")).toEqual(["train  batches of 64, 30 epochs"]);
    expect(snapshot).not.toMatch(/samples|steps an epoch/);
  });

  it("escapes what a terminal would obey", () => {
    expect(plan(changed(["small CNN on", "small \u202e CNN on"]))).toContain("small \\u202e CNN on");
  });
});

describe("other curricula", () => {
  it("conventional: one rate, then the schedule from the start", () => {
    const text = plan(
      withCurriculum("")
        .replace("compare {\n  conventional\n  cbs\n  lerac\n}", "")
        .replace(/expect \{[^}]*\}/, ""),
    );
    expect(text).toContain("curriculum conventional");
    expect(text).toContain(
      "rates  0.1 for every level; in force from epoch t to t + 1\nlevel  t = 0     address\n",
    );
    expect(text).toContain("over 30 epochs, its clock starting at t = 0:");
  });

  it("stepwise: the k that follows, and rates ten times up at each tick", () => {
    const text = plan(withCurriculum("curriculum lerac {\n  rates  0.1 -> 1e-4\n  growth  stepwise(10)\n}"));
    expect(lines(text, "rates")[0]).toMatch(
      /^rates {2}0\.1 -> 1e-4, log spacing, stepwise x10 growth, k = 3 epochs;/,
    );
    expect(lines(text, "    4  1")).toEqual([
      expect.stringMatching(/^ {4}4 {2}1\.000e-4 1\.000e-3 1\.000e-2 1\.000e-1 /),
    ]);
  });

  it("layerwise: each level in its ratio for the whole run", () => {
    const text = plan(withCurriculum("curriculum lerac: layerwise {\n  rates  decay(0.5)\n}"));
    expect(lines(text, "rates")[0]).toMatch(/kept for the whole run/);
    expect(lines(text, "    1  1")).toEqual([expect.stringMatching(/^ {4}1 {2}1\.250e-2 +conv1$/)]);
    expect(lines(text, "    4  1")).toEqual([expect.stringMatching(/^ {4}4 {2}1\.000e-1 +head$/)]);
    expect(lines(text, "after")[0]).toMatch(
      /^after {2}every level, in its ratio, follows cosine over 30 epochs/,
    );
  });

  it("frozen and held levels: in the table, and in words below it", () => {
    const text = plan(
      withCurriculum(
        "curriculum lerac {\n  rates  0.1 -> 1e-6\n  until  5 epochs\n  freeze  conv1 until 2 epochs\n  hold  head at 0.01\n}",
      ),
    );
    expect(text).toMatch(/^ +\d {2}frozen {3}frozen {3}1\.000e-1 .* conv1$/m);
    expect(text).toMatch(/^freeze level \d is frozen until 2 epochs: conv1$/m);
    expect(text).toMatch(/^hold {3}level \d is held at 0\.01 for the whole run: head$/m);
  });
});
