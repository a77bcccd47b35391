import { error, type Span } from "../diagnostics/index.js";
import type { Catalogue, Entry } from "../language/catalogue.js";
import { losses } from "../language/losses/index.js";
import { type MetricEntry, metrics } from "../language/metrics/index.js";
import { optimizers } from "../language/optimizers/index.js";
import type { Time } from "../plan/index.js";
import type { CallExpression, Name, Setting, TrainItem } from "../syntax/index.js";
import { asCall, type CheckedCall, checkCall } from "./calls.js";
import type { CheckedTrain, TrainReading } from "./checked-train.js";
import type { CheckedDataset } from "./dataset.js";
import type { Evaluator } from "./evaluate.js";
import { metricsInForce, readLoss } from "./loss.js";
import type { MetricContext } from "./metric-reference.js";
import { defaultInit, type InitChoice, readInit } from "./model/init.js";
import { readOptimizer } from "./optimizer.js";
import type { Reporter } from "./reporter.js";
import { onlyValue, readSettings, requireSetting } from "./settings.js";
import { asTime } from "./times.js";
import { eachOnce } from "./training/each-once.js";
import { joinedNames, plainName } from "./training/names.js";
import { readLength, readWholeNumber } from "./training/numbers.js";
import { type CheckedSchedule, defaultSchedule, readSchedule } from "./training/schedule.js";
import {
  type ReadContext,
  readAverage,
  readClip,
  readKeep,
  readStop,
  type Selection,
} from "./training/stopping.js";

/** `weights` is read by `weights/`, once the model is known. */
const settingNames = [
  "data",
  "model",
  "curriculum",
  "weights",
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
  "stop",
  "clip",
  "average",
];

export function checkTrain(
  item: TrainItem,
  dataset: (name: string | null) => CheckedDataset | null,
  evaluator: Evaluator,
  reporter: Reporter,
): TrainReading {
  const reader = new TrainReader(item, evaluator, reporter);
  return reader.read(dataset);
}

class TrainReader {
  private readonly table = { title: "`train`", settings: settingNames, repeated: ["weights"] };
  private readonly settings: ReadonlyMap<string, Setting>;

  constructor(
    private readonly item: TrainItem,
    private readonly evaluator: Evaluator,
    private readonly reporter: Reporter,
  ) {
    this.settings = readSettings(item.settings, this.table, reporter);
  }

  read(dataset: (name: string | null) => CheckedDataset | null): TrainReading {
    const data = this.name("data");
    const model = this.modelCall();
    const curriculum = this.curriculum();
    const loss = this.required("loss", "loss  cross_entropy", losses, "a loss");
    const optimizerCall = this.required("optimizer", "optimizer  sgd(rate: 0.1)", optimizers, "an optimizer");
    const optimizer = optimizerCall && readOptimizer(optimizerCall, this.reporter);
    const batch = this.batch();
    const length = this.length();
    const writtenMetrics = this.metrics();
    const evaluateEvery = this.evaluateEvery();
    const lastBatch = this.lastBatch();
    const init = this.init();
    const { keyword: span } = this.item;
    const names =
      data === false || model === false || curriculum === false ? null : { span, data, model, curriculum };
    if (!loss || !writtenMetrics) return { names, measured: null, train: null };
    const measured: MetricContext = {
      dataset: dataset(data === false ? null : (data?.text ?? null)),
      metrics: metricsInForce(writtenMetrics, loss.entry),
    };
    const selections: Selection[] = [];
    const { evaluator, reporter } = this;
    const context: ReadContext = { metrics: measured, evaluator, reporter, selections };
    const schedule = this.schedule(measured);
    const keep = this.optional("keep", context, readKeep);
    const stop = this.optional("stop", context, readStop);
    const clip = this.optional("clip", context, readClip);
    const average = this.optional("average", context, readAverage);
    const faulty = { names, measured, train: null };
    if (names === null) return faulty;
    if (!optimizer || !schedule || !batch || !length || !evaluateEvery || !lastBatch || !init) return faulty;
    if (keep === null || stop === null || clip === null || average === null) return faulty;
    const { watched } = schedule;
    if (watched !== null) selections.push({ by: "schedule", split: watched.split, span: watched.span });
    const train: CheckedTrain = {
      ...names,
      loss,
      lossSpan: loss.span,
      metrics: writtenMetrics,
      init,
      rateSpan: optimizerCall?.written.rate ?? null,
      schedule,
      lengthSpan: length.span,
      selections,
      measured,
      settings: {
        loss: readLoss(loss),
        metrics: measured.metrics,
        optimizer,
        batch,
        lastBatch,
        length: length.value,
        evaluateEvery,
        keep: keep ?? { kind: "last" },
        ...(stop === undefined ? {} : { stop }),
        ...(clip === undefined ? {} : { clip }),
        ...(average === undefined ? {} : { average }),
      },
    };
    return { names, measured, train };
  }

