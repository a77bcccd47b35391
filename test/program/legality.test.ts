import { describe, expect, test } from "vitest";
import { illegality } from "../../src/program/legality.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { programOfText, specOf } from "../check/compile-text.js";

const sounds = programOfText(
  specOf({
    data: `  source    crema_d("data")
  classes   6
  features  fit(1 s) |> mel(8, window: 25 ms, hop: 10 ms) |> log
  train     split(all, first: 80%) |> features |> band_mask(2)
  test      split(all, last: 20%)`,
    model: "model net {\n  input  spectrogram(8, 101)\n  flat:  flatten\n  head:  dense(6)\n}",
    train:
      '  weights    head from safetensors("w.safetensors")\n  loss       cross_entropy\n  optimizer  sgd(rate: 0.1)',
  }),
);

/** A copy with one member of its data changed, as somebody with an editor could do it. */
function withData(change: (data: Record<string, never>) => void): TrainingProgram {
  const copy = structuredClone(sounds);
  change(copy.data as unknown as Record<string, never>);
  return copy;
}

function replaced(path: string, value: unknown): TrainingProgram {
  return withData((data) => {
    const parts = path.split(".");
    const last = parts.pop() ?? "";
    let at: Record<string, unknown> = data;
    for (const part of parts) at = at[part] as Record<string, unknown>;
    at[last] = value;
  });
}

describe("legality of data and weights", () => {
  test("a compiled program is legal", () => {
    expect(illegality(sounds)).toBeNull();
  });

  test.each([
    ["source.kind", "cassette", "there is no source `cassette`"],
    ["source.speed", 2, "the arguments of the source are not those it has"],
    ["target", "mood", "the source has no field `mood`"],
    ["classes", 7, "the last layer gives [6] for 7 classes"],
    ["classes", null, "the last layer gives [6] for one number"],
    ["folds", { kind: "own", count: 5 }, "the source has not 5 folds"],
    ["train.part", [0.5, 0.5], "`train`: its part is empty"],
    ["train.transforms.0.length", 0, "`train`: the arguments of `fit` are not those it has"],
    ["train.transforms.0.length", 8000, "`train`: its samples are not those that the model takes"],
    ["train.transforms.1.bands", 9, "`train`: its samples are not those that the model takes"],
    ["train.transforms.2", { kind: "flip" }, "`train`: `flip` can't work on spectrogram"],
    ["train.transforms.2", { kind: "echo" }, "`train`: there is no transform `echo`"],
    ["test.transforms.2", { kind: "band_mask", bands: 2 }, "`test`: `band_mask` is random"],
    [
      "sample",
      { kind: "spectrogram", bands: 8, frames: 102 },
      "`train`: its samples are not those that the model takes",
    ],
  ])("%s = %j", (path, value, problem) => {
    expect(illegality(replaced(path, value))).toBe(problem);
  });

  test("weights fill tensors of the model, once", () => {
    const [weights] = sounds.weights ?? [];
    const tensor = weights?.tensors[0];
    if (weights === undefined || tensor === undefined) throw new Error("no weights");
    const odd = { ...weights, tensors: [{ address: "neck.weight", key: "weight" }] };
    expect(illegality({ ...sounds, weights: [odd] })).toBe("weights fill `neck.weight`, which is no tensor");
    expect(illegality({ ...sounds, weights: [weights, weights] })).toBe("weights fill `head.weight` twice");
  });
});
