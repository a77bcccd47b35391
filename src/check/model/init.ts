import { suggest } from "../../base/suggest.js";
import { error } from "../../diagnostics/index.js";
import type { TensorSpec } from "../../language/operators/index.js";
import type { InitProgram } from "../../program/types.js";
import type { CallExpression, Expression } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";

/** How the random tensors of a layer (or of all layers) start. */
export type InitChoice =
  | { readonly kind: "kaiming_normal" | "kaiming_uniform" | "xavier_normal" | "xavier_uniform" }
  | { readonly kind: "normal" | "truncated_normal"; readonly std: number };

const names = [
  "kaiming_normal",
  "kaiming_uniform",
  "xavier_normal",
  "xavier_uniform",
  "normal",
  "truncated_normal",
] as const;

/** The default of version 1 of the language. */
export const defaultInit: InitChoice = { kind: "kaiming_normal" };

/** Reads `init kaiming_normal` or `init: normal(0.01)`. */
export function readInit(
  expression: Expression,
  evaluator: Evaluator,
  reporter: Reporter,
): InitChoice | null {
  const call = asCall(expression);
  const name = call?.callee.map((part) => part.text).join(".") ?? "";
  const known = names.find((n) => n === name);
  if (known === undefined) {
    const near = suggest(name, names);
    reporter.report(
      error("L0218", `there is no initialiser called \`${name}\``, {
        at: { span: expression.span, text: "not known" },
        notes:
          near.length > 0
            ? []
            : [`known are ${names.slice(0, -2).join(", ")}, normal(STD) and truncated_normal(STD)`],
        helps: near.slice(0, 1).map((n) => ({
          text: `did you mean \`${n}\`?`,
          edits: [{ span: expression.span, replacement: n }],
        })),
      }),
    );
    return null;
  }
  if (known !== "normal" && known !== "truncated_normal") return { kind: known };
  const [std] = call?.arguments ?? [];
  const value = std && evaluator.number(std.value);
  if (value === undefined || (value !== null && !(value.value > 0))) {
    reporter.report(
      error("L0204", `\`${known}\` needs the standard deviation`, {
        at: { span: expression.span, text: "a number above 0" },
        helps: [`write it as \`${known}(0.02)\``],
      }),
    );
    return null;
  }
  return value && { kind: known, std: value.value };
}

function asCall(expression: Expression): CallExpression | null {
  if (expression.kind === "call") return expression;
  if (expression.kind !== "path") return null;
  const callee = expression.segments.flatMap((s) =>
    s.kind === "name" ? [{ text: s.text, span: s.span }] : [],
  );
  return { kind: "call", callee, arguments: [], span: expression.span };
}

/**
 * The start of one tensor. Kaiming (He et al. 2015, gain sqrt 2 of ReLU, fan in): std = sqrt(2 / fanIn); Xavier
 * (Glorot and Bengio 2010, gain 1): std = sqrt(2 / (fanIn + fanOut)); uniform forms have the same variance. The
 * standard deviation of `truncated_normal` is the one before it is cut.
 */
export function initOf(tensor: TensorSpec, choice: InitChoice): InitProgram {
  const { init } = tensor;
  if (init.kind === "constant") return init;
  switch (choice.kind) {
    case "kaiming_normal":
      return { kind: "normal", std: Math.sqrt(2 / init.fanIn) };
    case "kaiming_uniform":
      return { kind: "uniform", limit: Math.sqrt(6 / init.fanIn) };
    case "xavier_normal":
      return { kind: "normal", std: Math.sqrt(2 / (init.fanIn + init.fanOut)) };
    case "xavier_uniform":
      return { kind: "uniform", limit: Math.sqrt(6 / (init.fanIn + init.fanOut)) };
    case "normal":
    case "truncated_normal":
      return { kind: choice.kind, std: choice.std };
  }
}
