import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { datasetSizes, evaluationBatches, openDataset, trainBatches } from "../../src/data/index.js";
import { openInputs } from "../../src/data/inputs/index.js";
import type { DataProgram } from "../../src/program/types.js";
import { programOfText, specOf } from "../check/compile-text.js";
import { collect, placeOf, problemOf, temporaryFolder } from "./fixtures.js";
import { sine, wav } from "./sound_fixtures.js";

const digits = resolve(import.meta.dirname, "../../examples/data/digits-mini");

function dataOf(lines: string, input: string, classes = 10): DataProgram {
  const model = `model net {\n  input  ${input}\n  flat:  flatten\n  head:  dense(${classes})\n}`;
  return programOfText(specOf({ data: lines, model })).data;
}

const features = "fit(1 s) |> mel(20, window: 32 ms, hop: 32 ms) |> log(1e-6)";
const random =
  "split(train, first: 10%) |> time_shift(10%) |> speed(0.9..1.1) |> noise(-20 dB) |> features |> time_mask(3) |> band_mask(3)";

function spec(settings: {
  readonly source?: string;
  readonly features?: string;
  readonly train?: string;
  readonly scale?: string;
}): string {
  return [
    `  source    ${settings.source ?? 'audio_folder("digits", rate: 8 kHz)'}`,
    "  classes   10",
    `  features  ${settings.features ?? features}`,
    `  train     ${settings.train ?? "split(train)"}`,
    "  test      split(test)",
    settings.scale === undefined ? "" : `  scale     ${settings.scale}`,
  ].join("\n");
}

const input = "spectrogram(bands: 20, frames: 32)";

/** The real recordings of some digits, to be changed. */
function copied(...paths: readonly string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) cpSync(join(digits, path), join(folder, path), { recursive: true });
  return folder;
}

async function numbersOf(
  data: DataProgram,
  options: { readonly folder?: string; readonly memoryLimit?: number; readonly batch?: number } = {},
  epoch: number | null = null,
): Promise<number[][]> {
  const dataset = await openDataset(data, { folder: digits, ...options });
  const { train } = dataset;
  const size = options.batch ?? 7;
  const batches =
    epoch === null
      ? evaluationBatches(train, size, { input: "sound" })
      : trainBatches(train, { batch: size, lastBatch: "keep", seed: 1, epoch, input: "sound" });
  return (await collect(batches)).flatMap(({ inputs, size: samples }) => {
    const { values } = inputs.get("sound") ?? { values: new Float32Array(0) };
    const length = values.length / samples;
    return Array.from({ length: samples }, (_, i) => [...values.slice(i * length, (i + 1) * length)]);
  });
}

