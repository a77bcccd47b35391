import { suggest } from "../base/suggest.js";
import { type Diagnostic, error, type SourceFile, type Span } from "../diagnostics/index.js";
import type { ClaimProgram, TrainingProgram } from "../program/types.js";
import { type CallExpression, parse } from "../syntax/index.js";
import { calleeSpan, calleeText } from "./calls.js";
import type { CheckedTrain, TrainNames } from "./checked-train.js";
import { checkClaims } from "./claims.js";
import { type CheckedArm, type CheckedComparison, checkArms } from "./compare.js";
import type { CheckedCurriculum } from "./curricula/checked-curriculum.js";
import { chooseCurriculum } from "./curricula/choose.js";
import { checkCurriculum } from "./curricula/read-curriculum.js";
import { type CheckedDataset, checkDataset } from "./dataset.js";
import { scope } from "./environment.js";
import { Evaluator } from "./evaluate.js";
import { type CheckedExperiment, checkExperiment } from "./experiment.js";
import { evaluateParams, type FileScope, type Once, type OnceKind } from "./file-scope.js";
import { checkFit } from "./fit.js";
import { type LoadedModules, loadModules } from "./imports/load.js";
import { noImports, type SourceLoader } from "./imports/loader.js";
import { memberNames } from "./imports/members.js";
import { runLints } from "./lints/index.js";
import { dataProgram, modelProgram, paramValue } from "./lower.js";
import type { MetricContext } from "./metric-reference.js";
import type { CheckedModel } from "./model/index.js";
import { Models } from "./models.js";
import { named, sole, unknownThing } from "./named.js";
import { checkLevels, checkPlans, type PlannedRates } from "./plans.js";
import { Reporter } from "./reporter.js";
import { checkTrain } from "./train.js";
import type { Value } from "./values.js";
import { checkVersion } from "./version.js";
import { checkWeights } from "./weights/index.js";

export interface CompileOptions {
  /** `--set NAME=VALUE`: values of `param`s, as written. */
  readonly set?: ReadonlyMap<string, string>;
  /** Reads what the file imports; without one nothing can be imported. */
  readonly loader?: SourceLoader;
  /** The arm of `compare` that the program is to train, instead of what `train` names. */
  readonly arm?: string;
}

export interface Compiled {
  /** Null when there are errors, or nothing to train. */
  readonly program: TrainingProgram | null;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Models of the file with their defaults, and an imported one that is trained, for summaries. */
  readonly models: readonly { readonly name: string; readonly parameters: number }[];
  /** What the file imports, directly or not: `name` is a relative path with `/`, under which a run keeps the text. */
  readonly imports: readonly { readonly name: string; readonly text: string }[];
  /** Where the spec says where the data lie, for messages about the data; null without a program. */
  readonly dataSource: Span | null;
  /** Arms of `compare` that a run has to choose from: the file has several curricula, and `train` names none. */
  readonly undecided?: readonly string[];
  /** Layers of the program by address: which of their arguments were written, not defaults. */
  readonly written?: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Compiles one file: everything that can be wrong with it is said in one pass, without looking at data on disk, so
 * that every machine gives the same answer. Safe for files from strangers: it ends within bounded time and memory, and
 * touches nothing.
 */
export function compile(source: SourceFile, options: CompileOptions = {}): Compiled {
  const parsed = parse(source);
  const reporter = new Reporter();
  reporter.addFile(source);
  reporter.reportSyntax(parsed.diagnostics, parsed.broken);
  const modules = loadModules(parsed, options.loader ?? noImports, reporter);
  // Where nobody knows what the file declares, all else would only be noise: then only mistakes of syntax are reported,
  // those of the file and of what it imports, and imports that fail.
  if (parsed.broken === null) {
    const syntax = new Set([...parsed.diagnostics, ...modules.syntax]);
    const found = reporter.diagnostics.filter((one) => syntax.has(one) || importCodes.test(one.code));
    return failed(found, modules);
  }
  if (!checkVersion(parsed.file, reporter)) return failed(reporter.diagnostics, modules);
  const compiler = new Compiler(modules, options, reporter);
  const program = compiler.program();
  const sound = !reporter.hasErrors;
  if (sound) compiler.lint();
  return {
    program: sound ? program : null,
    diagnostics: reporter.diagnostics,
    models: compiler.summary.map(({ name, parameters }) => ({ name, parameters })),
    imports: importsOf(modules),
    dataSource: sound ? compiler.dataSource : null,
    undecided: compiler.undecided,
    written: compiler.written,
  };
}

/** Faults of imports themselves. */
const importCodes = /^L001\d$/;

function failed(diagnostics: readonly Diagnostic[], modules: LoadedModules): Compiled {
  return { program: null, diagnostics, models: [], imports: importsOf(modules), dataSource: null };
}

function importsOf({ imported }: LoadedModules): Compiled["imports"] {
  return imported.map(({ keepAs, source }) => ({ name: keepAs, text: source.text }));
}

/** What a file without `train` measures. */
const nothing: MetricContext = { dataset: null, metrics: [] };

class Compiler {
  private readonly models: Models;
  /** An imported model that is trained. */
  private imported: CheckedModel | null = null;
  /** Where the path of the data trained on is written. */
  dataSource: Span | null = null;
  readonly written = new Map<string, ReadonlySet<string>>();
  undecided: readonly string[] = [];
  private train: CheckedTrain | null = null;
  private trained: CheckedModel | null = null;
  private planned: readonly PlannedRates[] = [];
  private readonly scope: FileScope;
  private readonly params: ReadonlyMap<string, Value | null>;
  private readonly evaluator: Evaluator;
  private readonly datasets = new Map<string, CheckedDataset | null>();
  private readonly curricula = new Map<string, CheckedCurriculum | null>();

