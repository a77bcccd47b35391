import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { ArgumentSpec, ArgumentTable } from "../language/arguments.js";
import type { Argument, CallExpression } from "../syntax/index.js";
import { convert } from "./convert.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import type { Located } from "./values.js";

/** Arguments after checking: plain values for the table, and where each was written. */
export interface BoundArguments {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where an argument was written; a default has no place. */
  readonly spans: Readonly<Record<string, Span>>;
  /** The same with the key: `stride: 2`. */
  readonly written: Readonly<Record<string, Span>>;
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
  const values: Record<string, unknown> = {};
  const spans: Record<string, Span> = {};
  const written: Record<string, Span> = {};
  let { sound } = matched;
  const missing: (readonly [string, ArgumentSpec])[] = [];
  for (const key in table) {
    const spec = table[key] as ArgumentSpec;
    const argument = matched.arguments.get(key);
    if (argument === undefined) {
      const value = typeof spec.default === "function" ? spec.default(values) : spec.default;
      if (value === undefined) {
        // A default that could not be computed may follow from what is missing before it.
        if (sound && (spec.default === undefined || missing.length === 0)) missing.push([key, spec]);
      }
      values[key] = value;
      continue;
    }
    if (spec.type === "metric") {
      // Names something measured, not a value: whoever knows splits and metrics reads it.
      values[key] = argument.value;
      spans[key] = argument.value.span;
      written[key] = argument.span;
      continue;
    }
    const located =
      argument.value === rest?.[0]?.value ? locatedList(rest, evaluator) : evaluator.located(argument.value);
    const value = located && convert(located, key, spec, reporter);
    if (value === null || value === undefined) sound = false;
    values[key] = value;
    spans[key] = argument.value.span;
    written[key] = argument.span;
  }
  // What seems missing may be what could not be placed.
  if (missing.length > 0 && matched.sound) {
    reporter.report(missingArguments(call, name, missing));
    return null;
  }
  return sound && missing.length === 0 ? { values, spans, written } : null;
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
  if (place < 0) return { call, rest: null };
  const rest = call.arguments.filter((argument) => argument.key === null).slice(place);
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

/** Which argument goes to which parameter. Where one could not be placed (reported), the others are still there to check. */
export interface Matched {
  readonly arguments: ReadonlyMap<string, Argument>;
  readonly sound: boolean;
}

export function matchArguments(
  call: CallExpression,
  parameters: readonly string[],
  name: string,
  reporter: Reporter,
): Matched {
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
        // One message for all that follow.
        if (position === parameters.length + 1) {
          reporter.report(
            error("L0206", `\`${name}\` takes ${takes}`, {
              at: { span: argument.span, text: "one too many" },
            }),
          );
        }
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
  return { arguments: matched, sound };
}

/** What other frameworks must be told. */
const sizesOfInputs = [
  "in_channels",
  "in_features",
  "input_size",
  "input_shape",
  "input_dim",
  "num_features",
];

function unknownArgument(span: Span, key: string, name: string, parameters: readonly string[]) {
  const near = suggest(key, parameters);
  return error("L0203", `\`${name}\` has no argument called \`${key}\``, {
    at: { span, text: "not known" },
    notes: near.length > 0 || parameters.length === 0 ? [] : [`it takes ${parameters.join(", ")}`],
    helps:
      near.length === 0 && sizesOfInputs.includes(key)
        ? ["leave it out: a layer takes the size of its input from the line above"]
        : near
            .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] }))
            .slice(0, 1),
  });
}

function missingArguments(
  call: CallExpression,
  name: string,
  missing: readonly (readonly [string, ArgumentSpec])[],
) {
  const keys = missing.map(([key]) => `\`${key}\``);
  const all = [keys.slice(0, -1).join(", "), ...keys.slice(-1)].filter((part) => part !== "");
  return error("L0204", `\`${name}\` needs ${all.join(" and ")}`, {
    at: { span: call.span, text: `no ${all.join(" and no ")}` },
    notes: missing.map(([key, spec]) => `${key}: ${spec.doc}`),
    helps: missing.flatMap(([, spec]) => (spec.defaultText ? [`the default is ${spec.defaultText}`] : [])),
  });
}
