import { error, type Span } from "../diagnostics/index.js";
import { losses, metrics, optimizers, schedules } from "../language/training.js";
import type { Schedule, Time } from "../plan/index.js";
import type { MetricProgram, OptimizerProgram, TrainSettings } from "../program/types.js";
import type { CallExpression, Setting, TrainItem } from "../syntax/index.js";
import { asCall, type CheckedCall, checkCall } from "./calls.js";
import type { CheckedDataset } from "./dataset.js";
import type { Evaluator } from "./evaluate.js";
import { metricReference } from "./metric-reference.js";
import { defaultInit, type InitChoice, readInit } from "./model/init.js";
import type { Reporter } from "./reporter.js";
import { onlyValue, readSettings, requireSetting } from "./settings.js";
import { asTime } from "./times.js";

/** A `train` section by itself. */
export interface CheckedTrain {
  readonly span: Span;
  /** What the section names; null where the file has one of a kind. */
  readonly data: { readonly text: string; readonly span: Span } | null;
  readonly model: CallExpression | null;
  readonly curriculum: { readonly text: string; readonly span: Span } | null;
  readonly lossSpan: Span;
  readonly init: InitChoice;
  readonly settings: TrainSettings;
  readonly rateSpan: Span | null;
  readonly schedule: Schedule;
  readonly scheduleSpan: Span | null;
  readonly lengthSpan: Span;
}

const settingNames = [
  "data",
  "model",
  "curriculum",
  "init",
  "loss",
  "metrics",
  "optimizer",
  "schedule",
  "batch",
  "last_batch",
  "epochs",
  "steps",
  "evaluate",
  "keep",
];

