import { suggest } from "../base/suggest.js";
import { error, type Span, spanText } from "../diagnostics/index.js";
import type { ArgumentSpec } from "../language/arguments.js";
import { convertMeasure } from "./convert-measure.js";
import { unknownName } from "./environment.js";
import type { Reporter } from "./reporter.js";
import { describeValue, kindOfUnit, type Located, type NumberValue, type Unit } from "./values.js";

/** Types of arguments that a bare word can only stand for as the name of a value. */
const numeric: ReadonlySet<ArgumentSpec["type"]> = new Set(["count", "number", "length", "percentage"]);

/** A checked value as the table wants it; null when it does not fit and that was reported. */
export function convert(located: Located, name: string, spec: ArgumentSpec, reporter: Reporter): unknown {
  const { value, span } = located;
  // A number in quotes, as in a configuration file.
  const quoted = value.type === "string" && numeric.has(spec.type) && /^[0-9][0-9.e+-]*$/i.test(value.text);
  const wrong = (wants: string, helps: readonly string[] = []): null => {
    reporter.report(
      error("L0210", `\`${name}\` needs ${wants}, not ${describeValue(value)}`, {
        at: { span, text: `${spec.doc}` },
        notes: spec.defaultText === undefined ? [] : [`left out, it is ${spec.defaultText}`],
        helps: quoted
          ? [
              {
                text: `write \`${value.text}\`, without quotes`,
                edits: [{ span, replacement: value.text }],
              },
            ]
          : helps,
      }),
    );
    return null;
  };
  if (value.type === "word" && numeric.has(spec.type)) {
    reporter.report(unknownName(value.text, span, value.others?.() ?? []));
    return null;
  }
  switch (spec.type) {
    case "count": {
      if (value.type !== "number") {
        const same = value.type === "string" && value.text.toLowerCase() === "same";
        return wrong(
          "a whole number",
          same && spec.defaultText !== undefined ? ["leave it out: at stride 1 that keeps the size"] : [],
        );
      }
      if (value.unit !== null) return wrongUnit(value, "a plain number", name, span, reporter);
      if (!Number.isSafeInteger(value.value)) return wrong("a whole number");
      return inBounds(value.value, name, spec, span, reporter);
    }
    case "number": {
      if (value.type !== "number") return wrong("a number");
      if (value.unit !== null) {
        const plain = value.unit === "%" ? `${value.value}` : undefined;
        return wrongUnit(value, "a plain number", name, span, reporter, plain);
      }
      return inBounds(value.value, name, spec, span, reporter);
    }
    case "length": {
      if (value.type !== "number") return wrong("a number of pixels", ["write it as `2 px`"]);
      if (value.unit !== "px") return wrongUnit(value, "pixels", name, span, reporter, `${value.value} px`);
      if (!Number.isSafeInteger(value.value)) return wrong("whole pixels");
      return inBounds(value.value, name, spec, span, reporter);
    }
    case "percentage": {
      if (value.type !== "number") return wrong("a percentage", ["write it as `10%`"]);
      if (value.unit !== "%") {
        return wrongUnit(value, "a percentage", name, span, reporter, `${Math.min(100, value.value * 100)}%`);
      }
      return inBounds(value.value, name, spec, span, reporter);
    }
    case "boolean":
      return value.type === "boolean" ? value.value : notBoolean(located, name, spec, reporter);
    case "string":
      return value.type === "string" ? value.text : wrong("a string", ['strings stand in quotes: `"…"`']);
    case "word": {
      const words = spec.words ?? [];
      if (value.type !== "word") {
        const written = spanText(span);
        const shadowed = words.includes(written) ? [`a parameter is called \`${written}\`: rename it`] : [];
        return wrong(`one of the words ${words.join(", ")}`, shadowed);
      }
      if (words.includes(value.text)) return value.text;
      const near = suggest(value.text, words);
      reporter.report(
        error("L0218", `\`${name}\` can't be \`${value.text}\``, {
          at: { span, text: "not a known word here" },
          notes: [`it is one of ${words.join(", ")}`],
          helps: near
            .slice(0, 1)
            .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
        }),
      );
      return null;
    }
    case "numbers": {
      const items = value.type === "list" ? value.items : [located];
      const numbers = items.map((item) =>
        item.value.type === "number" && item.value.unit === null
          ? inBounds(item.value.value, name, spec, item.span, reporter)
          : undefined,
      );
      if (numbers.includes(null)) return null;
      return numbers.includes(undefined) ? wrong("a number, or a list with one a channel") : numbers;
    }
    case "counts": {
      const items = value.type === "list" ? value.items : [located];
      const sizes = items.map((item) =>
        item.value.type === "number" && item.value.unit === null && Number.isSafeInteger(item.value.value)
          ? inBounds(item.value.value, name, spec, item.span, reporter)
          : undefined,
      );
      if (sizes.includes(null)) return null;
      return sizes.includes(undefined) ? wrong("whole numbers") : sizes;
    }
    case "rows": {
      if (value.type !== "list") return wrong("lists of numbers");
      const lists = value.items.map((item) =>
        item.value.type === "list" ? plainNumbers(item.value.items) : null,
      );
      return lists.includes(null) ? wrong("lists of numbers") : lists;
    }
    case "name":
      return nameText(located) ?? wrong("a name", ["names that are no word of the language stand in quotes"]);
    case "names": {
      const items = value.type === "list" ? value.items : [located];
      const names = items.map(nameText);
      return names.includes(null) ? wrong("a name, or a list of names") : names;
    }
    default:
      return convertMeasure(located, name, spec, reporter);
  }
}

