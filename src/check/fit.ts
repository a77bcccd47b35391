import { error } from "../diagnostics/index.js";
import { shapeText } from "../language/operators/index.js";
import type { SampleProgram } from "../program/types.js";
import type { CheckedTrain } from "./checked-train.js";
import type { CheckedDataset } from "./dataset.js";
import { fitInputs } from "./fit-inputs.js";
import { checkLossFit, checkTokens, isOneForTwo } from "./loss-fit.js";
import type { CheckedLayer, CheckedModel } from "./model/index.js";
import type { Reporter } from "./reporter.js";

/**
 * Whether dataset and model go together: what the model takes, what it gives, and how values are scaled. The sample
 * that the model is trained on; null after reported faults.
 */
export function checkFit(
  data: CheckedDataset,
  model: CheckedModel,
  train: CheckedTrain,
  reporter: Reporter,
): SampleProgram | null {
  const sample = fitInputs(data, model, reporter);
  const sound = [
    checkLossFit(data, train, reporter) && checkHead(data, model, train, reporter),
    checkTokens(data, model, reporter),
    sample === null || checkScale(data, sample, reporter),
  ].every((fits) => fits);
  return sound ? sample : null;
}

function checkHead(
  data: CheckedDataset,
  model: CheckedModel,
  train: CheckedTrain,
  reporter: Reporter,
): boolean {
  const last = model.layers[model.layers.length - 1];
  if (last === undefined) return false;
  const { kind, classes, field } = data.target;
  if (kind === "boxes") return checkDetector(data, last, reporter);
  const wanted = classes?.count ?? 1;
  const loss = train.settings.loss.kind;
  if (last.output.length !== 1 || last.outputs !== undefined) {
    const needs = classes === null ? "one number a sample" : "one number a class";
    const given = last.outputs === undefined ? shapeText(last.output) : "several tensors";
    reporter.report(
      error("L0238", `${loss} needs ${needs} but \`${last.address}\` gives ${given}`, {
        at: { span: last.span, text: `gives ${given}` },
        secondary: [
          { span: train.lossSpan, text: classes === null ? "compares numbers" : "compares classes" },
        ],
        helps: [`end the model with \`global_avg_pool\` or \`flatten\`, and \`dense(${wanted})\``],
      }),
    );
    return false;
  }
  if (last.output[0] === wanted || isOneForTwo(train.loss.entry, wanted, last.output[0])) return true;
  // The layer that decides the width of the output: activations and norms only pass it on.
  const head = [...model.layers].reverse().find((layer) => layer.args.units !== undefined) ?? last;
  const span = head.argSpans.units ?? head.span;
  const outputs = `${last.output[0]} output${last.output[0] === 1 ? "" : "s"}`;
  const has =
    classes === null
      ? `\`${field}\` of \`${data.name}\` is one number`
      : `\`${data.name}\` has ${wanted} classes`;
  // In a block or behind a parameter the number stands elsewhere: writing over it would change other calls.
  const plain = /^\d+$/.test(span.source.text.slice(span.start, span.end));
  reporter.report(
    error("L0236", `\`${head.address}\` has ${outputs} but ${has}`, {
      at: { span, text: `${loss} needs one output ${classes === null ? "a sample" : "a class"}` },
      secondary: [
        classes === null
          ? { span: data.sourceSpan, text: `\`target ${field}\` is a number` }
          : { span: classes.span, text: `${wanted} classes` },
      ],
      helps: plain
        ? [
            {
              text: `write \`${head.address}: dense(${wanted})\``,
              edits: [{ span, replacement: `${wanted}` }],
            },
          ]
        : [`make it ${wanted}`],
    }),
  );
  return false;
}

/** Boxes come out of a detector, which says how many classes it tells apart. */
function checkDetector(data: CheckedDataset, last: CheckedLayer, reporter: Reporter): boolean {
  const classes = data.target.classes;
  if (classes === null) return true;
  if (last.operator.name !== "detect") {
    reporter.report(
      error("L0238", `\`${data.name}\` has boxes to find but \`${last.address}\` is no detector`, {
        at: { span: last.span, text: `gives ${shapeText(last.output)}` },
        secondary: [{ span: data.sourceSpan, text: "comes with boxes" }],
        helps: [`end the model with \`detect(${classes.count}, …)\``],
      }),
    );
    return false;
  }
  if (last.args.classes === classes.count) return true;
  reporter.report(
    error(
      "L0236",
      `\`${last.address}\` tells ${last.args.classes} classes apart but \`${data.name}\` has ${classes.count}`,
      {
        at: { span: last.argSpans.classes ?? last.span, text: "one score a class" },
        secondary: [{ span: classes.span, text: `${classes.count} classes` }],
        helps: [`make it ${classes.count}`],
      },
    ),
  );
  return false;
}

function checkScale(data: CheckedDataset, sample: SampleProgram, reporter: Reporter): boolean {
  const { scale, scaleSpan } = data;
  if (scale === null || scaleSpan === null) return true;
  if (sample.kind === "tokens") {
    reporter.report(
      error("L0239", "tokens are numbers of words and can't be scaled", {
        at: { span: scaleSpan, text: "nothing to scale" },
        helps: ["leave `scale` out"],
      }),
    );
    return false;
  }
  if (scale.kind === "range" && scale.per === undefined && sample.kind !== "image") {
    reporter.report(
      error("L0239", "only the raw values of images are known to lie between 0 and 255", {
        at: { span: scaleSpan, text: "says not from what to scale" },
        helps: ["write `range(0, 1, per: sample)` or `per: dataset`"],
      }),
    );
    return false;
  }
  if (scale.kind !== "standard") return true;
  const channels = sample.kind === "image" ? sample.channels : 1;
  const odd = [scale.mean, scale.std].find((list) => list.length !== 1 && list.length !== channels);
  if (odd === undefined) return true;
  reporter.report(
    error("L0239", `${odd.length} numbers for ${channels} channel${channels === 1 ? "" : "s"}`, {
      at: { span: scaleSpan, text: "one number, or one a channel" },
    }),
  );
  return false;
}
