import { error } from "../../diagnostics/index.js";
import type { CallExpression, Name, Parameter } from "../../syntax/index.js";
import { matchArguments } from "../arguments.js";
import { type Environment, emptyEnvironment, scope } from "../environment.js";
import { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import type { Value } from "../values.js";

/** A block or model as far as its parameters go. */
export interface Parametric {
  readonly name: Name;
  readonly params: readonly Parameter[];
}

/**
 * The values of a block's or model's parameters for one call: what is given, evaluated where the call stands; else the
 * default, which may use earlier parameters and what `outer` knows.
 */
export function bindParameters(
  item: Parametric,
  call: CallExpression,
  caller: Evaluator,
  reporter: Reporter,
  outer: Environment = emptyEnvironment,
): ReadonlyMap<string, Value | null> | null {
  const names = item.params.map((parameter) => parameter.name.text);
  const matched = matchArguments(call, names, item.name.text, reporter);
  const values = new Map<string, Value | null>();
  let { sound } = matched;
  for (const parameter of item.params) {
    const name = parameter.name.text;
    const argument = matched.arguments.get(name);
    const expression = argument?.value ?? parameter.value;
    if (expression === null || expression === undefined) {
      sound = false;
      // What seems missing may be what could not be placed.
      if (!matched.sound) continue;
      reporter.report(
        error("L0204", `\`${item.name.text}\` needs \`${name}\``, {
          at: { span: call.span, text: `no \`${name}\`` },
          secondary: [{ span: parameter.span, text: "has no default" }],
        }),
      );
      continue;
    }
    const evaluator = argument === undefined ? new Evaluator(reporter, scope(values, outer)) : caller;
    const value = evaluator.evaluate(expression);
    if (value === null) sound = false;
    values.set(name, value);
  }
  return sound ? values : null;
}
