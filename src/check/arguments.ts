import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { ArgumentSpec, ArgumentTable } from "../language/arguments.js";
import type { Argument, CallExpression } from "../syntax/index.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { describeValue, kindOfUnit, type Located, type NumberValue, type Unit } from "./values.js";

/** Arguments after checking: plain values for the table, and where each was written. */
export interface BoundArguments {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where an argument was written; a default has no place. */
  readonly spans: Readonly<Record<string, Span>>;
}

/**
 * Matches the arguments of a call with a table: by position, then by key; defaults for the rest. Null when anything
 * was at fault and reported.
 */
export function bindArguments(
  call: CallExpression,
  table: ArgumentTable,
  evaluator: Evaluator,
  reporter: Reporter,
): BoundArguments | null {
  const name = call.callee.map((part) => part.text).join(".");
  const { call: gathered, rest } = gatherRest(call, table);
  const matched = matchArguments(gathered, Object.keys(table), name, reporter);
  if (matched === null) return null;
  const values: Record<string, unknown> = {};
  const spans: Record<string, Span> = {};
  let sound = true;
  for (const [key, spec] of Object.entries(table)) {
    const argument = matched.get(key);
    if (argument === undefined) {
      const value = typeof spec.default === "function" ? spec.default(values) : spec.default;
      if (value === undefined) {
        if (sound) reporter.report(missingArgument(call, name, key, spec));
        sound = false;
      }
      values[key] = value;
      continue;
    }
    const located =
      argument.value === rest?.[0]?.value ? locatedList(rest, evaluator) : evaluator.located(argument.value);
    const value = located && convert(located, key, spec, reporter);
    if (value === null || value === undefined) sound = false;
    values[key] = value;
    spans[key] = argument.value.span;
  }
  return sound ? { values, spans } : null;
}

/**
 * Where the table ends in a `rest` argument: the call with only the first of the positional arguments that go there, and
 * all of them.
 */
function gatherRest(
  call: CallExpression,
  table: ArgumentTable,
): { readonly call: CallExpression; readonly rest: readonly Argument[] | null } {
  const place = Object.values(table).findIndex((spec) => spec.rest === true);
  const positional = call.arguments.filter((argument) => argument.key === null);
  const rest = place < 0 ? [] : positional.slice(place);
  const [first, ...others] = rest;
  // A single list is written out as one already: `parameter([1, 384])`.
  if (first === undefined || (others.length === 0 && first.value.kind === "list"))
    return { call, rest: null };
  return { call: { ...call, arguments: call.arguments.filter((a) => !others.includes(a)) }, rest };
}

/** Several arguments as one list; null when one of them was at fault. */
function locatedList(rest: readonly Argument[], evaluator: Evaluator): Located | null {
  const items = rest.map((argument) => evaluator.located(argument.value));
  const [first] = rest;
  const last = rest[rest.length - 1];
  if (items.includes(null) || first === undefined || last === undefined) return null;
  const span = { ...first.span, end: last.span.end };
  return { value: { type: "list", items: items as Located[] }, span };
}

/** Which argument goes to which parameter. */
export function matchArguments(
  call: CallExpression,
  parameters: readonly string[],
  name: string,
  reporter: Reporter,
): Map<string, Argument> | null {
  const matched = new Map<string, Argument>();
  let sound = true;
  let position = 0;
  let keyed = false;
  for (const argument of call.arguments) {
    let key: string | undefined;
    if (argument.key === null) {
      key = parameters[position++];
      if (keyed) {
        sound = false;
        reporter.report(
          error("L0206", `an argument without a key follows one with a key`, {
            at: { span: argument.span, text: "which parameter is it?" },
            helps: ["write those without a key first"],
          }),
        );
        continue;
      }
      if (key === undefined) {
        sound = false;
        const takes =
          parameters.length === 0
            ? "no arguments"
            : `${parameters.length} argument${parameters.length === 1 ? "" : "s"}: ${parameters.join(", ")}`;
        reporter.report(
          error("L0206", `\`${name}\` takes ${takes}`, { at: { span: argument.span, text: "one too many" } }),
        );
        continue;
      }
    } else {
      keyed = true;
      key = argument.key.text;
      if (!parameters.includes(key)) {
        sound = false;
        reporter.report(unknownArgument(argument.key.span, key, name, parameters));
        continue;
      }
    }
    if (matched.has(key)) {
      sound = false;
      reporter.report(
        error("L0205", `\`${key}\` of \`${name}\` is given twice`, {
          at: { span: argument.span, text: "given again" },
          secondary: [{ span: (matched.get(key) as Argument).span, text: "given first" }],
        }),
      );
      continue;
    }
    matched.set(key, argument);
  }
  return sound ? matched : null;
}

function unknownArgument(span: Span, key: string, name: string, parameters: readonly string[]) {
  const near = suggest(key, parameters);
  return error("L0203", `\`${name}\` has no argument called \`${key}\``, {
    at: { span, text: "not known" },
    notes: near.length > 0 || parameters.length === 0 ? [] : [`it takes ${parameters.join(", ")}`],
    helps: near
      .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] }))
      .slice(0, 1),
  });
}

function missingArgument(call: CallExpression, name: string, key: string, spec: ArgumentSpec) {
  return error("L0204", `\`${name}\` needs \`${key}\``, {
    at: { span: call.span, text: `no \`${key}\`` },
    notes: [`${key}: ${spec.doc}`],
    helps: spec.defaultText ? [`the default is ${spec.defaultText}`] : [],
  });
}

/** A checked value as the table wants it; null when it does not fit and that was reported. */
export function convert(located: Located, name: string, spec: ArgumentSpec, reporter: Reporter): unknown {
  const { value, span } = located;
  const wrong = (wants: string, helps: readonly string[] = []): null => {
    reporter.report(
      error("L0210", `\`${name}\` needs ${wants}, not ${describeValue(value)}`, {
        at: { span, text: `${spec.doc}` },
        helps,
      }),
    );
    return null;
  };
  switch (spec.type) {
    case "count": {
      if (value.type !== "number") return wrong("a whole number");
      if (value.unit !== null) return wrongUnit(value, "a plain number", name, span, reporter);
      if (!Number.isSafeInteger(value.value)) return wrong("a whole number");
      return inBounds(value.value, name, spec, span, reporter);
    }
    case "number": {
      if (value.type !== "number") return wrong("a number");
      if (value.unit !== null) return wrongUnit(value, "a plain number", name, span, reporter);
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
      return value.type === "boolean" ? value.value : wrong("`true` or `false`");
    case "string":
      return value.type === "string" ? value.text : wrong("a string", ['strings stand in quotes: `"…"`']);
    case "word": {
      const words = spec.words ?? [];
      if (value.type !== "word") return wrong(`one of the words ${words.join(", ")}`);
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
    default:
      return wrong("another kind of value");
  }
}

function wrongUnit(
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

function inBounds(
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
  const bound = low ? `at least ${minimum}` : `${spec.openEnd === true ? "below" : "at most"} ${maximum}`;
  reporter.report(
    error("L0211", `\`${name}\` must be ${bound}, not ${value}`, { at: { span, text: spec.doc } }),
  );
  return null;
}
