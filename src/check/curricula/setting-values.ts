import { suggest } from "../../base/suggest.js";
import { error, type Span } from "../../diagnostics/index.js";
import type { Paced, Rates, SettingSpec } from "../../plan/index.js";
import type { Setting } from "../../syntax/index.js";
import { asCall, calleeText } from "../calls.js";
import { convert, inBounds } from "../convert.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import { onlyValue } from "../settings.js";
import { asTime } from "../times.js";
import type { Located } from "../values.js";
import { readSelectorSetting } from "./selectors.js";

/** A setting of a curriculum as its spec wants it, and where it was written; null after a reported fault. */
export function readValue(
  setting: Setting,
  spec: SettingSpec,
  evaluator: Evaluator,
  reporter: Reporter,
): { readonly value: unknown; readonly span: Span } | null {
  const reader = new ValueReader(setting, evaluator, reporter);
  const value = reader.read(spec);
  if (value === null || value === undefined) return null;
  const [first] = setting.values;
  return { value, span: first?.span ?? setting.span };
}

class ValueReader {
  private readonly name: string;

  constructor(
    private readonly setting: Setting,
    private readonly evaluator: Evaluator,
    private readonly reporter: Reporter,
  ) {
    this.name = setting.head.text;
  }

  read(spec: SettingSpec): unknown {
    switch (spec.type) {
      case "rates":
        return this.rates(spec);
      case "choice":
        return this.choice(spec);
      case "paced":
        return this.paced(spec);
      case "layers":
        return readSelectorSetting(this.setting, this.reporter);
      default: {
        const located = this.only();
        const value = located && convert(located, this.name, spec, this.reporter);
        if (spec.odd === true && typeof value === "number" && value % 2 === 0)
          return this.fault("L0211", `\`${this.name}\` must be odd, not ${value}`, located, spec.doc);
        return value;
      }
    }
  }

  private only(): Located | null {
    const value = onlyValue(this.setting, this.reporter);
    return value && this.evaluator.located(value);
  }

  private rates(spec: Extract<SettingSpec, { type: "rates" }>): Rates | null {
    const written = onlyValue(this.setting, this.reporter);
    if (written === null) return null;
    const call = asCall(written);
    if (call !== null && calleeText(call) === "decay" && spec.decay === true) return this.decay(call);
    const located = this.evaluator.located(written);
    if (located === null) return null;
    const { value } = located;
    if (value.type === "arrow") {
      const first = this.rate(value.from);
      const last = this.rate(value.to);
      return first === null || last === null ? null : { kind: "ends", first, last };
    }
    if (value.type === "list" && value.items.length > 0) {
      const rates = value.items.map((item) => this.rate(item));
      return rates.includes(null) ? null : { kind: "list", rates: rates as number[] };
    }
    return this.fault(
      "L0210",
      "`rates` needs two rates, or a list with one a level",
      located,
      "first level `->` last level, at the start",
      ["write it as `rates  0.1 -> 1e-6`", ...(spec.decay === true ? ["or as `rates  decay(0.75)`"] : [])],
    );
  }

  private decay(call: NonNullable<ReturnType<typeof asCall>>): Rates | null {
    const [only, ...more] = call.arguments;
    const located = only && this.evaluator.located(only.value);
    if (located === null) return null;
    const { value } = located ?? {};
    if (located !== undefined && more.length === 0 && value?.type === "number" && value.unit === null) {
      if (value.value > 0 && value.value < 1) return { kind: "decay", factor: value.value };
      return this.fault(
        "L0211",
        `\`decay\` must be above 0 and below 1, not ${value.value}`,
        located,
        "of the next level",
      );
    }
    return this.fault(
      "L0204",
      "`decay` takes one number",
      { span: call.span },
      "each level's part of the next",
      ["write it as `decay(0.75)`"],
    );
  }

  private rate({ value, span }: Located): number | null {
    if (value.type === "number" && value.unit === null && value.value > 0) return value.value;
    const plain = value.type === "number" && value.unit === null;
    this.reporter.report(
      error("L0211", "a rate is a number above 0", {
        at: { span, text: plain ? "not above 0" : "no plain number" },
        notes: plain
          ? ["the rule grows rates by factors, and 0 never grows: `freeze` keeps layers as they are"]
          : [],
      }),
    );
    return null;
  }

  private choice(spec: Extract<SettingSpec, { type: "choice" }>): unknown {
    const written = onlyValue(this.setting, this.reporter);
    const call = written && asCall(written);
    if (written === null) return null;
    const word = call === null ? "" : calleeText(call);
    const number = spec.choices[word];
    if (call === null || number === undefined) {
      const near = suggest(word, Object.keys(spec.choices));
      this.reporter.report(
        error("L0218", `\`${this.name}\` can't be ${word === "" ? "this" : `\`${word}\``}`, {
          at: { span: written.span, text: "not known" },
          notes: [`it is ${spec.takes}`],
          helps: near.slice(0, 1).map((n) => ({
            text: `did you mean \`${n}\`?`,
            edits: [{ span: call?.callee[0]?.span ?? written.span, replacement: n }],
          })),
        }),
      );
      return null;
    }
    const [argument, ...more] = call.arguments;
    if (number === null) {
      if (argument === undefined) return { word, number: null };
      return this.fault("L0206", `\`${word}\` takes no arguments`, { span: argument.span }, "one too many");
    }
    if (argument === undefined || more.length > 0)
      return this.fault("L0204", `\`${word}\` takes one number`, { span: call.span }, number.doc, [
        `write it as \`${word}(10)\``,
      ]);
    const located = this.evaluator.located(argument.value);
    const value = located && convert(located, word, number, this.reporter);
    return typeof value === "number" ? { word, number: value } : null;
  }

  private paced(spec: Extract<SettingSpec, { type: "paced" }>): Paced | null {
    const [value, ...others] = this.setting.values;
    const [clause, ...otherClauses] = this.setting.clauses;
    const pace = clause?.values[0];
    const isEvery = clause === undefined || (clause.word.text === "every" && clause.values.length === 1);
    if (value === undefined || others.length + otherClauses.length > 0 || !isEvery) {
      return this.fault("L0217", `\`${this.name}\` is a number and how often`, this.setting, spec.doc, [
        `write it as \`${spec.example}\``,
      ]);
    }
    const located = this.evaluator.located(value);
    if (located === null) return null;
    const { value: found } = located;
    if (found.type !== "number" || found.unit !== null)
      return this.fault("L0210", `\`${this.name}\` needs a plain number`, located, spec.number.doc);
    const number = inBounds(found.value, this.name, spec.number, located.span, this.reporter);
    if (number === null || pace === undefined) return number === null ? null : { ...spec.default, number };
    const located2 = this.evaluator.located(pace);
    const every = located2 && asTime(located2, "every", this.reporter);
    if (every === null) return null;
    if (every.value > 0) return { number, every };
    return this.fault("L0413", "`every` must be later than the start", pace, "is the start, or before it");
  }

  private fault(
    code: string,
    message: string,
    at: { readonly span: Span } | null,
    text: string,
    helps: readonly string[] = [],
  ): null {
    const span = at?.span ?? this.setting.span;
    this.reporter.report(error(code, message, { at: { span, text }, helps }));
    return null;
  }
}
