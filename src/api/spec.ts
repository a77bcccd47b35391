import * as checker from "../check/index.js";
import {
  type Diagnostic,
  error,
  exitCodes,
  LeracError,
  renderText,
  SourceFile,
} from "../diagnostics/index.js";
import { hashProgram, type TrainingProgram } from "../program/index.js";
import { type PlanDocument, planDocument } from "../report/index.js";
import * as syntax from "../syntax/index.js";

/** How the text of a spec is read. */
export interface SpecOptions {
  /** Name or path of the spec: messages show it, and imports are sought from its folder. Default `spec.lerac`. */
  readonly file?: string;
  /** Values of declared `param`s, as a spec writes them: `{ width: "64" }`, like `--set width=64`. */
  readonly set?: Readonly<Record<string, string | number>>;
  /** The arm of `compare` that is trained, instead of what `train` names. */
  readonly arm?: string;
  /** Reads what the spec imports; from disk when left out, `memoryLoader` has them in memory. */
  readonly loader?: checker.SourceLoader;
}

/** The tree of a spec, as far as it could be read. */
export interface Parsed {
  readonly tree: syntax.Parsed["file"];
  /** Mistakes of syntax, in source order; none when all of it could be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What the checker says of a spec. */
export interface Checked {
  /** No errors; warnings there may be. */
  readonly ok: boolean;
  /** Errors and warnings, in source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Its models with how many trainable numbers each has. */
  readonly models: readonly { readonly name: string; readonly parameters: number }[];
}

/** A spec ready to be trained. */
export interface CompiledSpec {
  /** Plain data: layers, data, settings and the rate plan. */
  readonly program: TrainingProgram;
  /** Of the program's canonical form: what runs are recorded under. */
  readonly sha256: string;
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface PlanOptions {
  /** Samples of a training epoch, where the plan should be in steps too. Default: not known. */
  readonly samples?: number;
}

/** Reads the text of a spec without asking what it means. Never throws for a mistake in the text. */
export function parse(text: string, options: Pick<SpecOptions, "file"> = {}): Parsed {
  const { file, diagnostics } = syntax.parse(sourceOf(text, options));
  return { tree: file, diagnostics };
}

/**
 * Everything that is wrong with a spec: names, shapes, units, levels, rates, claims. Looks at no data and never throws
 * for a mistake in the text; what it imports is read.
 */
export function check(text: string, options: SpecOptions = {}): Checked {
  const { diagnostics, models } = compiled(text, options);
  return { ok: !diagnostics.some(({ severity }) => severity === "error"), diagnostics, models };
}

/**
 * Compiles a spec into the program that `plan` and `train` take.
 *
 * @throws LeracError with all diagnostics where the spec is wrong; L0502 where it has nothing to train, L0512 where it
 *   has several curricula and neither `train` nor `arm` chooses one
 */
export function compile(text: string, options: SpecOptions = {}): CompiledSpec {
  const { program, diagnostics, undecided = [] } = compiled(text, options);
  const file = options.file ?? defaultName;
  if (program === null) {
    const wrong = diagnostics.some(({ severity }) => severity === "error");
    throw new LeracError(exitCodes.spec, wrong ? diagnostics : [nothingToTrain(file)]);
  }
  if (undecided.length > 0) throw new LeracError(exitCodes.spec, [arms(file, undecided)]);
  return { program, sha256: hashProgram(program), diagnostics };
}

/**
 * Layers, levels and rates of a program before anything is trained: the document of `lerac plan --json`
 * (its schema: `lerac plan --help`). What it lists is what `train` applies, bit for bit.
 */
export function plan(program: TrainingProgram, options: PlanOptions = {}): PlanDocument {
  return planDocument(program, options.samples ?? null);
}

/** Diagnostics as the command prints them, without colours. @param width of a line, in characters. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], width = 100): string {
  return renderText(diagnostics, { color: false, width }, true);
}

const defaultName = "spec.lerac";

function sourceOf(text: string, { file = defaultName }: Pick<SpecOptions, "file">): SourceFile {
  return new SourceFile(file.replaceAll("\\", "/"), text.replace(/^\ufeff/, ""));
}

function compiled(text: string, options: SpecOptions): checker.Compiled {
  const { file = defaultName, set = {}, arm, loader = checker.fileLoader(file) } = options;
  const values = new Map(Object.entries(set).map(([name, value]) => [name, String(value)]));
  return checker.compile(sourceOf(text, options), {
    set: values,
    loader,
    ...(arm === undefined ? {} : { arm }),
  });
}

function nothingToTrain(file: string): Diagnostic {
  return error("L0502", `${file} has no \`train\` section: there is nothing to run`, {
    at: { place: file },
    helps: ["a spec that trains has a dataset, a model and a `train` section"],
  });
}

function arms(file: string, names: readonly string[]): Diagnostic {
  return error("L0512", `${file} has several curricula and trains under none of them by itself`, {
    at: { place: file },
    notes: [`its arms are ${names.join(", ")}`],
    helps: [`choose one with the option \`arm\`, such as "${names[0]}", or name one in \`train\``],
  });
}
