import { areArgumentsOf } from "../language/argument-values.js";
import { sources, transforms } from "../language/data.js";
import { shapeText } from "../language/operators/index.js";
import type { Sample } from "../language/samples.js";
import { isUnfit } from "../language/transforms/index.js";
import type { DataProgram, SampleProgram, SplitProgram, TrainingProgram } from "./types.js";

/**
 * Whether the data of a program make sense: the source and every transform are of the language with arguments they can
 * have, each transform fits what it is given, what comes out is the sample, and the sample is what the model takes.
 *
 * @returns where and why it is not so, null when it is
 */
export function illegalData({ data, model }: TrainingProgram): string | null {
  return illegalSource(data) ?? illegalSplits(data) ?? illegalInputs(data.sample, model.inputs);
}

function illegalSource({ source, target, classes, folds }: DataProgram): string | null {
  const entry = sources.get(source.kind);
  if (entry === undefined) return `there is no source \`${source.kind}\``;
  const { kind: _, ...values } = source;
  if (!areArgumentsOf(entry.arguments, values)) return "the arguments of the source are not those it has";
  const name = target ?? "label";
  const field = Object.hasOwn(entry.fields, name) ? entry.fields[name] : undefined;
  if (field === undefined) return `the source has no field \`${name}\``;
  if (field.kind === "number" && classes !== null) return `\`${name}\` has no classes`;
  if (field.kind === "classes" || field.kind === "boxes") {
    if (classes === null || (field.count ?? classes) !== classes)
      return `\`${name}\` has not ${classes} classes`;
  }
  if (folds?.kind === "own" && folds.count !== entry.folds) return `the source has not ${folds.count} folds`;
  return null;
}

function illegalSplits(data: DataProgram): string | null {
  for (const name of ["train", "val", "test"] as const) {
    const split = data[name];
    const problem = split === null ? null : illegalSplit(data, split, name === "train");
    if (problem !== null) return `\`${name}\`: ${problem}`;
  }
  return null;
}

function illegalSplit(data: DataProgram, split: SplitProgram, random: boolean): string | null {
  const entry = sources.get(data.source.kind);
  const start = entry?.sample({ ...data.source });
  if (start === undefined || "problem" in start) return "the source gives nothing";
  let sample: Sample = start;
  for (const { kind, ...values } of split.transforms) {
    const transform = transforms.get(kind);
    if (transform === undefined) return `there is no transform \`${kind}\``;
    if (transform.random && !random) return `\`${kind}\` is random`;
    if (!areArgumentsOf(transform.arguments, values))
      return `the arguments of \`${kind}\` are not those it has`;
    if (!transform.takes.includes(sample.kind)) return `\`${kind}\` can't work on ${sample.kind}`;
    const result = transform.apply(sample, values);
    if (isUnfit(result)) return result.label;
    sample = result.gives;
  }
  if (split.part[0] >= split.part[1]) return "its part is empty";
  return gives(sample, data.sample) ? null : "its samples are not those that the model takes";
}

/** Whether a sample can be the one that the program names; sizes that only the data know can be any. */
function gives(sample: Sample, wanted: SampleProgram): boolean {
  const like = (known: number | null, size: number) => known === null || known === size;
  switch (wanted.kind) {
    case "image":
      return (
        sample.kind === "image" &&
        like(sample.height, wanted.height) &&
        like(sample.width, wanted.width) &&
        like(sample.channels, wanted.channels)
      );
    case "spectrogram":
      return (
        sample.kind === "spectrogram" && sample.bands === wanted.bands && sample.frames === wanted.frames
      );
    case "audio":
      return sample.kind === "audio" && sample.samples === wanted.samples;
    case "features":
      return sample.kind === "features" && sample.n === wanted.n;
    case "tokens":
      return (
        sample.kind === "tokens" &&
        sample.length === wanted.length &&
        Object.values(wanted.fields).every((field) => sample.fields.includes(field))
      );
  }
}

function illegalInputs(sample: SampleProgram, inputs: TrainingProgram["model"]["inputs"]): string | null {
  if (sample.kind === "tokens") {
    const fields = Object.keys(sample.fields);
    const fits = inputs.every(
      ({ name, shape }) => fields.includes(name) && shape.join() === `${sample.length}`,
    );
    return fits && fields.length === inputs.length ? null : "the inputs are not the fields of the samples";
  }
  const shape = shapeText(sampleShape(sample));
  const [input, ...others] = inputs;
  return input !== undefined && others.length === 0 && shapeText(input.shape) === shape
    ? null
    : `samples are ${shape}`;
}

function sampleShape(sample: Exclude<SampleProgram, { kind: "tokens" }>): readonly number[] {
  switch (sample.kind) {
    case "image":
      return [sample.height, sample.width, sample.channels];
    case "spectrogram":
      return [sample.bands, sample.frames, 1];
    case "audio":
      return [sample.samples];
    case "features":
      return [sample.n];
  }
}
