import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RandomSource } from "../../src/base/random.js";
import { dealt } from "../../src/data/folds.js";
import { datasetSizes, evaluationBatches, openDataset } from "../../src/data/index.js";
import { selectSamples } from "../../src/data/selection.js";
import type { DataProgram } from "../../src/program/types.js";
import { programOfText, specOf } from "../check/compile-text.js";
import { cremaD, emotions, esc50 } from "./collection_fixtures.js";
import { collect, problemOf, splitOf } from "./fixtures.js";

function dataOf(lines: readonly string[], input: string, classes: number): DataProgram {
  const model = `model net {\n  input  ${input}\n  flat:  flatten\n  head:  dense(${classes})\n}`;
  return programOfText(specOf({ data: lines.map((line) => `  ${line}`).join("\n"), model })).data;
}

const crema = (...splits: readonly string[]) =>
  dataOf(
    [
      'source    crema_d("CREMA-D")',
      splits.some((line) => line.startsWith("classes")) ? "" : "classes   6",
      "features  fit(1 s) |> mel(20, window: 32 ms, hop: 32 ms) |> log(1e-6)",
      ...splits,
    ],
    "spectrogram(bands: 20, frames: 32)",
    6,
  );

const esc = (...lines: readonly string[]) =>
  dataOf(
    ['source    esc50("ESC-50-master")', "classes   50", ...lines],
    "spectrogram(bands: 20, frames: 101)",
    50,
  );
const escFeatures = "features  mel(20, window: 50 ms, hop: 50 ms) |> log(1e-6)";

const rows = Array.from({ length: 36 }, (_, i) => i);

describe("CREMA-D", () => {
  it("has its labels, speakers and sentences from the names of its files", async () => {
    const folder = cremaD();
    const data = crema(
      "train     split(all, first: 50%, by: speaker)",
      "test      split(all, last: 50%, by: speaker)",
    );
    expect(await datasetSizes(data, { folder })).toEqual({ train: 18, val: null, test: 18 });
    const dataset = await openDataset(data, { folder });
    // Of the speakers 1001 to 1003 each says every emotion: DFA of all in the order of letters.
    expect([...dataset.train.labels]).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
    const [batch] = await collect(evaluationBatches(dataset.train, 18, { input: "sound" }));
    expect(batch?.inputs.get("sound")?.shape).toEqual([18, 20, 32, 1]);
    expect(new Set(batch?.inputs.get("sound")?.values).size).toBeGreaterThan(5000);
  });

  it("keeps every speaker in one split, whatever the order", async () => {
    const folder = cremaD(".");
    const splits = ["train", "val", "test"].map((name, i) => {
      const part = ["0%..50%", "50%..70%", "70%..100%"][i];
      return `${name.padEnd(10)}split(all, part: ${part}, shuffle: 3, by: speaker)`;
    });
    const sizes = await datasetSizes(crema(...splits), { folder });
    for (const size of Object.values(sizes)) expect((size ?? 1) % 6).toBe(0);
    expect((sizes.train ?? 0) + (sizes.val ?? 0) + (sizes.test ?? 0)).toBe(36);
  });

  it("takes emotions by name in any order", async () => {
    const data = crema("classes   [sad, happiness, neutral, Fear, anger, disgust]", "train     split(all)");
    const dataset = await openDataset(data, { folder: cremaD() });
    const order = emotions.map((name) => ["SAD", "HAP", "NEU", "FEA", "ANG", "DIS"].indexOf(name));
    expect([...dataset.train.labels].slice(0, 6)).toEqual(order);
  });

  it("is divided into folds that keep speakers together", async () => {
    const folder = cremaD();
    const data = crema(
      "folds     kfold(3, shuffle: 1, by: speaker)",
      "train     split(train)",
      "test      split(test)",
    );
    const tested: number[] = [];
    for (const fold of [1, 2, 3]) {
      expect(await datasetSizes(data, { folder, fold })).toEqual({ train: 24, val: null, test: 12 });
      const dataset = await openDataset(data, { folder, fold });
      tested.push(dataset.test?.size ?? 0);
      await dataset.close();
    }
    expect(tested).toEqual([12, 12, 12]);
  });

  it.each([
    [
      "name",
      (folder: string) => renameSync(join(folder, "1001_DFA_ANG_XX.wav"), join(folder, "hello.wav")),
      "L0305",
      /`hello\.wav` does not say who speaks/,
    ],
    [
      "emotion",
      (folder: string) =>
        renameSync(join(folder, "1001_DFA_ANG_XX.wav"), join(folder, "1001_DFA_JOY_XX.wav")),
      "L0305",
      /1001_DFA_JOY_XX\.wav/,
    ],
    [
      "pointer",
      (folder: string) =>
        writeFileSync(
          join(folder, "1001_DFA_ANG_XX.wav"),
          "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
        ),
      "L0305",
      /is a pointer of Git LFS/,
    ],
    [
      "rate",
      (folder: string) =>
        writeFileSync(join(folder, "1001_DFA_ANG_XX.wav"), halved(join(folder, "1001_DFA_ANG_XX.wav"))),
      "L0306",
      /has 8,000 Hz, but recordings of CREMA-D have 16,000/,
    ],
    [
      "nothing",
      (folder: string) => rmSync(folder, { recursive: true }),
      "L0304",
      /the recordings for `train` of `data` are missing/,
    ],
  ] as const)("says what is wrong with a %s", async (_, change, code, message) => {
    const folder = cremaD(".");
    change(folder);
    const problem = await problemOf(openDataset(crema("train     split(all)"), { folder }));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(message);
  });

  it("refuses names that are no emotions", async () => {
    const data = crema("classes   [sad, happy, neutral, fear, anger, bored]", "train     split(all)");
    const problem = await problemOf(openDataset(data, { folder: cremaD() }));
    expect(problem).toMatchObject({ code: "L0306", message: "`bored` is no emotion of CREMA-D" });
  });
});

