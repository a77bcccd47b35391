import { type Diagnostic, error, type SourceFile, type Span } from "../diagnostics/index.js";
import { rateTable, symbolicClock } from "../plan/index.js";
import type { LayerProgram, SplitProgram, TrainingProgram } from "../program/types.js";
import { type CallExpression, type File, type ModelItem, parse } from "../syntax/index.js";
import { calleeText } from "./calls.js";
import { checkArms, checkClaims } from "./claims.js";
import { type CheckedCurriculum, checkCurriculum, planOf } from "./curriculum.js";
import { type CheckedDataset, checkDataset } from "./dataset.js";
import { Evaluator, scope } from "./evaluate.js";
import { checkExperiment } from "./experiment.js";
import { evaluateParams, FileScope, type ParamValue } from "./file-scope.js";
import { checkFit } from "./fit.js";
import { type CheckedLayer, type CheckedModel, expandModel } from "./model/index.js";
import { initOf } from "./model/init.js";
import { Reporter } from "./reporter.js";
import { type CheckedTrain, checkTrain } from "./train.js";
import { unitOf, type Value } from "./values.js";

export interface CompileOptions {
  /** `--set NAME=VALUE`: values of `param`s, as written. */
  readonly set?: ReadonlyMap<string, string>;
}

export interface Compiled {
  /** Null when there are errors, or nothing to train. */
  readonly program: TrainingProgram | null;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Models of the file with their defaults, for summaries. */
  readonly models: readonly { readonly name: string; readonly parameters: number }[];
}

/**
 * Compiles one file: everything that can be wrong with it is said in one pass, without looking at data on disk, so
 * that every machine gives the same answer. Safe for files from strangers: it ends within bounded time and memory, and
 * touches nothing.
 */
export function compile(source: SourceFile, options: CompileOptions = {}): Compiled {
  const { file, diagnostics } = parse(source);
  // What hangs on a line that could not be read would only be noise.
  if (diagnostics.length > 0) return { program: null, diagnostics, models: [] };
  const reporter = new Reporter();
  if (!checkVersion(file, reporter)) return { program: null, diagnostics: reporter.diagnostics, models: [] };
  const compiler = new Compiler(file, options, reporter);
  const program = compiler.program();
  const models = [...compiler.models.values()].flatMap((model) => model ?? []);
  return {
    program: reporter.hasErrors ? null : program,
    diagnostics: reporter.diagnostics,
    models: models.map(({ name, parameters }) => ({ name, parameters })),
  };
}

function checkVersion(file: File, reporter: Reporter): boolean {
  if (file.version?.value === 1) return true;
  if (file.version === null) {
    const span = { source: file.source, start: 0, end: 0 };
    reporter.report(
      error("L0108", "the first statement of a file is `lerac 1`", {
        at: { span, text: "before this, the version of the language" },
        helps: [{ text: "add the line `lerac 1`", edits: [{ span, replacement: "lerac 1\n\n" }] }],
      }),
    );
  } else {
    reporter.report(
      error("L0004", `this program knows version 1 of the language, not ${file.version.value}`, {
        at: { span: file.version.span, text: "not known" },
        helps: ["install a newer lerac, or write `lerac 1`"],
      }),
    );
  }
  return false;
}

class Compiler {
  /** Every model of the file with its defaults; null where it has faults. */
  readonly models = new Map<string, CheckedModel | null>();
  private readonly scope: FileScope;
  private readonly params: ReadonlyMap<string, Value>;
  private readonly evaluator: Evaluator;
  private readonly datasets = new Map<string, CheckedDataset | null>();
  private readonly curricula = new Map<string, CheckedCurriculum | null>();

  constructor(
    private readonly file: File,
    options: CompileOptions,
    private readonly reporter: Reporter,
  ) {
    this.scope = new FileScope(file, reporter);
    this.params = evaluateParams(this.scope, options.set ?? new Map(), reporter);
    this.evaluator = new Evaluator(reporter, scope(this.params));
    for (const [name, item] of this.scope.datasets) {
      this.datasets.set(name, checkDataset(item, this.evaluator, reporter));
    }
    for (const [name, item] of this.scope.models) this.models.set(name, this.expand(item, null));
    for (const [name, item] of this.scope.curricula) {
      this.curricula.set(name, checkCurriculum(item, this.evaluator, reporter));
    }
  }

  program(): TrainingProgram | null {
    const stem = this.file.source.name.replace(/^.*[/\\]/, "").replace(/\.lerac$/, "");
    const experiment = checkExperiment(this.scope.only("experiment"), stem, this.evaluator, this.reporter);
    const trainItem = this.scope.only("train");
    const dataset = (name: string | null) =>
      (name === null ? sole(this.datasets) : this.datasets.get(name)) ?? null;
    const train = trainItem && checkTrain(trainItem, dataset, this.evaluator, this.reporter);
    const compareItem = this.scope.only("compare");
    const names = [...this.curricula.keys()];
    const arms = compareItem === null ? [] : checkArms(compareItem, names, this.reporter);
    const data = train && this.named("dataset", train.data, this.datasets, train.span);
    const expectItem = this.scope.only("expect");
    const context = {
      arms,
      dataset: data,
      metrics: train?.settings.metrics ?? [],
      model: (call: CallExpression) => this.modelOf(call),
    };
    // Claims about what is measured make sense only once it is clear what is trained.
    const claims =
      expectItem === null || (trainItem !== null && (train === null || data === null))
        ? []
        : checkClaims(expectItem, context, this.evaluator, this.reporter);
    if (train === null || data === null || experiment === null) return null;
    const model = this.trainedModel(train);
    const curriculum = this.trainedCurriculum(train);
    if (model === null || curriculum === undefined || !checkFit(data, model, train, this.reporter))
      return null;
    const plan = planOf(curriculum, model, train, this.reporter);
    if (plan === null) return null;
    const clock = symbolicClock(plan, train.settings.length);
    return {
      lerac: 1,
      experiment,
      params: Object.fromEntries([...this.params].flatMap(([name, value]) => plain(name, value))),
      data: dataProgram(data, model),
      model: {
        name: model.name,
        inputs: model.inputs.map(({ name, shape }) => ({ name, shape })),
        layers: model.layers.map((layer) => layerProgram(layer, train)),
        parameters: model.parameters,
        multiplyAdds: model.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
      },
      train: train.settings,
      plan: { ...plan, table: clock && rateTable({ ...plan, table: null }, clock) },
      arms,
      claims,
    };
  }