export function checkTrain(
  item: TrainItem,
  dataset: (name: string | null) => CheckedDataset | null,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedTrain | null {
  const reader = new TrainReader(item, evaluator, reporter);
  return reader.read(dataset);
}

class TrainReader {
  private readonly table = { title: "`train`", settings: settingNames };
  private readonly settings: ReadonlyMap<string, Setting>;

  constructor(
    private readonly item: TrainItem,
    private readonly evaluator: Evaluator,
    private readonly reporter: Reporter,
  ) {
    this.settings = readSettings(item.settings, this.table, reporter);
  }

  read(dataset: (name: string | null) => CheckedDataset | null): CheckedTrain | null {
    const data = this.name("data");
    const model = this.modelCall();
    const curriculum = this.name("curriculum");
    const loss = this.required("loss", "loss  cross_entropy", losses, "a loss");
    const optimizerCall = this.required("optimizer", "optimizer  sgd(rate: 0.1)", optimizers, "an optimizer");
    const optimizer = optimizerCall && this.optimizer(optimizerCall);
    const scheduleSetting = this.settings.get("schedule");
    const schedule =
      scheduleSetting === undefined ? ({ kind: "constant" } as const) : this.schedule(scheduleSetting);
    const batch = this.count("batch", "batch  64");
    const length = this.length();
    const checkedMetrics = this.metrics();
    const evaluateEvery = this.evaluateEvery();
    const lastBatch = this.lastBatch();
    const init = this.init();
    const keep =
      checkedMetrics && this.keep(dataset(data === false ? null : (data?.text ?? null)), checkedMetrics);
    if (data === false || curriculum === false || model === false) return null;
    if (!loss || !optimizer || !schedule || !batch || !length || !checkedMetrics || !keep) return null;
    if (!evaluateEvery || !lastBatch || !init) return null;
    return {
      span: this.item.keyword,
      data,
      model,
      curriculum,
      lossSpan: loss.span,
      init,
      rateSpan: optimizerCall?.spans.rate ?? null,
      schedule,
      scheduleSpan: scheduleSetting?.span ?? null,
      lengthSpan: length.span,
      settings: {
        loss: { kind: "cross_entropy" },
        metrics: checkedMetrics,
        optimizer,
        batch,
        lastBatch,
        length: length.value,
        evaluateEvery,
        keep,
      },
    };
  }

  /** A setting that names a thing of the file: null where it is left out, false after a fault. */
  private name(setting: string): { text: string; span: Span } | null | false {
    const found = this.settings.get(setting);
    if (found === undefined) return null;
    const value = onlyValue(found, this.reporter);
    const call = value && asCall(value);
    const [name, ...more] = call?.callee ?? [];
    if (name !== undefined && more.length === 0 && call?.arguments.length === 0) return name;
    if (value !== null) this.fault("L0210", `\`${setting}\` needs a name`, value.span, "not a name");
    return false;
  }

  private modelCall(): CallExpression | null | false {
    const found = this.settings.get("model");
    if (found === undefined) return null;
    const value = onlyValue(found, this.reporter);
    const call = value && asCall(value);
    if (call !== null) return call;
    if (value !== null) this.fault("L0210", "`model` needs the name of a model", value.span, "not a name");
    return false;
  }

  private required(
    name: string,
    example: string,
    entries: typeof losses,
    what: string,
  ): CheckedCall<never> | null {
    const setting = requireSetting(
      this.settings,
      name,
      this.table,
      this.item.keyword,
      example,
      this.reporter,
    );
    const value = setting && onlyValue(setting, this.reporter);
    return (
      value && (checkCall(value, entries, what, this.evaluator, this.reporter) as CheckedCall<never> | null)
    );
  }

  private optimizer(call: CheckedCall<never>): OptimizerProgram | null {
    const { values, spans } = call;
    const rate = values.rate as number;
    if (!(rate > 0))
      return this.fault("L0211", "`rate` must be above 0", spans.rate as Span, "the common rate");
    const weightDecay = values.weight_decay as number;
    if ((call.entry as { name: string }).name === "sgd") {
      const momentum = values.momentum as number;
      const nesterov = values.nesterov as boolean;
      if (nesterov && momentum === 0) {
        return this.fault(
          "L0211",
          "`nesterov` needs momentum",
          spans.nesterov as Span,
          "looks ahead along the momentum",
          ["add `momentum: 0.9`"],
        );
      }
      return { kind: "sgd", rate, momentum, nesterov, weightDecay };
    }
    const betas = values.betas as readonly number[];
    const [beta1, beta2, ...more] = betas;
    const inside = (beta: number | undefined) => beta !== undefined && beta >= 0 && beta < 1;
    if (!inside(beta1) || !inside(beta2) || more.length > 0) {
      return this.fault(
        "L0211",
        "`betas` needs two numbers from 0 to below 1",
        spans.betas as Span,
        "such as [0.9, 0.999]",
      );
    }
    return {
      kind: "adam",
      rate,
      beta1: beta1 as number,
      beta2: beta2 as number,
      eps: values.eps as number,
      weightDecay,
    };
  }

  private schedule(setting: Setting): Schedule | null {
    const value = onlyValue(setting, this.reporter);
    const call = value && checkCall(value, schedules, "a schedule", this.evaluator, this.reporter);
    if (call === null) return null;
    return call.entry.name === "cosine"
      ? { kind: "cosine", floor: call.values.floor as number }
      : { kind: "constant" };
  }

  private count(name: string, example: string): number | null {
    const setting = requireSetting(
      this.settings,
      name,
      this.table,
      this.item.keyword,
      example,
      this.reporter,
    );
    return setting && this.wholeNumber(setting);
  }

  private wholeNumber(setting: Setting): number | null {
    const value = onlyValue(setting, this.reporter);
    const number = value && this.evaluator.evaluate(value);
    if (value === null || number === null) return null;
    const name = setting.head.text;
    if (number.type === "number" && number.unit !== null && name === number.unit) {
      return this.fault("L0212", `\`${name}\` says its unit already`, value.span, "the unit once more", [
        `write \`${name}  ${number.value}\``,
      ]);
    }
    if (
      number.type === "number" &&
      number.unit === null &&
      Number.isSafeInteger(number.value) &&
      number.value >= 1
    ) {
      if (number.value <= 1e9) return number.value;
      return this.fault("L0211", `\`${name}\` is at most 1,000,000,000`, value.span, "too many");
    }
    return this.fault("L0210", `\`${name}\` needs a whole number of at least 1`, value.span, "how many");
  }

  private length(): { value: TrainSettings["length"]; span: Span } | null {
    const epochs = this.settings.get("epochs");
    const steps = this.settings.get("steps");
    if (epochs !== undefined && steps !== undefined) {
      return this.fault(
        "L0216",
        "a run is so many epochs or so many steps long, not both",
        steps.span,
        "the second length",
      );
    }
    const setting = epochs ?? steps;
    if (setting === undefined) {
      requireSetting(this.settings, "epochs", this.table, this.item.keyword, "epochs  30", this.reporter);
      return null;
    }
    const value = this.wholeNumber(setting);
    if (value === null) return null;
    return { value: { unit: epochs ? "epochs" : "steps", value }, span: setting.span };
  }

  private metrics(): readonly MetricProgram[] | null {
    const setting = this.settings.get("metrics");
    if (setting === undefined) return [{ kind: "accuracy", name: "accuracy" }];
    const found = setting.values.map((value) =>
      checkCall(value, metrics, "a metric", this.evaluator, this.reporter),
    );
    if (found.length === 0)
      return this.fault("L0217", "`metrics` names none", setting.span, "such as `accuracy`");
    if (found.includes(null)) return null;
    return (found as CheckedCall<never>[]).map((call) =>
      call.values.k === undefined
        ? { kind: "accuracy", name: "accuracy" }
        : { kind: "top", name: `top(${call.values.k})`, k: call.values.k as number },
    );
  }

  private evaluateEvery(): Time | null {
    const setting = this.settings.get("evaluate");
    if (setting === undefined) return { unit: "epochs", value: 1 };
    const clause = setting.clauses.find((c) => c.word.text === "every");
    const [value] = clause?.values ?? [];
    if (value === undefined || setting.values.length > 0) {
      return this.fault(
        "L0217",
        "`evaluate` says how often",
        setting.span,
        "such as `evaluate  every 5 epochs`",
      );
    }
    const located = this.evaluator.located(value);
    const time = located && asTime(located, "every", this.reporter);
    if (time !== null && !(time.value > 0))
      return this.fault("L0211", "`every` must be above 0", value.span, "how often");
    return time;
  }

  private lastBatch(): "keep" | "drop" | null {
    const setting = this.settings.get("last_batch");
    if (setting === undefined) return "keep";
    const value = onlyValue(setting, this.reporter);
    const word = value && this.evaluator.evaluate(value);
    if (word?.type === "word" && (word.text === "keep" || word.text === "drop")) return word.text;
    return (
      value &&
      this.fault(
        "L0218",
        "`last_batch` is `keep` or `drop`",
        value.span,
        "the smaller last batch of an epoch",
      )
    );
  }

  private init(): InitChoice | null {
    const setting = this.settings.get("init");
    if (setting === undefined) return defaultInit;
    const value = onlyValue(setting, this.reporter);
    return value && readInit(value, this.evaluator, this.reporter);
  }

  private keep(
    dataset: CheckedDataset | null,
    known: readonly MetricProgram[],
  ): TrainSettings["keep"] | null {
    const setting = this.settings.get("keep");
    if (setting === undefined) return { kind: "last" };
    const value = onlyValue(setting, this.reporter);
    const call = value && asCall(value);
    const name = call?.callee.map((part) => part.text).join(".");
    if (call && name === "last" && call.arguments.length === 0) return { kind: "last" };
    const [argument, ...more] = call?.arguments ?? [];
    if (name !== "best" || argument === undefined || more.length > 0) {
      return (
        value &&
        this.fault(
          "L0218",
          "`keep` is `last` or `best(SPLIT.METRIC)`",
          value.span,
          "such as `best(val.accuracy)`",
        )
      );
    }
    const reference = metricReference(argument.value, dataset, known, this.reporter);
    return reference && { kind: "best", split: reference.split, metric: reference.metric };
  }

  private fault(
    code: string,
    message: string,
    span: Span,
    text: string,
    helps: readonly string[] = [],
  ): null {
    this.reporter.report(error(code, message, { at: { span, text }, helps }));
    return null;
  }
}
