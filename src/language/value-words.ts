import { dedent } from "../base/dedent.js";

/** A word that is a value, joins values, or stands for an idea, as `explain` and the reference tell of it. */
export interface ValueWordDoc {
  readonly name: string;
  /** Other words that find it. */
  readonly aliases: readonly string[];
  readonly kind: "value" | "clause" | "operator of values" | "idea";
  readonly doc: string;
  /** Sections as they are written. */
  readonly example: string;
}

function word(
  kind: ValueWordDoc["kind"],
  [name, ...aliases]: readonly [string, ...string[]],
  doc: string,
  example: string,
): ValueWordDoc {
  return { kind, name, aliases, doc, example: dedent(example) };
}

export const valueWords: readonly ValueWordDoc[] = [
  word(
    "operator of values",
    ["and", "or", "not"],
    "Join conditions: `not` binds before `and`, `and` before `or`.",
    `
    block unit(filters, drop = 0, last = false) {
      conv2d(filters, 3)
      when drop > 0 and not last { dropout(drop) }
    }`,
  ),
  word(
    "value",
    ["true", "false"],
    "Conditions that hold, and that do not; in lower case.",
    `
    block unit(filters) {
      conv2d(filters, 3, bias: false)
      batch_norm
    }`,
  ),
  word(
    "clause",
    ["as"],
    "Gives a name: to the number of a turn of `repeat`, from 0, or to an import.",
    `
    model net {
      input  image(32, 32, 3)

      stage: repeat 3 as i { conv2d(8 + 8 * i, 3) }
             flatten
      head:  dense(10)
    }`,
  ),
  word(
    "value",
    ["stepwise"],
    "A growth: the rate is multiplied by the number at each tick until it reaches the common one, as the official code does; `until` may be left out then.",
    `
    curriculum lerac {
      rates   0.1 -> 1e-6
      growth  stepwise(10)
    }`,
  ),
  word(
    "value",
    ["kaiming_normal", "kaiming_uniform", "xavier_normal", "xavier_uniform"],
    "Ways to draw first weights by the sizes of their layer (He et al. 2015; Glorot and Bengio 2010). In `train`, for all layers; as the argument `init`, for one.",
    `
    train {
      init  xavier_uniform
    }`,
  ),
  word(
    "value",
    ["kfold"],
    "Makes so many folds of the samples, in an order that `shuffle` fixes; `by` keeps groups together.",
    `
    dataset voices {
      folds  kfold(5, shuffle: 1, by: speaker)
    }`,
  ),
  word(
    "idea",
    ["address", "addresses", "label", "labels", "selector"],
    "The name of a layer everywhere: labels from the outside in, joined by points; turns of a `repeat` are numbers. An unlabelled layer has the name of its operator below the label above it. In `levels`, `*` is any one part, `**` any number of them, `[0..5]` six turns.",
    `
    curriculum lerac {
      levels  stem, stages.[0..2].*, (norm, head)
      rates   0.1 -> 1e-6
      until   5 epochs
    }`,
  ),
  word(
    "idea",
    ["parameters", "claim", "claims"],
    "What a model has: numbers that are trained. A claim about them is decided by `lerac check`; claims about what is measured, ARM.SPLIT.METRIC, are about means over the seeds.",
    `
    expect {
      resnet18(outputs: 100).parameters == 11220132
      lerac.test.accuracy > conventional.test.accuracy with p < 0.05
    }`,
  ),
  word(
    "idea",
    ["lint", "lints", "waiver", "waivers", "lint: allow"],
    "A warning about something that is allowed and rarely meant. A comment on the line before waives it for the next statement, with the reason; one that waives nothing is warned of itself. `lerac explain` lists the rules.",
    `
    train {
      # lint: allow test_selection, the benchmark has no val split
      keep  best(test.accuracy)
    }`,
  ),
];
