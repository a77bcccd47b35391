import { error, type Span } from "../diagnostics/index.js";
import { shapeText } from "../language/operators/index.js";
import type { CheckedDataset } from "./dataset.js";
import type { CheckedModel } from "./model/index.js";
import type { Reporter } from "./reporter.js";
import type { CheckedTrain } from "./train.js";

/** Whether dataset, model and loss go together. True when they do; faults are reported. */
export function checkFit(
  data: CheckedDataset,
  model: CheckedModel,
  train: CheckedTrain,
  reporter: Reporter,
): boolean {
  return [
    checkInput(data, model, reporter),
    checkHead(data, model, train, reporter),
    checkScale(data, model, reporter),
    checkResize(data, model, reporter),
  ].every((sound) => sound);
}

function checkInput(data: CheckedDataset, model: CheckedModel, reporter: Reporter): boolean {
  const [input, ...more] = model.inputs;
  if (input?.kind === "image" && more.length === 0) {
    const channels = input.shape[2] ?? 0;
    const fits = data.source.kind === "idx" ? channels === 1 : channels === 1 || channels === 3;
    if (fits) return true;
    reporter.report(
      error("L0237", `\`${data.name}\` has no images with ${channels} channels`, {
        at: { span: input.span, text: `takes ${shapeText(input.shape)}` },
        secondary: [
          {
            span: data.sourceSpan,
            text: data.source.kind === "idx" ? "holds grey images, 1 channel" : "gives 1 or 3 channels",
          },
        ],
      }),
    );
    return false;
  }
  reporter.report(
    error("L0237", `\`${data.name}\` gives images, and \`${model.name}\` takes something else`, {
      at: {
        span: more[0]?.span ?? input?.span ?? model.span,
        text: more.length > 0 ? "several inputs" : `takes ${input?.kind}`,
      },
      secondary: [{ span: data.sourceSpan, text: "holds images" }],
    }),
  );
  return false;
}

function checkHead(
  data: CheckedDataset,
  model: CheckedModel,
  train: CheckedTrain,
  reporter: Reporter,
): boolean {
  const last = model.layers[model.layers.length - 1];
  if (last === undefined) return false;
  const { count } = data.classes;
  if (last.output.length !== 1) {
    reporter.report(
      error(
        "L0238",
        `cross_entropy needs one number a class but \`${last.address}\` gives ${shapeText(last.output)}`,
        {
          at: { span: last.span, text: `gives ${shapeText(last.output)}` },
          secondary: [{ span: train.lossSpan, text: "compares classes" }],
          helps: [`end the model with \`global_avg_pool\` or \`flatten\`, and \`dense(${count})\``],
        },
      ),
    );
    return false;
  }
  if (last.output[0] === count) return true;
  // The layer that decides the width of the output: activations and norms only pass it on.
  const head = [...model.layers].reverse().find((layer) => layer.args.units !== undefined) ?? last;
  const span = head.argSpans.units ?? head.span;
  reporter.report(
    error(
      "L0236",
      `\`${head.address}\` has ${last.output[0]} outputs but \`${data.name}\` has ${count} classes`,
      {
        at: { span, text: "cross_entropy needs one output a class" },
        secondary: [{ span: data.classes.span, text: `${count} classes` }],
        helps: [
          { text: `write \`${head.address}: dense(${count})\``, edits: [{ span, replacement: `${count}` }] },
        ],
      },
    ),
  );
  return false;
}

function checkScale(data: CheckedDataset, model: CheckedModel, reporter: Reporter): boolean {
  const channels = model.inputs[0]?.shape[2] ?? 1;
  if (data.scale?.kind !== "standard") return true;
  const odd = [data.scale.mean, data.scale.std].find((list) => list.length !== 1 && list.length !== channels);
  if (odd === undefined) return true;
  reporter.report(
    error("L0239", `${odd.length} numbers for ${channels} channel${channels === 1 ? "" : "s"}`, {
      at: { span: data.scaleSpan as Span, text: "one number, or one a channel" },
    }),
  );
  return false;
}

function checkResize(data: CheckedDataset, model: CheckedModel, reporter: Reporter): boolean {
  const [height, width] = model.inputs[0]?.shape ?? [];
  for (const split of [data.train, data.val, data.test]) {
    const resize = split?.program.transforms.find((transform) => transform.kind === "resize");
    if (split === null || resize?.kind !== "resize") continue;
    if (resize.height === height && resize.width === width) continue;
    reporter.report(
      error(
        "L0240",
        `\`${split.name}\` is resized to ${resize.height}x${resize.width}, the model takes ${height}x${width}`,
        {
          at: { span: split.partSpan, text: `gives ${resize.height}x${resize.width}` },
          secondary: [{ span: model.inputs[0]?.span ?? model.span, text: `takes ${height}x${width}` }],
          helps: [`write \`resize(${height}, ${width})\``],
        },
      ),
    );
    return false;
  }
  return true;
}
