import { describe, expect, test } from "vitest";
import { datasetSizes, openDataset } from "../../src/data/index.js";
import { unreadPart } from "../../src/data/readable.js";
import type { DataProgram } from "../../src/program/types.js";
import { programOfText, specOf } from "../check/compile-text.js";

function dataOf(lines: string, input: string, classes = 10): DataProgram {
  const model = `model net {\n  input  ${input}\n  flat:  flatten\n  head:  dense(${classes})\n}`;
  return programOfText(specOf({ data: lines, model })).data;
}

const idx = dataOf(
  '  source   idx("data")\n  classes  10\n  train    split(train) |> flip',
  "image(28, 28, 1)",
);

describe("what this version can't read", () => {
  test.each([
    [
      "a source",
      dataOf('  source   cifar10("data")\n  classes  10\n  train    split(train)', "image(32, 32, 3)"),
      "reading `cifar10` is not built yet",
    ],
    [
      "a transform",
      dataOf(
        '  source   idx("data")\n  classes  10\n  train    split(train) |> crop(4 px)',
        "image(28, 28, 1)",
      ),
      "the transform `crop` is not built yet",
    ],
    [
      "groups",
      { ...idx, train: { ...idx.train, by: "writer" } },
      "splitting `idx` by groups is not built yet",
    ],
    ["folds", { ...idx, folds: { kind: "own", count: 5 } }, "training by folds of `idx` is not built yet"],
    [
      "estimated scales",
      { ...idx, scale: { kind: "range", low: 0, high: 1, per: "sample" } },
      "`scale` with `per: sample` is not built yet",
    ],
    [
      "scales of all recordings",
      dataOf(
        '  source   audio_folder("data")\n  classes  10\n  train    split(train) |> fit(8 samples)\n  scale    range(0, 1, per: dataset)',
        "audio(8)",
      ),
      "`scale` with `per: dataset` is not built yet",
    ],
    ["numbers", { ...idx, classes: null }, "training towards a number from images is not built yet"],
  ] satisfies [string, DataProgram, string][])(
    "%s: said before anything is opened",
    async (_, data, message) => {
      for (const open of [datasetSizes, openDataset]) {
        const failure = open(data, { folder: "/nowhere" });
        await expect(failure).rejects.toMatchObject({ exitCode: 4, diagnostics: [{ code: "L0316" }] });
        await expect(failure).rejects.toThrow(message);
      }
    },
  );

  test("images with classes can be read", () => {
    expect(unreadPart(idx)).toBeNull();
  });
});
