import { suggest } from "../../base/suggest.js";
import { error, type Span } from "../../diagnostics/index.js";
import { weightFormats } from "../../language/weights.js";
import type { WeightsProgram } from "../../program/types.js";
import type { Argument, CallExpression, Setting, TrainItem } from "../../syntax/index.js";
import { asCall, checkCall } from "../calls.js";
import { isDataPath } from "../data-path.js";
import type { Evaluator } from "../evaluate.js";
import { findMember, memberNames } from "../imports/members.js";
import type { Module } from "../imports/module.js";
import type { CheckedModel } from "../model/index.js";
import type { Reporter } from "../reporter.js";
import { tensorKeys } from "./keys.js";
import { type Layout, type NameMap, patternOf, readNames } from "./name-map.js";

/**
 * Every `weights ADDRESS from safetensors(FILE, …)` of a `train` section, resolved to tensors and keys. What the file
 * holds is for the run to see. Null after reported faults.
 */
export function checkWeights(
  item: TrainItem,
  model: CheckedModel,
  module: Module,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly WeightsProgram[] | null {
  const reader = new WeightsReader(model, module, evaluator, reporter);
  const settings = item.settings.filter((setting) => setting.head.text === "weights");
  const read = settings.map((setting) => reader.read(setting));
  return read.includes(null) ? null : read.flatMap((weights) => weights ?? []);
}

class WeightsReader {
  /** Tensors that an earlier line fills, and where it stands. */
  readonly #filled = new Map<string, Span>();

  constructor(
    private readonly model: CheckedModel,
    private readonly module: Module,
    private readonly evaluator: Evaluator,
    private readonly reporter: Reporter,
  ) {}

  read(setting: Setting): WeightsProgram | null {
    const [target, ...otherTargets] = setting.values;
    const [clause, ...otherClauses] = setting.clauses;
    const [file, ...otherFiles] = clause?.values ?? [];
    const parts = target?.kind === "path" ? patternOf(target) : null;
    const written = file && asCall(file);
    const plain = otherTargets.length + otherClauses.length + otherFiles.length === 0;
    if (!plain || target === undefined || parts === null || clause?.word.text !== "from" || !written) {
      this.reporter.report(
        error("L0535", "`weights` says what starts from which file", {
          at: { span: setting.span, text: "not ADDRESS from FILE" },
          helps: ['write it as `weights  encoder from safetensors("bert.safetensors")`'],
        }),
      );
      return null;
    }
    const { call, names: namesArgument } = takeNames(written);
    const checked = checkCall(call, weightFormats, "a file of weights", this.evaluator, this.reporter);
    const names = namesArgument === null ? null : this.#names(namesArgument);
    const address = this.#address(parts, target.span);
    if (checked === null || address === null) return null;
    if (namesArgument !== null && names === null) return null;
    const path = checked.values.file as string;
    if (!isDataPath(path, checked.spans.file ?? checked.span, this.reporter)) return null;
    const layout = (checked.values.layout as Layout | null) ?? names?.layout ?? "lerac";
    const tensors = tensorKeys(this.model, address, names, layout, target.span, this.reporter);
    if (tensors === null || this.#fillsAgain(tensors, target.span)) return null;
    return {
      address,
      file: path,
      prefix: checked.values.prefix as string,
      layout,
      tensors,
      ignore: names?.ignore ?? [],
    };
  }

  #address(parts: readonly string[], span: Span): string | null {
    const address = parts.join(".");
    const known = new Set<string>();
    for (const layer of this.model.layers) {
      if (layer.tensors.length === 0) continue;
      const segments = layer.address.split(".");
      for (let length = 1; length <= segments.length; length++)
        known.add(segments.slice(0, length).join("."));
    }
    if (known.has(address)) return address;
    const near = suggest(address, known);
    this.reporter.report(
      error("L0530", `\`${address}\` names no layer of \`${this.model.name}\` with tensors`, {
        at: { span, text: "nothing to fill" },
        helps: near
          .slice(0, 1)
          .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
      }),
    );
    return null;
  }

  #names(argument: Argument): NameMap | null {
    const path = asCall(argument.value)?.callee ?? [];
    const found = findMember("names", path, this.module);
    if (found === "silent") return null;
    if (found !== null && "item" in found) return readNames(found.item, this.evaluator, this.reporter);
    const written = path.map((name) => name.text).join(".");
    const { span } = argument.value;
    const near = suggest(written, memberNames("names", this.module));
    this.reporter.report(
      found ??
        error("L0510", `there are no names called \`${written === "" ? "?" : written}\``, {
          at: { span, text: "no `names` section is called so" },
          helps: near
            .slice(0, 1)
            .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
        }),
    );
    return null;
  }

  #fillsAgain(tensors: WeightsProgram["tensors"], span: Span): boolean {
    const twice = tensors.find(({ address }) => this.#filled.has(address));
    const first = twice && this.#filled.get(twice.address);
    for (const { address } of tensors) this.#filled.set(address, span);
    if (twice === undefined || first === undefined) return false;
    this.reporter.report(
      error("L0534", `\`${twice.address}\` would start from two files`, {
        at: { span, text: "filled again" },
        secondary: [{ span: first, text: "filled first" }],
      }),
    );
    return true;
  }
}

/** `names: NAME` names a section of a file, not a value: it is read apart. */
function takeNames(call: CallExpression): {
  readonly call: CallExpression;
  readonly names: Argument | null;
} {
  const names = call.arguments.find((argument) => argument.key?.text === "names") ?? null;
  return { call: { ...call, arguments: call.arguments.filter((argument) => argument !== names) }, names };
}
