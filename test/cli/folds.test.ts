import { cpSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cremaD } from "../data/collection_fixtures.js";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

/** Folds from the spec to the answer: recordings laid out as CREMA-D, no speaker in train and test. */
const project = new Project();
cpSync(cremaD(), project.path("CREMA-D"), { recursive: true });
project.write(
  "emotions.lerac",
  `lerac 1

experiment "emotions" {
  seeds  1
}

dataset emotions {
  source    crema_d("CREMA-D")
  classes   [anger, disgust, fear, happy, neutral, sad]
  folds     kfold(3, shuffle: 1, by: speaker)
  features  fit(500 ms) |> mel(20, window: 32 ms, hop: 32 ms) |> log(1e-6)
  train     split(train) |> features
  test      split(test) |> features
  scale     range(0, 1, per: sample)
}

model net {
  input  spectrogram(bands: 20, frames: 16)

  conv:  conv2d(8, 3)
         relu
         global_avg_pool
  head:  dense(6)
}

train {
  loss       cross_entropy
  metrics    accuracy
  optimizer  adam(rate: 1e-2)
  batch      8
  epochs     3
}
`,
);

describe("folds of recordings", () => {
  it("are trained, measured and gone on with, each by its number", async () => {
    const flags = ["--backend", "wasm", "--threads", "1", "--quiet"];
    const run = ["run", "emotions.lerac", ...flags, "--fold", "2", "--steps", "5", "--out", "runs/two"];
    const { exit, stderr } = await project.lerac(run);
    expect(exit, stderr).toBe(0);
    expect(JSON.parse(project.read("runs/two/run.json"))).toMatchObject({ fold: 2 });
    const measured = await typed(project, ["eval", "runs/two", "--json"]);
    expect(JSON.parse(measured.stdout)).toMatchObject({ split: "test", samples: 12 });
    const predicted = await typed(project, ["predict", "runs/two", "CREMA-D/AudioWAV/1001_DFA_ANG_XX.wav"]);
    expect(predicted.stdout).toMatch(/anger|disgust|fear|happy|neutral|sad/);
    const shown = await typed(project, ["show", "runs/two"]);
    expect(shown.stdout).toContain("fold 2");
  }, 60_000);

  it("are numbers that there are", async () => {
    for (const [file, fold, message] of [
      ["emotions.lerac", "4", "there is no fold 4: folds are 1 to 3"],
      ["emotions.lerac", "0", "`--fold` needs a whole number of at least 1, not `0`"],
      ["fashion.lerac", "1", "the dataset has no folds"],
    ] as const) {
      const { exit, stderr } = await typed(project, ["run", file, "--fold", fold]);
      expect(stderr).toContain(`error[L0920]: ${message}`);
      expect(exit).toBe(2);
    }
  });
});
