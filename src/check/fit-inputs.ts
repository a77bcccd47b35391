import { suggest } from "../base/suggest.js";
import { error } from "../diagnostics/index.js";
import { shapeText } from "../language/operators/index.js";
import { describeSample, type Sample } from "../language/samples.js";
import type { SampleProgram } from "../program/types.js";
import type { CheckedDataset } from "./dataset.js";
import type { CheckedModel, ModelInput } from "./model/index.js";
import type { Reporter } from "./reporter.js";
import type { CheckedSplit } from "./splits.js";

/**
 * Whether every split gives what the model takes, kind and sizes. Sizes that only the data know are the model's; the
 * reader checks them. The sample as the program records it; null after a reported fault.
 */
export function fitInputs(
  data: CheckedDataset,
  model: CheckedModel,
  reporter: Reporter,
): SampleProgram | null {
  const splits = [data.train, data.val, data.test].filter((split) => split !== null);
  const samples = splits.map((split) => fitSplit(data, split, model, reporter));
  return samples.includes(null) ? null : (samples[0] ?? null);
}

function fitSplit(
  data: CheckedDataset,
  split: CheckedSplit,
  model: CheckedModel,
  reporter: Reporter,
): SampleProgram | null {
  const { sample } = split.gives;
  const [input, second] = model.inputs;
  if (input === undefined) return null;
  if (sample.kind === "tokens") return fitTokens(data, split, sample, model, reporter);
  if (sample.kind === "text") {
    reporter.report(
      error("L0237", `\`${split.name}\` of \`${data.name}\` gives text, and models take numbers`, {
        at: { span: split.gives.span, text: "gives text" },
        helps: ["add `tokens  words(size: 30000, max: 200)` or `tokens  wordpiece(…)` to the dataset"],
      }),
    );
    return null;
  }
  if (second !== undefined) {
    reporter.report(
      error("L0237", `\`${data.name}\` gives one thing a sample, and \`${model.name}\` takes several`, {
        at: { span: second.span, text: `input ${model.inputs.length} of ${model.inputs.length}` },
        secondary: [{ span: split.gives.span, text: `gives ${describeSample(sample)}` }],
      }),
    );
    return null;
  }
  if (sample.kind !== input.kind) return mismatch(data, split, input, model, reporter);
  switch (sample.kind) {
    case "image": {
      const [height = 1, width = 1, channels = 1] = input.shape;
      const given = [sample.height ?? height, sample.width ?? width, sample.channels ?? channels];
      // Image files are grey or colour: one that the source does not fix can be read as either.
      const readable = sample.channels !== null || channels === 1 || channels === 3;
      if (given.join() !== input.shape.join() || !readable)
        return mismatch(data, split, input, model, reporter);
      return { kind: "image", height, width, channels };
    }
    case "spectrogram": {
      if (`${sample.bands},${sample.frames},1` !== input.shape.join())
        return mismatch(data, split, input, model, reporter);
      return { kind: "spectrogram", bands: sample.bands, frames: sample.frames };
    }
    case "audio": {
      const [samples = 1] = input.shape;
      if (sample.samples !== samples) return mismatch(data, split, input, model, reporter);
      return { kind: "audio", samples };
    }
    case "features": {
      if (sample.n !== input.shape[0]) return mismatch(data, split, input, model, reporter);
      return { kind: "features", n: sample.n };
    }
  }
}