function notBoolean({ value, span }: Located, name: string, spec: ArgumentSpec, reporter: Reporter): null {
  const written = spanText(span);
  const meant = /^"?(true|yes|on|1)"?$/i.test(written)
    ? "true"
    : /^"?(false|no|off|none|0)"?$/i.test(written)
      ? "false"
      : null;
  reporter.report(
    error("L0210", `\`${name}\` needs \`true\` or \`false\`, not ${describeValue(value)}`, {
      at: { span, text: spec.doc },
      helps: meant === null ? [] : [{ text: `write \`${meant}\``, edits: [{ span, replacement: meant }] }],
    }),
  );
  return null;
}

/** Null where one of them is no number, or has a unit. */
function plainNumbers(items: readonly Located[]): readonly number[] | null {
  const numbers = items.map(({ value }) =>
    value.type === "number" && value.unit === null ? value.value : null,
  );
  return numbers.includes(null) ? null : (numbers as number[]);
}

/** The author's own name for something, such as a column. */
function nameText({ value }: Located): string | null {
  return (value.type === "word" || value.type === "string") && value.text !== "" ? value.text : null;
}

export function wrongUnit(
  value: NumberValue,
  wants: string,
  name: string,
  span: Span,
  reporter: Reporter,
  instead?: string,
): null {
  reporter.report(
    error("L0212", `\`${name}\` needs ${wants}, not ${kindOfUnit(value.unit)}`, {
      at: { span, text: unitLabel(value.unit) },
      helps:
        instead === undefined
          ? []
          : [{ text: `write it as \`${instead}\``, edits: [{ span, replacement: instead }] }],
    }),
  );
  return null;
}

function unitLabel(unit: Unit | null): string {
  return unit === null ? "has no unit" : `has the unit \`${unit}\``;
}

/** The value itself where it lies within the bounds of its argument; null after a reported fault. */
export function inBounds(
  value: number,
  name: string,
  spec: ArgumentSpec,
  span: Span,
  reporter: Reporter,
): number | null {
  const { minimum, maximum } = spec;
  const low = minimum !== undefined && value < minimum;
  const high = maximum !== undefined && (spec.openEnd === true ? value >= maximum : value > maximum);
  if (!low && !high) return value;
  // `dropout(50)`: a share in percent, without the sign.
  const share =
    high && maximum === 1 && minimum !== undefined && value >= 2 && value < 100 ? value / 100 : null;
  const bound = low ? `at least ${minimum}` : `${spec.openEnd === true ? "below" : "at most"} ${maximum}`;
  reporter.report(
    error("L0211", `\`${name}\` must be ${bound}, not ${value}`, {
      at: { span, text: spec.doc },
      helps:
        share === null
          ? []
          : [`a share is written as a fraction: \`${Number(share.toPrecision(12))}\` is ${value} %`],
    }),
  );
  return null;
}
