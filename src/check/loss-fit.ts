import { formatCount } from "../base/format.js";
import { error, type Span } from "../diagnostics/index.js";
import { type LossEntry, losses, type TargetKind } from "../language/losses/index.js";
import { type MetricEntry, metrics } from "../language/metrics/index.js";
import type { CheckedCall } from "./calls.js";
import type { CheckedTrain } from "./checked-train.js";
import type { CheckedDataset } from "./dataset.js";
import type { CheckedLayer, CheckedModel } from "./model/index.js";
import type { Reporter } from "./reporter.js";

/** What datasets call the target that a loss compares with. */
const targetOf = { classes: "class", number: "number", boxes: "boxes" } as const;

/** As messages say them. */
const describe: Readonly<Record<TargetKind, string>> = {
  class: "classes",
  number: "numbers",
  boxes: "boxes",
};

/**
 * Whether the loss compares what the dataset has to learn, each metric measures what the loss compares, and weights of
 * classes are as many as classes. True when all do; faults are reported.
 */
export function checkLossFit(data: CheckedDataset, train: CheckedTrain, reporter: Reporter): boolean {
  const target = targetOf[data.target.kind];
  if (train.loss.entry.target !== target) {
    reporter.report(wrongLoss(data, train.loss, target));
    return false;
  }
  const fits = [
    ...train.metrics.map(
      (metric) => checkMetric(metric, train.loss, reporter) && checkTop(data, metric, reporter),
    ),
    checkWeights(data, train.loss, reporter),
  ];
  return fits.every((sound) => sound);
}

/** One output may stand for two classes where the loss allows it. */
export function isOneForTwo(loss: LossEntry, classes: number, outputs: number | undefined): boolean {
  return loss.oneOutputForTwoClasses === true && classes === 2 && outputs === 1;
}

function wrongLoss(data: CheckedDataset, loss: CheckedCall<LossEntry>, target: TargetKind) {
  const { name } = loss.entry;
  const has = target === "number" ? "a number to learn" : `${describe[target]} to learn`;
  const known = [...losses.values()].filter((entry) => entry.target === target).map((entry) => entry.name);
  return error(
    "L0540",
    `\`${name}\` compares ${describe[loss.entry.target]} but \`${data.name}\` has ${has}`,
    {
      at: { span: loss.span, text: `compares ${describe[loss.entry.target]}` },
      secondary: [
        data.target.classes === null
          ? { span: data.sourceSpan, text: `\`target ${data.target.field}\` is a number` }
          : { span: data.target.classes.span, text: `${data.target.classes.count} classes` },
      ],
      notes: [`losses for ${describe[target]} are ${known.join(", ")}`],
      helps:
        target === "number" && data.target.field !== "label"
          ? ["add `classes` to the dataset to learn a class instead"]
          : [],
    },
  );
}

function checkMetric(
  metric: CheckedCall<MetricEntry>,
  loss: CheckedCall<LossEntry>,
  reporter: Reporter,
): boolean {
  const { target } = loss.entry;
  if (metric.entry.target === target) return true;
  const known = [...metrics.values()].filter((entry) => entry.target === target).map((entry) => entry.name);
  reporter.report(
    error(
      "L0541",
      `\`${metric.entry.name}\` measures ${describe[metric.entry.target]}, not what is learned`,
      {
        at: { span: metric.span, text: `is for ${describe[metric.entry.target]}` },
        secondary: [{ span: loss.span, text: `compares ${describe[target]}` }],
        notes: [`metrics for ${describe[target]} are ${known.join(", ")}`],
      },
    ),
  );
  return false;
}

/** `top(10)` of ten classes is 100 % whatever the net says. */
function checkTop(data: CheckedDataset, metric: CheckedCall<MetricEntry>, reporter: Reporter): boolean {
  const { classes } = data.target;
  const { k } = metric.values;
  if (metric.entry.name !== "top" || classes === null || typeof k !== "number" || k < classes.count)
    return true;
  reporter.report(
    error("L0541", `\`top(${k})\` of ${classes.count} classes is always 100 %`, {
      at: { span: metric.span, text: "measures nothing" },
      secondary: [{ span: classes.span, text: `${classes.count} classes` }],
      helps: [classes.count > 2 ? "count fewer, such as `top(2)`" : "measure `accuracy` instead"],
    }),
  );
  return false;
}

