import type { Survey } from "../../data/survey/index.js";
import { SourceFile } from "../../diagnostics/index.js";
import { format } from "../../syntax/format/index.js";
import { width } from "./blocks.js";
import { imageSpec } from "./image-spec.js";
import { soundSpec } from "./sound-spec.js";
import { escaped } from "./words.js";

/** What a first spec is written for. */
export interface SpecRequest {
  /** Title of the experiment. */
  readonly title: string;
  /** Name of the dataset. */
  readonly name: string;
  /** The data as the spec writes it: relative, with `/`. */
  readonly path: string;
  readonly survey: Survey;
}

/** What kinds of data make of it. */
export interface SpecParts {
  /** What follows the path in the source: `, rate: 8 kHz`. */
  readonly sourceArguments?: string;
  /** Of the dataset, behind its source. */
  readonly settings: readonly (readonly [string, string])[];
  /** Lines of the model. */
  readonly model: readonly string[];
  /** The common rate, with which the first level starts. */
  readonly rate: number;
  readonly optimizer: string;
  readonly batch: number;
  readonly epochs: number;
  /** k, in epochs. */
  readonly until: number;
}

/** A small net and its training, in the one layout of the language. Every line of it is meant to be read and changed. */
export function specText({ title, name, path, survey }: SpecRequest): string {
  const parts = survey.kind === "audio_folder" ? soundSpec(survey) : imageSpec(survey);
  const { rate, until, optimizer, batch, epochs } = parts;
  const settings: (readonly [string, string])[] = [
    ["source", `${survey.kind}("${escaped(path)}"${parts.sourceArguments ?? ""})`],
    ...parts.settings,
  ];
  const text = `lerac 1

experiment "${escaped(title)}" {
  seeds 1..3
}

param width = ${width} # --set width=${2 * width} on the command line

dataset ${name} {
${settings.map(([key, value]) => `  ${key.padEnd(9)}${value}`).join("\n")}
}

model cnn {
${parts.model.join("\n")}
}

curriculum lerac {
  rates ${rate} -> 1e-5 # first level -> last level, at the start
  until ${until} ${until === 1 ? "epoch" : "epochs"} # k: from here on every level has the optimizer's rate
}

train {
  loss cross_entropy
  metrics accuracy
  optimizer ${optimizer}
  schedule cosine
  batch ${batch}
  epochs ${epochs}
  keep best(val.accuracy)
}

compare {
  conventional
  lerac
}
`;
  return format(new SourceFile("init", text)).text;
}
