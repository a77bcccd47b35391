import { type Diagnostic, error, spanText } from "../../diagnostics/index.js";
import { isMisfit, type Operator, operands, type Shape } from "../../language/operators/index.js";
import type { Argument, CallExpression } from "../../syntax/index.js";
import { bindArguments } from "../arguments.js";
import type { Evaluator } from "../evaluate.js";
import { Reporter } from "../reporter.js";

/**
 * `conv2d(3, 64, 3)`, `dense(1568, 64)`, `batch_norm(64)`: in other frameworks layers are told the size of their input.
 * Asked of a call that does not fit: whether it does without a number among its first two that is this size.
 *
 * @param evaluator one whose reports go nowhere
 */
export function toldInput(
  call: CallExpression,
  operator: Operator,
  inputs: readonly Shape[],
  evaluator: Evaluator,
): Diagnostic | null {
  const [input] = inputs;
  if (input === undefined) return null;
  const channels = input[input.length - 1];
  const told = call.arguments.slice(0, 2).find((argument) => isNumber(argument, channels, evaluator));
  if (told === undefined) return null;
  const rest = call.arguments.filter((argument) => argument !== told);
  const without = bindArguments({ ...call, arguments: rest }, operator.arguments, evaluator, new Reporter());
  if (without === null || isMisfit(operator.infer({ inputs: operands(inputs), args: without.values })))
    return null;
  const { span } = call;
  const shown = rest.map((argument) => spanText(argument.span)).join(", ");
  const written = shown === "" ? operator.name : `${operator.name}(${shown})`;
  return error("L0206", `\`${operator.name}\` is not told the size of its input`, {
    at: { span: told.span, text: "is the size of the input" },
    notes: ["a layer takes the size of its input from the line above"],
    helps: [{ text: `write \`${written}\``, edits: [{ span, replacement: written }] }],
  });
}

function isNumber({ key, value }: Argument, wanted: number | undefined, evaluator: Evaluator): boolean {
  if (key !== null) return false;
  const number = evaluator.evaluate(value);
  return number?.type === "number" && number.unit === null && number.value === wanted;
}