/** The file with another rate in its header. */
function halved(path: string): Buffer {
  const bytes = readFileSync(path);
  bytes.writeUInt32LE(8000, 24);
  return bytes;
}

describe("ESC-50", () => {
  const folder = esc50();

  it("has labels, folds and clips from its table", async () => {
    const data = esc("folds     5", escFeatures, "train     split(train)", "test      split(test)");
    expect(await datasetSizes(data, { folder })).toEqual({ train: 24, val: null, test: 6 });
    const first = await openDataset(data, { folder });
    expect([...(first.test?.labels ?? [])]).toEqual([0, 0, 21, 21, 49, 49]);
    const [batch] = await collect(evaluationBatches(first.train, 24, { input: "sound" }));
    expect(batch?.inputs.get("sound")?.shape).toEqual([24, 20, 101, 1]);
    const fourth = await openDataset(data, { folder, fold: 4 });
    expect(fourth.digest).toBe(first.digest);
    const [of, again] = await Promise.all(
      [first, fourth].map((dataset) =>
        collect(evaluationBatches(dataset.test ?? dataset.train, 6, { input: "sound" })),
      ),
    );
    expect(of?.[0]?.inputs.get("sound")?.values).not.toEqual(again?.[0]?.inputs.get("sound")?.values);
  });

  it("keeps the takes of a clip together", async () => {
    const data = esc(
      escFeatures,
      "train     split(all, first: 70%, shuffle: 2, by: clip)",
      "test      split(all, last: 30%, shuffle: 2, by: clip)",
    );
    const { train, test } = await datasetSizes(data, { folder });
    expect([train % 2, train + (test ?? 0)]).toEqual([0, 30]);
  });

  it("says what is missing, damaged or of another kind", async () => {
    const data = esc(escFeatures, "train     split(all)");
    const table = join(folder, "meta", "esc50.csv");
    const text = readFileSync(table, "utf8");
    const said = async (changed: string) => {
      writeFileSync(table, changed);
      const { code, message } = await problemOf(openDataset(data, { folder }));
      return `${code} ${message}`;
    };
    expect(await said(text.replace(",0,dog,", ",50,dog,"))).toMatch(
      /^L0305 .* no number from 0 to 49 in line 2: `50`/,
    );
    expect(await said(text.replace("1-100001-A-0.wav", "../../secret.wav"))).toMatch(
      /^L0305 .* no name of a WAV file/,
    );
    expect(await said(text.replace("1-100001-A-0.wav", "none.wav"))).toMatch(
      /^L0304 the recordings for `train`/,
    );
    expect(await said(text.replace("src_file", "source"))).toMatch(/^L0306 .*no column `src_file`/);
    writeFileSync(table, text);
    const path = join(folder, "audio", "1-100001-A-0.wav");
    const sound = readFileSync(path);
    const short = Buffer.from(sound.subarray(0, sound.length - 2));
    short.writeUInt32LE(short.length - 44, 40);
    writeFileSync(path, short);
    const problem = await problemOf(openDataset(data, { folder }));
    expect(problem).toMatchObject({
      code: "L0306",
      message: "`1-100001-A-0.wav` has 220,499 samples, but recordings of ESC-50 have 220,500",
    });
    writeFileSync(path, sound);
    const named = { ...data, classNames: ["cat", ...Array.from({ length: 49 }, (_, i) => `c${i}`)] };
    expect(await problemOf(openDataset(named, { folder }))).toMatchObject({
      code: "L0306",
      message: "class 0 is `dog`, but `cat` in `data`",
    });
  });
});

describe("groups", () => {
  const groups = rows.map((i) => `${i % 7}`);

  it("are whole in splits that touch, which leave nothing out", () => {
    for (const shuffle of [null, 1, 2]) {
      const parts = [0, 0.13, 0.5, 0.81, 1].map((to, i, all) => [all[i - 1] ?? 0, to] as const).slice(1);
      const taken = parts.map((part) => [
        ...selectSamples("d", splitOf("all", { part, shuffle }), 36, groups),
      ]);
      expect(taken.flat().sort((a, b) => a - b)).toEqual(rows);
      for (const group of new Set(groups))
        expect(taken.filter((split) => split.some((sample) => groups[sample] === group))).toHaveLength(1);
    }
  });

  it("are dealt into folds of like size", () => {
    const folds = dealt(groups, 3, new RandomSource({ seed: 1, address: "d", purpose: "folds" }));
    const sizes = [1, 2, 3].map((fold) => folds.filter((of) => of === fold).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(6);
    for (const group of new Set(groups))
      expect(new Set(folds.filter((_, sample) => groups[sample] === group)).size).toBe(1);
    const singles = dealt(rows.map(String), 5, new RandomSource({ seed: 1, address: "d", purpose: "folds" }));
    expect([1, 2, 3, 4, 5].map((fold) => singles.filter((of) => of === fold).length).sort()).toEqual([
      7, 7, 7, 7, 8,
    ]);
  });
});
