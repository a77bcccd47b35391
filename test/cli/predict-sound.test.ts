import { cpSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

/** Recordings from the spec to the answer: spoken zeros and sixes of six people. */
const project = new Project();
const digits = resolve(import.meta.dirname, "../../examples/data/digits-mini");

beforeAll(async () => {
  for (const part of ["train", "test"])
    for (const [digit, name] of [
      ["0", "zero"],
      ["6", "six"],
    ] as const)
      cpSync(join(digits, part, digit), project.path(`data/digits/${part}/${name}`), { recursive: true });
  project.write("digits.lerac", spec);
  const flags = ["--backend", "wasm", "--threads", "1", "--quiet", "--out", "runs/digits"];
  const { exit, stderr } = await project.lerac(["run", "digits.lerac", ...flags]);
  expect(exit, stderr).toBe(0);
});

const predicted = async (...inputs: string[]) => {
  const { exit, stdout, stderr } = await typed(project, ["predict", "runs/digits", ...inputs, "--json"]);
  expect(exit, stderr).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as { file: string; label: string });
};

describe("lerac predict on recordings", () => {
  it("labels WAV files in folders as `lerac eval` counts them, and has learned to tell words apart", async () => {
    const lines = await predicted("data/digits/test/zero", "data/digits/test");
    expect(lines).toHaveLength(18);
    expect(lines[0]?.file.replaceAll("\\", "/")).toBe("data/digits/test/zero/george_0.wav");
    const tested = lines.slice(6);
    const right = tested.filter(({ file, label }) => file.includes(label)).length / 12;
    const { stdout } = await typed(project, ["eval", "runs/digits", "--json"]);
    expect(right).toBeCloseTo(JSON.parse(stdout).metrics.accuracy, 9);
    expect(right).toBeGreaterThanOrEqual(10 / 12);
  });

  it("gives a file the same label alone", async () => {
    const files = readdirSync(project.path("data/digits/test/six")).sort();
    const all = await predicted("data/digits/test/six");
    expect(all.map(({ file }) => file.split(/[\\/]/).at(-1))).toEqual(files);
    const [alone] = await predicted(`data/digits/test/six/${files[4]}`);
    expect({ ...alone, file: "" }).toEqual({ ...all[4], file: "" });
  });

  it.each([
    [
      "an image",
      "shoe.png",
      "error[L0306]: `shoe.png` is an image, but the model takes recordings (WAV files)",
    ],
    [
      "a kind that is not read",
      "a.flac",
      "error[L0305]: `a.flac` is a recording in a format that is not read",
    ],
    ["a broken file", "a.wav", "error[L0305]: `a.wav` is no WAV file"],
    ["no file", "missing.wav", "error[L0305]: `missing.wav` cannot be read: there is no such file or folder"],
    ["a folder without", "empty", "error[L0307]: there is no recording in `empty`"],
  ])("says clearly: %s", async (_, name, message) => {
    for (const file of ["shoe.png", "a.flac", "a.wav"]) project.write(file, "not what its name says");
    cpSync(project.path("fashion.lerac"), project.path("empty/notes.txt"));
    const { exit, stdout, stderr } = await typed(project, ["predict", "runs/digits", name]);
    expect({ exit, stdout }, stderr).toEqual({ exit: 4, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("exports the network with words on what it takes", async () => {
    expect((await typed(project, ["export", "runs/digits", "-o", "out", "--to", "tfjs"])).exit).toBe(0);
    expect(JSON.parse(project.read("out/lerac.json"))).toMatchObject({
      inputs: [
        {
          shape: ["batch", 24, 32, 1],
          values: "a spectrogram as the dataset's transforms make it, scaled, the lowest band first",
        },
      ],
      scale: {
        by: "caller",
        formula:
          "low + (value - smallest) / (largest - smallest) * (high - low), smallest and largest of the sample",
      },
      classNames: ["zero", "six"],
    });
  });
});

const spec = `lerac 1

dataset digits {
  source    audio_folder("data/digits", rate: 8 kHz)
  classes   [zero, six]
  features  fit(1 s) |> mel(24, window: 32 ms, hop: 32 ms) |> log(1e-6)
  train     split(train) |> time_shift(5%) |> noise(-30 dB) |> features |> time_mask(2)
  test      split(test)
  scale     range(-1, 1, per: sample)
}

model net {
  input  spectrogram(bands: 24, frames: 32)
  conv:  conv2d(8, 3)
         relu
         max_pool(2)
         flatten
  head:  dense(2)
}

train {
  loss       cross_entropy
  metrics    accuracy
  optimizer  adam(rate: 3e-3)
  batch      12
  epochs     12
}
`;
