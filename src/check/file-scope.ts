import { suggest } from "../base/suggest.js";
import { error, SourceFile } from "../diagnostics/index.js";
import { operators } from "../language/operators/index.js";
import {
  type BlockItem,
  type CompareItem,
  type CurriculumItem,
  type DatasetItem,
  type ExpectItem,
  type ExperimentItem,
  type File,
  type Item,
  type ModelItem,
  type Name,
  type ParamItem,
  parse,
  type TrainItem,
} from "../syntax/index.js";
import { emptyEnvironment, scope } from "./environment.js";
import { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { describeValue, type Value } from "./values.js";

/** Sections that a file has at most once. */
type OnceItem = ExperimentItem | TrainItem | CompareItem | ExpectItem;
export type OnceKind = OnceItem["kind"];
export type Once<K extends OnceKind> = Extract<OnceItem, { kind: K }>;

/** The things a file declares, by kind and name; doubles are reported and the first one counts. */
export class FileScope {
  readonly datasets = new Map<string, DatasetItem>();
  readonly models = new Map<string, ModelItem>();
  readonly blocks = new Map<string, BlockItem>();
  readonly curricula = new Map<string, CurriculumItem>();
  readonly params = new Map<string, ParamItem>();
  /** How published checkpoints call the tensors of a model. */
  readonly names = new Map<string, DatasetItem>();

  /** @param broken sections with mistakes of syntax: of these, only the names are known */
  constructor(
    readonly file: File,
    private readonly broken: ReadonlySet<Item>,
    private readonly reporter: Reporter,
  ) {
    for (const item of file.items) this.declare(item);
  }

  /** The one section of a kind that a file has once. */
  only<K extends OnceKind>(kind: K): Once<K> | null {
    const found = this.file.items.filter((item) => item.kind === kind) as Once<K>[];
    const [first, second] = found;
    if (first !== undefined && second !== undefined) {
      this.reporter.report(
        error("L0220", `the file has two \`${kind}\` sections`, {
          at: { span: second.keyword, text: "the second" },
          secondary: [{ span: first.keyword, text: "the first" }],
          helps: ["put them together"],
        }),
      );
    }
    return first ?? null;
  }

  /** Whether a section could not be read as a whole: what hangs on it stays silent. */
  isBroken(item: Item): boolean {
    return this.broken.has(item);
  }

  /** What is called so here, for messages; null when nothing is. */
  kindOf(name: string): string | null {
    const kinds = {
      block: this.blocks,
      model: this.models,
      names: this.names,
      dataset: this.datasets,
      curriculum: this.curricula,
      param: this.params,
    };
    return Object.entries(kinds).find(([, things]) => things.has(name))?.[0] ?? null;
  }

  private declare(item: Item): void {
    switch (item.kind) {
      case "dataset":
        this.add(this.datasets, item, "dataset");
        break;
      case "model":
        this.add(this.models, item, "model");
        break;
      case "curriculum":
        this.add(this.curricula, item, "curriculum");
        break;
      case "param":
        this.add(this.params, item, "param");
        break;
      case "block":
        if (operators.has(item.name.text)) {
          this.reporter.report(
            error("L0220", `\`${item.name.text}\` is an operator and can't be a block`, {
              at: { span: item.name.span, text: "taken" },
              helps: ["choose another name"],
            }),
          );
        }
        this.add(this.blocks, item, "block");
        break;
      case "names":
        this.add(this.names, item, "names");
    }
  }

  private add<T extends { readonly name: Name }>(map: Map<string, T>, item: T, kind: string): void {
    const first = map.get(item.name.text);
    if (first === undefined) {
      map.set(item.name.text, item);
      return;
    }
    this.reporter.report(
      error("L0220", `two ${plurals[kind] ?? `${kind}s`} are called \`${item.name.text}\``, {
        at: { span: item.name.span, text: "called so again" },
        secondary: [{ span: first.name.span, text: "called so first" }],
      }),
    );
  }
}

const plurals: Readonly<Record<string, string>> = { curriculum: "curricula", names: "`names` sections" };

export type ParamValue = number | string | boolean;

/**
 * The values of a file's `param`s: the defaults, or what `--set NAME=VALUE` says, which must have the default's type;
 * null for one with a fault. A parameter may use those above it.
 */
export function evaluateParams(
  file: FileScope,
  overrides: ReadonlyMap<string, string>,
  reporter: Reporter,
): ReadonlyMap<string, Value | null> {
  const values = new Map<string, Value | null>();
  for (const [name, item] of file.params) {
    if (file.isBroken(item)) {
      values.set(name, null);
      continue;
    }
    const evaluator = new Evaluator(reporter, scope(new Map(values)));
    const fallback = evaluator.evaluate(item.value);
    const text = overrides.get(name);
    const value = text === undefined ? fallback : readOverride(name, text, fallback, reporter);
    // With the default behind a `--set` that does not fit, what hangs on the param is not reported once more.
    values.set(name, value ?? fallback);
  }
  for (const name of overrides.keys()) {
    if (file.params.has(name)) continue;
    const near = suggest(name, file.params.keys());
    reporter.report(
      error("L0214", `the spec has no param called \`${name}\``, {
        at: { place: `--set ${name}=…` },
        notes:
          near.length > 0
            ? []
            : [
                file.params.size === 0
                  ? "it declares none"
                  : `it declares ${[...file.params.keys()].join(", ")}`,
              ],
        helps: near.slice(0, 1).map((n) => `did you mean \`${n}\`?`),
      }),
    );
  }
  return values;
}

function readOverride(name: string, text: string, fallback: Value | null, reporter: Reporter): Value | null {
  const source = new SourceFile(`--set ${name}`, `lerac 1\nparam ${name} = ${text}\n`);
  const { file, diagnostics } = parse(source);
  const [item] = file.items;
  const silent: Value | null =
    diagnostics.length > 0 || item?.kind !== "param" || file.items.length !== 1
      ? null
      : new Evaluator(reporter, emptyEnvironment).evaluate(item.value);
  const sameUnit =
    silent?.type !== "number" || (fallback?.type === "number" && silent.unit === fallback.unit);
  if (silent !== null && fallback !== null && silent.type === fallback.type && sameUnit) return silent;
  reporter.report(
    error(
      "L0214",
      `\`--set ${name}\` needs a value like the default${fallback ? `, ${describeValue(fallback)}` : ""}`,
      {
        at: { place: `--set ${name}=${text}` },
      },
    ),
  );
  return null;
}
