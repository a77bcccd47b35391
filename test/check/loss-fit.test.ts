import { describe, expect, it } from "vitest";
import { illegality } from "../../src/program/legality.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { compileText, faults, programOfText, specOf } from "./compile-text.js";

/** What `train` says about loss, metrics and optimizer, against what the data and the model are. */

const train = (loss: string, metrics?: string, optimizer = "sgd(rate: 0.1)") =>
  [`  loss       ${loss}`, ...(metrics ? [`  metrics    ${metrics}`] : []), `  optimizer  ${optimizer}`].join(
    "\n",
  );

const ages = '  source  utkface("data")\n  target  age\n  train   split(all, first: 90%) |> resize(28, 28)';
const ageModel = "model net {\n  input  image(28, 28, 3)\n  flat:  flatten\n  head:  dense(1)\n}";

const reviews = [
  '  source   tsv("data", text: review, label: label)',
  "  classes  [bad, good]",
  "  tokens   words(size: 100, fit: train, max: 10)",
  '  train    split("train.tsv")',
].join("\n");
const reviewModel = (body: string) => `model net {\n  input  tokens(10)\n${body}\n  head:  dense(2)\n}`;

describe("losses", () => {
  it.each([
    ["mse", "mse"],
    ["smooth_l1(beta: 0.5)", "smooth_l1(beta: 0.5)"],
    ["detection", "detection"],
  ])("%s does not compare classes", (loss, subject) => {
    expect(faults(compileText(specOf({ train: train(loss) })))).toEqual([`L0540 ${subject}`]);
  });

  it("cross-entropy does not compare ages", () => {
    expect(
      faults(compileText(specOf({ data: ages, model: ageModel, train: train("cross_entropy") }))),
    ).toEqual(["L0540 cross_entropy"]);
  });

  it("names the losses that would fit", () => {
    const [fault] = compileText(specOf({ train: train("mse") })).diagnostics;
    expect(fault?.notes).toEqual(["losses for classes are bce, cross_entropy, focal"]);
  });

  it.each([
    ["cross_entropy", { kind: "cross_entropy", smoothing: 0, weights: null }],
    ["cross_entropy(smoothing: 0.1)", { kind: "cross_entropy", smoothing: 0.1, weights: null }],
    ["focal(gamma: 1.5)", { kind: "focal", gamma: 1.5, alpha: null }],
    ["bce", { kind: "bce" }],
  ])("%s is in the program with its defaults", (loss, expected) => {
    expect(programOfText(specOf({ train: train(loss) })).train.loss).toEqual(expected);
  });

  it("numbers get numbers, and errors as metrics", () => {
    const text = specOf({ data: ages, model: ageModel, train: train("huber(delta: 2)") });
    const { loss, metrics } = programOfText(text).train;
    expect(loss).toEqual({ kind: "huber", delta: 2 });
    expect(metrics).toEqual([{ kind: "mae", name: "mae" }]);
  });

  it("class weights are one a class", () => {
    expect(faults(compileText(specOf({ train: train("cross_entropy(weights: [1, 2])") })))).toEqual([
      "L0542 [1, 2]",
    ]);
    expect(faults(compileText(specOf({ train: train("focal(alpha: [0,0,0,0,0,0,0,0,0,0])") })))).toEqual([
      "L0542 [0,0,0,0,0,0,0,0,0,0]",
    ]);
    const text = specOf({ train: train("cross_entropy(weights: [1,2,1,1,1,1,1,1,1,0])") });
    expect(programOfText(text).train.loss).toMatchObject({ weights: [1, 2, 1, 1, 1, 1, 1, 1, 1, 0] });
  });

  it("two classes may share one output under bce alone", () => {
    const data = '  source   idx("data")\n  classes  2\n  train    split(train)';
    const model = "model net {\n  input  image(28, 28, 1)\n  flat:  flatten\n  head:  dense(1)\n}";
    const program = programOfText(specOf({ data, model, train: train("bce") }));
    expect(illegality(program)).toBe(null);
    const focal = {
      ...program,
      train: { ...program.train, loss: { kind: "focal", gamma: 2, alpha: null } },
    } as const;
    expect(illegality(focal)).toBe("the last layer gives [1] for 2 classes");
    expect(faults(compileText(specOf({ data, model, train: train("focal") })))).toEqual(["L0236 1"]);
  });
});