/** Fields and inputs meet by name; one unnamed input takes the one field there is. */
function fitTokens(
  data: CheckedDataset,
  split: CheckedSplit,
  sample: Extract<Sample, { kind: "tokens" }>,
  model: CheckedModel,
  reporter: Reporter,
): SampleProgram | null {
  const fields: Record<string, string> = {};
  for (const input of model.inputs) {
    if (input.kind !== "tokens" || input.shape[0] !== sample.length)
      return mismatch(data, split, input, model, reporter);
    const [only, ...others] = sample.fields;
    if (!input.named && model.inputs.length === 1 && only !== undefined && others.length === 0) {
      fields[input.name] = only;
    } else if (input.named && sample.fields.includes(input.name)) fields[input.name] = input.name;
    else {
      const near = suggest(input.name, sample.fields);
      reporter.report(
        error("L0237", `\`${data.name}\` has no field called \`${input.name}\``, {
          at: { span: input.span, text: input.named ? "sought by this name" : "has no name" },
          secondary: [{ span: split.gives.span, text: `gives ${sample.fields.join(", ")}` }],
          helps:
            near.length > 0
              ? [`did you mean \`${near[0]}\`?`]
              : [`name inputs as the fields: \`${sample.fields[0]}: tokens(${sample.length})\``],
        }),
      );
      return null;
    }
  }
  return { kind: "tokens", length: sample.length, fields };
}

function mismatch(
  data: CheckedDataset,
  split: CheckedSplit,
  input: ModelInput,
  model: CheckedModel,
  reporter: Reporter,
): null {
  const { sample, span } = split.gives;
  const takes = `${input.kind} ${shapeText(input.shape)}`;
  const gives = describeSample(sample);
  if (sample.kind !== input.kind) {
    reporter.report(
      error("L0237", `\`${data.name}\` gives ${gives}, and \`${model.name}\` takes ${input.kind}`, {
        at: { span: input.span, text: `takes ${takes}` },
        secondary: [{ span, text: `gives ${gives}` }],
        helps:
          sample.kind === "audio" && input.kind === "spectrogram"
            ? ["make one with `features`, such as `fit(5 s) |> mel(128, window: 25 ms, hop: 10 ms) |> log`"]
            : [],
      }),
    );
    return null;
  }
  if (sample.kind === "image" && sample.height === input.shape[0] && sample.width === input.shape[1]) {
    return wrongChannels(data, sample.channels, input, span, reporter);
  }
  if (sample.kind === "image" && (sample.height === null || sample.width === null)) {
    return wrongChannels(data, sample.channels, input, span, reporter);
  }
  reporter.report(
    error("L0240", `\`${split.name}\` gives ${gives}, the model takes ${shapeText(input.shape)}`, {
      at: { span, text: `gives ${gives}` },
      secondary: [{ span: input.span, text: `takes ${shapeText(input.shape)}` }],
      helps: sizeHelp(sample, input),
    }),
  );
  return null;
}

function wrongChannels(
  data: CheckedDataset,
  channels: number | null,
  input: ModelInput,
  span: CheckedSplit["gives"]["span"],
  reporter: Reporter,
): null {
  const holds =
    channels === null
      ? "gives 1 or 3 channels"
      : channels === 1
        ? "holds grey images, 1 channel"
        : `gives ${channels} channels`;
  reporter.report(
    error(
      "L0237",
      `\`${data.name}\` has no images with ${input.shape[2]} channel${input.shape[2] === 1 ? "" : "s"}`,
      {
        at: { span: input.span, text: `takes ${shapeText(input.shape)}` },
        secondary: [{ span, text: holds }],
      },
    ),
  );
  return null;
}

function sizeHelp(sample: Sample, input: ModelInput): readonly string[] {
  const [first, second] = input.shape;
  switch (sample.kind) {
    case "image":
      return [`write \`resize(${first}, ${second})\``];
    case "spectrogram":
      return [`write \`spectrogram(bands: ${sample.bands}, frames: ${sample.frames})\` in the model`];
    case "audio":
      return sample.samples === null
        ? [`give all recordings one length: \`features  fit(${first} samples)\``]
        : [`write \`audio(${sample.samples})\` in the model`];
    case "tokens":
      return [`write \`tokens(${sample.length})\` in the model, or \`max: ${first}\` in the dataset`];
    case "features":
      return [`write \`features(${sample.n})\` in the model`];
    default:
      return [];
  }
}
