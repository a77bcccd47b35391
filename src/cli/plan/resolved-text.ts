import { printable } from "../../base/format.js";
import type { Catalogue } from "../../language/catalogue.js";
import { scales, sources, transforms } from "../../language/data.js";
import { operators } from "../../language/operators/index.js";
import { averages, clips, keeps, losses, metrics, optimizers, stops } from "../../language/training.js";
import { schedules } from "../../plan/index.js";
import { hashProgram } from "../../program/index.js";
import type { LayerProgram, TrainingProgram } from "../../program/types.js";
import type { File, Setting } from "../../syntax/index.js";
import { plainValue, type ResolveContext, type ResolvedRow, sectionRows } from "./resolved-rows.js";

export interface ResolveInput {
  readonly program: TrainingProgram;
  /** The spec as written. */
  readonly file: File;
  /** Layers by address: which of their arguments were written. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of params that `--set` gave a value. */
  readonly overridden: ReadonlySet<string>;
  /** Where and how it would run on this machine. */
  readonly machine: readonly ResolvedRow[];
}

const catalogues: Readonly<Record<string, Readonly<Record<string, Catalogue>>>> = {
  dataset: {
    source: sources,
    features: transforms,
    train: transforms,
    val: transforms,
    test: transforms,
    scale: scales,
  },
  train: {
    loss: losses,
    metrics,
    optimizer: optimizers,
    schedule: schedules,
    keep: keeps,
    stop: stops,
    clip: clips,
    average: averages,
  },
};

/**
 * Everything that decides a run, a line each, with where it comes from: written in the spec, a default of the language,
 * computed from other values, given by `--set`, by a flag or by the environment. Nothing is hidden.
 */
export function resolvedText(input: ResolveInput): string {
  const { program } = input;
  const rows = [
    ...paramRows(input),
    ...fileRows(input),
    ...program.plan.levels.map(
      (level, j): ResolvedRow => ({
        origin: "computed",
        name: `level ${j + 1}`,
        value: `${level.address}: ${level.tensors.join(", ")}`,
      }),
    ),
    ...program.model.layers.flatMap((layer) => layerRows(layer, input.written.get(layer.address))),
    ...input.machine,
  ];
  const nameWidth = Math.min(40, Math.max(...rows.map((row) => row.name.length)));
  return [
    `resolved  ${printable(program.experiment.name)}   lerac ${program.lerac}   program ${hashProgram(program).slice(0, 8)}`,
    "",
    `origin       ${"name".padEnd(nameWidth)}  value`,
    ...rows.map(({ origin, name, value }) =>
      printable(`${origin.padEnd(11)}  ${name.padEnd(nameWidth)}  ${value}`).trimEnd(),
    ),
    "",
  ].join("\n");
}

function paramRows({ program, overridden }: ResolveInput): ResolvedRow[] {
  return Object.entries(program.params).map(([name, value]) => ({
    origin: overridden.has(name) ? "--set" : "written",
    name: `param ${name}`,
    value: plainValue(value),
  }));
}

/** The sections that this run uses; of several datasets or curricula, the one it trains with. */
function fileRows({ program, file, overridden }: ResolveInput): ResolvedRow[] {
  const rows = (prefix: string, section: string, settings: readonly Setting[], key: string) => {
    const context: ResolveContext = { overridden, catalogues: catalogues[key] ?? {} };
    return sectionRows(prefix, section, settings, context);
  };
  const [experiment] = file.items.flatMap((item) => (item.kind === "experiment" ? [item] : []));
  const [train] = file.items.flatMap((item) => (item.kind === "train" ? [item] : []));
  const [dataset] = file.items.flatMap((item) =>
    item.kind === "dataset" && item.name.text === program.data.name ? [item] : [],
  );
  const [curriculum] = file.items.flatMap((item) =>
    item.kind === "curriculum" && item.name.text === program.plan.curriculum ? [item] : [],
  );
  const kind = curriculum?.kindName?.text ?? curriculum?.name.text ?? program.plan.rule.kind;
  return [
    ...rows("experiment", "experiment", experiment?.settings ?? [], "experiment"),
    ...(dataset === undefined
      ? []
      : rows(`dataset ${dataset.name.text}`, "dataset", dataset.settings, "dataset")),
    ...rows(
      `curriculum ${program.plan.curriculum}`,
      `curriculum ${kind}`,
      curriculum?.settings ?? [],
      "curriculum",
    ),
    ...(train === undefined ? [] : rows("train", "train", train.settings, "train")),
  ];
}

function layerRows(layer: LayerProgram, written: ReadonlySet<string> | undefined): ResolvedRow[] {
  const table = operators.get(layer.operator)?.arguments ?? {};
  return [
    { origin: "written", name: `layer ${layer.address}`, value: layer.operator },
    ...Object.entries(layer.attributes).map(([key, value]): ResolvedRow => {
      const spec = table[key];
      const computed = typeof spec?.default === "function";
      return {
        origin: written?.has(key) ? "written" : computed ? "computed" : "default",
        name: `layer ${layer.address}.${key}`,
        value:
          computed && !written?.has(key) && spec.defaultText !== undefined
            ? `${plainValue(value)}, ${spec.defaultText}`
            : plainValue(value),
      };
    }),
    ...layer.tensors.map((tensor): ResolvedRow => {
      const { kind, ...how } = tensor.init;
      const numbers = Object.values(how).map((value) => plainValue(value));
      return {
        origin: "computed",
        name: tensor.address,
        value: `[${tensor.shape.join(", ")}], starts ${kind}(${numbers.join(", ")})`,
      };
    }),
  ];
}