  /** A setting that names a thing of the file: null where it is left out, false after a fault. */
  private name(setting: string): Name | null | false {
    const found = this.settings.get(setting);
    if (found === undefined) return null;
    const value = onlyValue(found, this.reporter);
    const name = value && plainName(value);
    if (name !== null) return name;
    if (value !== null) this.fault("L0210", `\`${setting}\` needs a name`, value.span, "not a name");
    return false;
  }

  /** `lerac`, or `cbs + lerac`. */
  private curriculum(): readonly Name[] | null | false {
    const found = this.settings.get("curriculum");
    if (found === undefined) return null;
    const value = onlyValue(found, this.reporter);
    const names = value && joinedNames(value);
    if (names !== null) return names;
    if (value !== null) {
      this.fault("L0210", "`curriculum` needs a name", value.span, "not a name", [
        "two kinds are joined by `+`: `cbs + lerac`",
      ]);
    }
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

  private required<E extends Entry>(
    name: string,
    example: string,
    entries: Catalogue<E>,
    what: string,
  ): CheckedCall<E> | null {
    const setting = this.require(name, example);
    const value = setting && onlyValue(setting, this.reporter);
    return value && checkCall(value, entries, what, this.evaluator, this.reporter);
  }

  private require(name: string, example: string): Setting | null {
    return requireSetting(this.settings, name, this.table, this.item.keyword, example, this.reporter);
  }

  /** Undefined where it is left out, or says what holds anyway; null after a fault. */
  private optional<T>(
    name: string,
    context: ReadContext,
    read: (setting: Setting, context: ReadContext) => T | null | undefined,
  ): T | null | undefined {
    const setting = this.settings.get(name);
    return setting === undefined ? undefined : read(setting, context);
  }

  private schedule(measured: MetricContext): CheckedSchedule | null {
    const setting = this.settings.get("schedule");
    if (setting === undefined) return defaultSchedule();
    const value = onlyValue(setting, this.reporter);
    return value && readSchedule(value, measured, this.evaluator, this.reporter);
  }

  private batch(): number | null {
    const setting = this.require("batch", "batch  64");
    return setting && readWholeNumber(setting, this.evaluator, this.reporter);
  }

  private length() {
    const [epochs, steps] = [this.settings.get("epochs"), this.settings.get("steps")];
    const length = readLength(epochs, steps, this.evaluator, this.reporter);
    if (length === undefined) this.require("epochs", "epochs  30");
    return length ?? null;
  }

  private metrics(): readonly CheckedCall<MetricEntry>[] | null {
    const setting = this.settings.get("metrics");
    if (setting === undefined) return [];
    const found = setting.values.map((value) =>
      checkCall(value, metrics, "a metric", this.evaluator, this.reporter),
    );
    if (found.length === 0)
      return this.fault("L0217", "`metrics` names none", setting.span, "such as `accuracy`");
    if (found.includes(null)) return null;
    return eachOnce(setting, this.reporter) ? (found as CheckedCall<MetricEntry>[]) : null;
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
    const text = "the smaller last batch of an epoch";
    return value && this.fault("L0218", "`last_batch` is `keep` or `drop`", value.span, text);
  }

  private init(): InitChoice | null {
    const setting = this.settings.get("init");
    if (setting === undefined) return defaultInit;
    const value = onlyValue(setting, this.reporter);
    return value && readInit(value, this.evaluator, this.reporter);
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