  constructor(
    private readonly modules: LoadedModules,
    private readonly options: CompileOptions,
    private readonly reporter: Reporter,
  ) {
    this.scope = modules.main.scope;
    this.params = evaluateParams(this.scope, options.set ?? new Map(), reporter);
    this.evaluator = new Evaluator(reporter, scope(this.params));
    for (const [name, item] of this.scope.datasets) {
      const readable = !this.scope.isBroken(item);
      this.datasets.set(name, readable ? checkDataset(item, this.evaluator, reporter) : null);
    }
    this.models = new Models(modules.main, scope(this.params), reporter);
    for (const [name, item] of this.scope.curricula) {
      const readable = !this.scope.isBroken(item);
      this.curricula.set(name, readable ? checkCurriculum(item, this.evaluator, reporter) : null);
    }
  }

  get summary(): readonly CheckedModel[] {
    const models = [...this.models.own.values()].flatMap((model) => model ?? []);
    return this.imported === null ? models : [...models, this.imported];
  }

  program(): TrainingProgram | null {
    const { evaluator, reporter } = this;
    const experimentItem = this.once("experiment");
    const experiment =
      experimentItem === undefined ? null : checkExperiment(experimentItem, evaluator, reporter);
    const trainItem = this.once("train");
    const dataset = (name: string | null) =>
      (name === null ? sole(this.datasets) : this.datasets.get(name)) ?? null;
    const reading = trainItem ? checkTrain(trainItem, dataset, evaluator, reporter) : null;
    const { names = null, measured = null, train = null } = reading ?? {};
    this.train = train;
    const comparison = this.comparison(measured);
    const data = names && named("dataset", names.data, this.datasets, names.span, reporter);
    const claims = this.claims(comparison, experiment, data, trainItem === null ? nothing : measured);
    if (names === null || !trainItem) return null;
    const model = this.trainedModel(names);
    this.trained = model;
    const weights = model && checkWeights(trainItem, model, this.modules.main, evaluator, reporter);
    const sample = model && data && train && checkFit(data, model, train, reporter);
    const section = { span: names.span, hasArms: comparison === null || comparison.arms.length > 0 };
    const chosen = chooseCurriculum(names.curriculum, this.curricula, section, evaluator, reporter);
    const arms = comparison?.arms ?? [];
    const arm = this.chosenArm(arms);
    if (model === null || chosen === null || arm === undefined) return null;
    if (train === null) checkLevels(chosen, arms, model, evaluator, reporter);
    const plans = train && checkPlans(chosen, arms, arm, model, train, evaluator, reporter);
    if (train === null) return null;
    if (plans === null || sample === null || weights === null || data === null || experiment === null)
      return null;
    this.dataSource = data.sourceSpan;
    for (const layer of model.layers) this.written.set(layer.address, new Set(Object.keys(layer.argSpans)));
    this.planned = plans.planned;
    if (chosen.undecided && arm === null) this.undecided = arms.map(({ name }) => name);
    return {
      lerac: 1,
      experiment: { seeds: experiment.seeds, name: experiment.name ?? `${model.name} on ${data.name}` },
      params: Object.fromEntries(
        [...this.params].flatMap(([name, value]) => (value === null ? [] : paramValue(name, value))),
      ),
      data: dataProgram(data, sample),
      model: modelProgram(model, train.init),
      train: train.settings,
      ...(weights.length === 0 ? {} : { weights }),
      plan: plans.plan,
      arms: plans.arms,
      claims,
    };
  }