describe("a folder of recordings", () => {
  it("gives classes by folder and spectrograms with one channel", async () => {
    const dataset = await openDataset(dataOf(spec({}), input), { folder: digits });
    expect([...dataset.train.labels]).toEqual(Array.from({ length: 180 }, (_, i) => Math.floor(i / 18)));
    expect(dataset.test?.size).toBe(60);
    expect(await datasetSizes(dataOf(spec({}), input), { folder: digits })).toEqual({
      train: 180,
      val: null,
      test: 60,
    });
    const [batch] = await collect(evaluationBatches(dataset.train, 180, { input: "sound" }));
    expect(batch?.inputs.get("sound")?.shape).toEqual([180, 20, 32, 1]);
    const names = readdirSync(digits, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.wav$/.test(name),
    );
    const sha = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    const lines = names.map(
      (name) => `${name.replaceAll("\\", "/")}\t${sha(readFileSync(join(digits, name)))}\n`,
    );
    expect(dataset.digest).toBe(sha(lines.sort().join("")));
  });

  it("gives the samples of the files where the model takes audio", async () => {
    const data = dataOf(spec({ features: "fit(512 samples)" }), "audio(512)");
    const file = readFileSync(join(digits, "train/0/george_5.wav"));
    const [first] = await numbersOf(data);
    expect(first).toEqual(Array.from({ length: 512 }, (_, i) => file.readInt16LE(44 + 2 * i) / 32_768));
  });

  it("augments by seed, epoch and sample alone, whatever is kept in memory", async () => {
    const data = dataOf(spec({ train: random }), input);
    const once = await numbersOf(data, {}, 0);
    expect(await numbersOf(data, { batch: 60 }, 0)).toEqual(once);
    expect(await numbersOf(data, { memoryLimit: 0, batch: 60 }, 0)).toEqual(once);
    expect(await numbersOf(data, {}, 1)).not.toEqual(once);
    // Measured, nothing random happens.
    const plain = dataOf(spec({ train: "split(train, first: 10%)" }), input);
    const measured = await numbersOf(plain);
    expect(await numbersOf(data)).toEqual(measured);
    expect(await numbersOf(plain, { memoryLimit: 20_000 })).toEqual(measured);
  });

  it("is scaled by numbers, or each recording by itself", async () => {
    const plain = await numbersOf(dataOf(spec({}), input));
    const standard = await numbersOf(dataOf(spec({ scale: "standard(mean: -8, std: 4)" }), input));
    expect(standard[5]).toEqual(plain[5]?.map((value) => Math.fround((value + 8) / 4)));
    const ranges = await numbersOf(dataOf(spec({ scale: "range(-1, 3, per: sample)" }), input));
    for (const sample of ranges) {
      expect(Math.min(...sample)).toBe(-1);
      expect(Math.max(...sample)).toBeCloseTo(3, 6);
    }
  });

  it("of many rates is read where the first thing is to give them one", async () => {
    const folder = copied("train/1", "test/1");
    for (const [digit, rate] of [8000, 16_000, 44_100].entries())
      for (const part of ["train", "test"])
        write(
          join(folder, part, `${digit}`, "a.wav"),
          wav(sine(300, rate, rate), { tag: 1, bits: 16, rate }),
        );
    const mixed = spec({ source: 'audio_folder("x")', features: `resample(8 kHz) |> ${features}` });
    const data = dataOf(mixed.replace("classes   10", "classes   3"), input, 3);
    const samples = await numbersOf(data, { folder });
    // The same tone, but for the filters at the ends.
    const loud = (sample: number[] | undefined) => sample?.map((value) => Math.max(value, -6)) ?? [];
    const last = loud(samples.at(-1));
    const difference = loud(samples[0]).map((value, i) => Math.abs(value - (last[i] as number)));
    expect(difference.reduce((sum, value) => sum + value, 0) / difference.length).toBeLessThan(0.1);
    // Without it, the second rate is said.
    const plain = spec({
      source: 'audio_folder("x")',
      features: "fit(8000 samples) |> mel(20, window: 256 samples, hop: 256 samples) |> log(1e-6)",
    }).replace("classes   10", "classes   3");
    const problem = await problemOf(openDataset(dataOf(plain, input, 3), { folder }));
    expect(problem.code).toBe("L0306");
    expect(problem.message).toBe("`a.wav` has 16,000 Hz, but `a.wav` has 8,000 Hz");
  });

  it.each([
    [
      "another rate than the source says",
      "3/a.wav",
      wav(sine(300, 16_000, 100), { tag: 1, bits: 16, rate: 16_000 }),
      "L0306",
      "`a.wav` has 16,000 Hz, but the source of `data` says 8,000 Hz",
    ],
    ["a broken file", "3/a.wav", Buffer.from("RIFF1234WAVE"), "L0305", "`a.wav` is cut short"],
    [
      "a kind that is not read",
      "3/a.flac",
      Buffer.from("fLaC"),
      "L0305",
      "is a recording in a format that is not read",
    ],
  ])("says clearly: %s", async (_, name, bytes, code, message) => {
    const folder = copied("train", "test");
    write(join(folder, "train", name), bytes);
    const problem = await problemOf(openDataset(dataOf(spec({}), input), { folder }));
    expect(problem).toMatchObject({ code, exitCode: 4 });
    expect(problem.message).toContain(message);
    expect(basename(placeOf(problem))).toBe(basename(name));
  });

  it("says what is missing in terms of recordings", async () => {
    const folder = copied("train");
    const problem = await problemOf(openDataset(dataOf(spec({}), input), { folder }));
    expect(problem.message).toBe("the recordings for `test` of `data` are missing");
    expect(problem.notes.join()).toContain("PART/CLASS/RECORDING (wav)");
    rmSync(join(folder, "train/7"), { recursive: true });
    expect((await problemOf(openDataset(dataOf(spec({}), input), { folder }))).message).toContain(
      "9 class folders found",
    );
  });
});

describe("recordings that somebody brings", () => {
  const data = dataOf(spec({ train: random }), input);
  const none = { vocabulary: null, stdin: async () => "" };

  it("are prepared as the test data, from files and folders", async () => {
    const paths = [join(digits, "test/4/theo_0.wav"), join(digits, "test/5")];
    const inputs = await openInputs(data, paths, none);
    expect(inputs.names).toHaveLength(7);
    const [batch] = await collect(inputs.batches(7, "sound"));
    const dataset = await openDataset(data, { folder: digits });
    if (dataset.test === null) throw new Error("no test split");
    const [tested] = await collect(evaluationBatches(dataset.test, 60, { input: "sound" }));
    const of = (values: Float32Array | undefined, i: number) => values?.slice(i * 640, (i + 1) * 640);
    expect(of(batch?.inputs.get("sound")?.values, 0)).toEqual(of(tested?.inputs.get("sound")?.values, 28));
    expect(of(batch?.inputs.get("sound")?.values, 1)).toEqual(of(tested?.inputs.get("sound")?.values, 30));
  });

  it.each([
    [
      "an image",
      "shoe.png",
      Buffer.from("x"),
      "`shoe.png` is an image, but the model takes recordings (WAV files)",
    ],
    ["a broken file", "a.wav", Buffer.from("x"), "`a.wav` is no WAV file"],
    ["another rate", "a.wav", wav([0, 1, 0], { tag: 1, bits: 32, rate: 96_000 }), "`a.wav` has 96,000 Hz"],
  ])("says clearly: %s", async (_, name, bytes, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), bytes);
    const problem = await problemOf(openInputs(data, [join(folder, name)], none));
    expect(problem.exitCode).toBe(4);
    expect(problem.message).toContain(message);
  });

  it("says clearly: nothing there, and standard input", async () => {
    const folder = temporaryFolder();
    const problem = await problemOf(openInputs(data, [folder], none));
    expect(problem).toMatchObject({
      code: "L0307",
      notes: ["recordings are wav files, also in folders below it"],
    });
    expect(problem.message).toContain("there is no recording in");
    expect(await problemOf(openInputs(data, ["-"], none))).toMatchObject({
      code: "L0920",
      message: "recordings are read from files, not from standard input",
    });
  });
});

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