  private expand(item: ModelItem, call: CallExpression | null): CheckedModel | null {
    const definitions = {
      block: (name: string) => this.scope.blocks.get(name),
      blockNames: () => [...this.scope.blocks.keys()],
    };
    const bare: CallExpression = { kind: "call", callee: [item.name], arguments: [], span: item.name.span };
    return expandModel(item, call ?? bare, definitions, scope(this.params), this.reporter);
  }

  private modelOf(call: CallExpression): CheckedModel | null | undefined {
    const item = this.scope.models.get(calleeText(call));
    if (item === undefined) return undefined;
    return call.arguments.length === 0 ? this.models.get(item.name.text) : this.expand(item, call);
  }

  private trainedModel(train: CheckedTrain): CheckedModel | null {
    if (train.model === null) return this.named("model", null, this.models, train.span);
    const model = this.modelOf(train.model);
    if (model !== undefined) return model;
    const [name] = train.model.callee;
    return name === undefined ? null : this.named("model", name, this.models, train.span);
  }

  /** The curriculum to train under: null for conventional, undefined after a reported fault. */
  private trainedCurriculum(train: CheckedTrain): CheckedCurriculum | null | undefined {
    if (train.curriculum === null && this.curricula.size === 0) return null;
    if (train.curriculum?.text === "conventional" && !this.curricula.has("conventional")) return null;
    const found = this.named("curriculum", train.curriculum, this.curricula, train.span);
    if (found === null) return undefined;
    if (found.kind !== "cbs") return found;
    this.reporter.report(
      error("L0499", "training under `cbs` is not built yet", {
        at: {
          span: train.curriculum?.span ?? found.span,
          text: "can be compared, but not trained in this version",
        },
      }),
    );
    return undefined;
  }

  /** A thing of the file by name, or the only one of its kind. */
  private named<T>(
    kind: "dataset" | "model" | "curriculum",
    name: { readonly text: string; readonly span: Span } | null,
    things: ReadonlyMap<string, T | null>,
    section: Span,
  ): T | null {
    if (name !== null) {
      const found = things.get(name.text);
      if (found !== undefined) return found;
      const known = [...things.keys()];
      this.reporter.report(
        error("L0510", `there is no ${kind} called \`${name.text}\``, {
          at: { span: name.span, text: "not in this file" },
          notes: known.length > 0 ? [`there is ${known.join(", ")}`] : [],
        }),
      );
      return null;
    }
    if (things.size === 1) return sole(things) ?? null;
    const setting = kind === "dataset" ? "data" : kind;
    this.reporter.report(
      error(
        "L0511",
        things.size === 0 ? `there is no ${kind} to train with` : `which ${kind} does \`train\` mean?`,
        {
          at: { span: section, text: things.size === 0 ? "trains something" : `names no ${kind}` },
          helps: [
            things.size === 0 ? `add a \`${kind}\` section` : `add \`${setting}  ${[...things.keys()][0]}\``,
          ],
        },
      ),
    );
    return null;
  }
}

function sole<T>(things: ReadonlyMap<string, T>): T | undefined {
  return things.size === 1 ? things.values().next().value : undefined;
}

function plain(name: string, value: Value): [string, ParamValue][] {
  switch (value.type) {
    case "number":
      return [
        [name, value.unit === null ? value.value : `${value.value} ${unitOf[value.unit] ?? value.unit}`],
      ];
    case "string":
    case "word":
      return [[name, value.text]];
    case "boolean":
      return [[name, value.value]];
    default:
      return [];
  }
}

function dataProgram(data: CheckedDataset, model: CheckedModel): TrainingProgram["data"] {
  const [height = 1, width = 1, channels = 1] = model.inputs[0]?.shape ?? [];
  const split = (found: { readonly program: SplitProgram } | null) => found?.program ?? null;
  return {
    name: data.name,
    source: data.source,
    sample: { kind: "image", height, width, channels },
    classes: data.classes.count,
    classNames: data.classes.names,
    train: data.train.program,
    val: split(data.val),
    test: split(data.test),
    scale: data.scale,
  };
}

function layerProgram(layer: CheckedLayer, train: CheckedTrain): LayerProgram {
  return {
    address: layer.address,
    operator: layer.operator.name,
    inputs: layer.inputs,
    attributes: layer.args as LayerProgram["attributes"],
    output: layer.output,
    tensors: layer.tensors.map((tensor) => ({
      address: `${layer.address}.${tensor.name}`,
      shape: tensor.shape,
      trainable: tensor.trainable,
      init: initOf(tensor, layer.init ?? train.init),
    })),
    multiplyAdds: layer.multiplyAdds,
    title: layer.title,
  };
}