describe("a program file from elsewhere", () => {
  const program = programOfText(specOf({ train: train("cross_entropy") }));
  const changed = (settings: Partial<TrainingProgram["train"]>) =>
    illegality({ ...program, train: { ...program.train, ...settings } });

  it("is held to the same rules", () => {
    expect(changed({})).toBe(null);
    expect(changed({ loss: { kind: "mse" } })).toBe("the loss mse does not fit the target");
    expect(changed({ metrics: [{ kind: "rmse", name: "rmse" }] })).toBe(
      "the metric rmse does not fit the loss cross_entropy",
    );
    expect(changed({ loss: { kind: "cross_entropy", smoothing: 0, weights: [1, 2] } })).toBe(
      "2 class weights for 10 classes",
    );
  });
});

describe("metrics", () => {
  it("measure what the loss compares", () => {
    expect(faults(compileText(specOf({ train: train("cross_entropy", "accuracy, rmse, mae") })))).toEqual([
      "L0541 rmse",
      "L0541 mae",
    ]);
  });

  it("are called by their names and arguments", () => {
    const text = specOf({ train: train("cross_entropy", "accuracy, top(3), f1, precision, recall, auc") });
    expect(programOfText(text).train.metrics.map((metric) => metric.name)).toEqual([
      "accuracy",
      "top(3)",
      "f1",
      "precision",
      "recall",
      "auc",
    ]);
  });

  it("what needs a whole split is not measured on batches", () => {
    const text = specOf({ train: `${train("cross_entropy", "auc")}\n  keep  best(train.auc)` });
    expect(faults(compileText(text))).toEqual(["L0523 auc"]);
  });
});

describe("optimizers", () => {
  it.each([
    ["adamw(rate: 1e-3, weight_decay: 0.01)", { kind: "adamw", rate: 1e-3, weightDecay: 0.01, beta1: 0.9 }],
    ["adamax(rate: 2e-3)", { kind: "adamax", rate: 2e-3, beta2: 0.999, eps: 1e-8 }],
    ["lamb(rate: 1e-3, betas: [0.8, 0.9])", { kind: "lamb", beta1: 0.8, beta2: 0.9, eps: 1e-6 }],
    ["rmsprop(rate: 1e-2, centered: true)", { kind: "rmsprop", alpha: 0.99, centered: true, momentum: 0 }],
    ["adagrad(rate: 1e-2, initial: 0.1)", { kind: "adagrad", initial: 0.1, eps: 1e-10 }],
  ])("%s", (written, expected) => {
    const text = specOf({ train: train("cross_entropy", undefined, written) });
    expect(programOfText(text).train.optimizer).toMatchObject(expected);
  });

  it.each([
    ["sgd(rate: 0)", "L0211 0"],
    ["sgd(rate: 0.1, nesterov: true)", "L0211 true"],
    ["adam(rate: 0.1, betas: [0.9])", "L0211 [0.9]"],
    ["adamax(rate: 0.1, betas: [0.9, 1])", "L0211 1"],
    ["rmsprop(rate: 0.1, alpha: 1)", "L0211 1"],
    ["adamw(rate: 0.1, momentum: 0.9)", "L0203 momentum"],
    ["lion(rate: 0.1)", "L0218 lion"],
  ])("%s is refused", (written, fault) => {
    const text = specOf({ train: train("cross_entropy", undefined, written) });
    expect(faults(compileText(text))).toEqual([fault]);
  });
});

describe("tokens", () => {
  it("enter through an embedding", () => {
    const body = "  words: embedding(100, 4)\n  state: lstm(3)";
    expect(faults(compileText(specOf({ data: reviews, model: reviewModel(body) })))).toEqual([]);
  });

  it("are no amounts", () => {
    expect(faults(compileText(specOf({ data: reviews, model: reviewModel("  fc:    dense(4)") })))).toEqual([
      "L0249 dense(4)",
    ]);
  });

  it("all have a row", () => {
    const body = "  words: embedding(99, 4)\n  state: lstm(3)";
    expect(faults(compileText(specOf({ data: reviews, model: reviewModel(body) })))).toEqual(["L0250 99"]);
  });

  it("are what an embedding takes", () => {
    const model =
      "model net {\n  input  image(28, 28, 1)\n  flat:  flatten\n  words: embedding(5, 4)\n         flatten\n  head:  dense(10)\n}";
    expect(faults(compileText(specOf({ model })))).toEqual(["L0249 embedding(5, 4)"]);
  });
});