  /** A section that a file has at most once; null without one, undefined where it has mistakes of syntax. */
  private once<K extends OnceKind>(kind: K): Once<K> | null | undefined {
    const item = this.scope.only(kind);
    return item !== null && this.scope.isBroken(item) ? undefined : item;
  }

  /** @param measured null where that can't be told */
  private claims(
    comparison: CheckedComparison | null,
    experiment: CheckedExperiment | null,
    data: CheckedDataset | null,
    measured: MetricContext | null,
  ): readonly ClaimProgram[] {
    const item = this.once("expect");
    if (!item) return [];
    const pairs =
      experiment === null || (data === null && measured !== nothing)
        ? null
        : {
            seeds: experiment.seeds.length,
            seedsSpan: experiment.seedsSpan,
            folds: data?.folds?.count ?? 1,
          };
    const model = (call: CallExpression) => this.models.find(call);
    return checkClaims(item, { comparison, measured, pairs, model }, this.evaluator, this.reporter);
  }

  private trainedModel(train: TrainNames): CheckedModel | null {
    if (train.model === null) {
      return this.models.sole() ?? named("model", null, this.models.own, train.span, this.reporter);
    }
    const model = this.models.find(train.model);
    if (model === undefined) {
      const name = { text: calleeText(train.model), span: calleeSpan(train.model) };
      this.reporter.report(unknownThing("model", name, memberNames("model", this.modules.main)));
      return null;
    }
    if (model !== null && !this.models.own.has(model.name)) this.imported = model;
    return model;
  }

  /** Warnings about a file that is right. */
  lint(): void {
    const { train, trained, planned } = this;
    const models = new Map([...this.models.own].flatMap(([name, model]) => (model ? [[name, model]] : [])));
    const { file } = this.modules.main.scope;
    for (const found of runLints({ file, models, trained, train, planned })) this.reporter.report(found);
  }

  /** Null where the section has mistakes of syntax. */
  private comparison(metrics: MetricContext | null): CheckedComparison | null {
    const item = this.once("compare");
    if (item === undefined) return null;
    if (item === null) return { arms: [], faulty: new Set() };
    const { curricula: declared, evaluator, reporter } = this;
    return checkArms(item, { declared, metrics, evaluator, reporter });
  }

  /** The arm asked for; null where none is, undefined after a reported fault. */
  private chosenArm(arms: readonly CheckedArm[]): CheckedArm | null | undefined {
    const name = this.options.arm;
    if (name === undefined) return null;
    const found = arms.find((arm) => arm.name === name);
    if (found === undefined) {
      const known = arms.map((arm) => arm.name);
      const near = suggest(name, known);
      this.reporter.report(
        error("L0419", `the spec has no arm called \`${name}\``, {
          at: { place: `--arm ${name}` },
          notes: known.length === 0 ? ["it has no `compare` section"] : [`its arms are ${known.join(", ")}`],
          helps: near.slice(0, 1).map((n) => `did you mean \`${n}\`?`),
        }),
      );
    }
    return found;
  }
}