/** Class weights of the loss: one for each class, and not all 0. */
function checkWeights(data: CheckedDataset, loss: CheckedCall<LossEntry>, reporter: Reporter): boolean {
  const argument = ["weights", "alpha"].find((name) => loss.values[name] != null);
  const { classes } = data.target;
  if (argument === undefined || classes === null) return true;
  const given = loss.values[argument] as readonly number[];
  const span: Span = loss.spans[argument] ?? loss.span;
  if (given.length !== classes.count) {
    reporter.report(
      error("L0542", `\`${argument}\` has ${count(given.length, "number")} for ${classes.count} classes`, {
        at: { span, text: "one number a class, in their order" },
        secondary: [{ span: classes.span, text: `${classes.count} classes` }],
      }),
    );
    return false;
  }
  if (given.some((weight) => weight > 0)) return true;
  reporter.report(
    error("L0542", `\`${argument}\` gives every class the weight 0`, {
      at: { span, text: "nothing would be learned" },
    }),
  );
  return false;
}

/**
 * Whether numbers of words enter the model through `embedding` and nothing else, `embedding` takes nothing else, and it
 * has a row for every word. True when they do; faults are reported.
 */
export function checkTokens(data: CheckedDataset, model: CheckedModel, reporter: Reporter): boolean {
  const tokens = new Map(
    model.inputs.filter((input) => input.kind === "tokens").map((input) => [`input:${input.name}`, input]),
  );
  let sound = true;
  for (const layer of model.layers) {
    const isEmbedding = layer.operator.name === "embedding";
    const taken = layer.inputs.find((input) => tokens.has(input));
    if (isEmbedding === (taken !== undefined)) {
      if (isEmbedding && !checkVocabulary(data, layer, reporter)) sound = false;
      continue;
    }
    sound = false;
    reporter.report(
      isEmbedding ? embedsNoTokens(layer, model) : tokensAsNumbers(layer, tokens.get(taken ?? "")),
    );
  }
  return sound;
}

/** A vocabulary made by `words` has a known size; that of a tokenizer file is known when it is read. */
function checkVocabulary(data: CheckedDataset, layer: CheckedLayer, reporter: Reporter): boolean {
  const words = data.train.program.transforms.find((transform) => transform.kind === "words");
  const size = words !== undefined && "size" in words ? words.size : null;
  const rows = layer.args.vocabulary as number;
  if (typeof size !== "number" || rows >= size) return true;
  reporter.report(
    error("L0250", `\`${layer.address}\` has rows for ${formatCount(rows)} words, not for all of them`, {
      at: { span: layer.argSpans.vocabulary ?? layer.span, text: "rows of the table" },
      notes: [`\`tokens words(size: ${size})\` of \`${data.name}\` numbers ${formatCount(size)} words`],
      helps: [`make it ${size}`],
    }),
  );
  return false;
}

function embedsNoTokens(layer: CheckedLayer, model: CheckedModel) {
  const input = model.inputs.find(({ name }) => layer.inputs[0] === `input:${name}`);
  return error("L0249", `\`${layer.address}\` looks words up but is given no tokens`, {
    at: { span: layer.span, text: "takes an input of `tokens`" },
    secondary: input === undefined ? [] : [{ span: input.span, text: `gives ${input.kind}` }],
  });
}

function tokensAsNumbers(layer: CheckedLayer, input: { readonly span: Span } | undefined) {
  return error("L0249", `\`${layer.address}\` would calculate with the numbers of words`, {
    at: { span: layer.span, text: "is given tokens as they are" },
    secondary:
      input === undefined ? [] : [{ span: input.span, text: "numbers of words, which mean no amounts" }],
    helps: ["put `embedding(VOCABULARY, WIDTH)` in between"],
  });
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
