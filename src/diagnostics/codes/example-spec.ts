import type { SpecExample } from "./code.js";

/** Sections that complete an example which shows only the ones it is about. */
const sections: readonly (readonly [string, string])[] = [
  ["experiment", 'experiment "example" {\n  seeds  1..5\n}'],
  [
    "dataset",
    [
      "dataset fashion {",
      '  source   idx("data/fashion-mnist")',
      "  classes  10",
      "  train    split(train, first: 90%)",
      "  val      split(train, last: 10%)",
      "  test     split(test)",
      "  scale    standard(mean: 0.2860, std: 0.3530)",
      "}",
    ].join("\n"),
  ],
  [
    "model",
    [
      "model cnn {",
      "  input  image(28, 28, 1)",
      "",
      "  conv:  conv2d(8, 3)",
      "         relu",
      "         flatten",
      "  head:  dense(10)",
      "}",
    ].join("\n"),
  ],
  [
    "train",
    [
      "train {",
      "  loss       cross_entropy",
      "  optimizer  sgd(rate: 0.1, momentum: 0.9)",
      "  batch      64",
      "  epochs     30",
      "}",
    ].join("\n"),
  ],
];

/**
 * The file an example stands for. A text that begins with `lerac` or is `whole` stays as it is; else the sections it
 * lacks are added below its own, so that the lines shown keep their order.
 */
export function completeSpec(example: SpecExample): string {
  if (example.whole === true || /^(#.*\n|\s)*lerac\b/.test(example.spec)) return `${example.spec}\n`;
  // A model that is imported is the one that is trained.
  const imported = /^\s+model\s+\w+\./m.test(example.spec);
  const missing = sections
    .filter(([kind]) => !(kind === "model" && imported))
    .filter(([kind]) => !new RegExp(`^${kind}\\b`, "m").test(example.spec))
    .map(([, text]) => text);
  return `${["lerac 1", example.spec, ...missing].join("\n\n")}\n`;
}
