import { formatCount } from "../base/format.js";
import { suggest } from "../base/suggest.js";
import { error, spanText } from "../diagnostics/index.js";
import { curriculumKinds } from "../language/training.js";
import type { MetricProgram } from "../program/types.js";
import type { Arm, CallExpression, Claim, CompareItem, ExpectItem, Expression } from "../syntax/index.js";
import { asCall, calleeText } from "./calls.js";
import type { CheckedDataset } from "./dataset.js";
import type { Evaluator } from "./evaluate.js";
import { checkReference, dottedName } from "./metric-reference.js";
import type { CheckedModel } from "./model/index.js";
import type { Reporter } from "./reporter.js";

export interface CheckedArm {
  readonly name: string;
  readonly curricula: readonly string[];
}

/** The arms of `compare`: curricula of the file, or bare kinds. */
export function checkArms(
  item: CompareItem,
  curricula: readonly string[],
  reporter: Reporter,
): readonly CheckedArm[] {
  const known = new Set([...curricula, ...curriculumKinds.keys()]);
  const arms = new Map<string, CheckedArm>();
  for (const arm of item.arms) {
    const checked = checkArm(arm, known, reporter);
    if (checked === null) continue;
    if (arms.has(checked.name)) {
      reporter.report(
        error("L0402", `two arms are called \`${checked.name}\``, {
          at: { span: arm.span, text: "called so again" },
          helps: ["give one a label: `NAME: …`"],
        }),
      );
      continue;
    }
    arms.set(checked.name, checked);
  }
  return [...arms.values()];
}

function checkArm(arm: Arm, known: ReadonlySet<string>, reporter: Reporter): CheckedArm | null {
  const names: string[] = [];
  for (const call of arm.calls) {
    const name = calleeText(call);
    if (!known.has(name)) {
      const near = suggest(name, known);
      const span = call.callee[0]?.span ?? call.span;
      reporter.report(
        error("L0402", `there is no curriculum called \`${name}\``, {
          at: { span, text: "not in this file, and no kind" },
          notes: near.length > 0 ? [] : [`known are ${[...known].join(", ")}`],
          helps: near
            .slice(0, 1)
            .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
        }),
      );
      return null;
    }
    if (call.arguments.length > 0) {
      reporter.report(
        error("L0499", "settings of an arm are not built yet", {
          at: { span: call.span, text: "can't be checked" },
          helps: ["declare a `curriculum` with these settings and name it here"],
        }),
      );
      return null;
    }
    names.push(name);
  }
  return { name: arm.label?.text ?? names.join("_"), curricula: names };
}

export interface ClaimContext {
  readonly arms: readonly CheckedArm[];
  readonly dataset: CheckedDataset | null;
  readonly metrics: readonly MetricProgram[];
  /** A model of the file by a call of it; null after a reported fault, undefined when there is none of the name. */
  model(call: CallExpression): CheckedModel | null | undefined;
}

/** Claims: static ones are decided here, the others checked for what they name. */
export function checkClaims(
  item: ExpectItem,
  context: ClaimContext,
  evaluator: Evaluator,
  reporter: Reporter,
) {
  return item.claims.flatMap((claim) => {
    const arms = checkClaim(claim, context, evaluator, reporter);
    // What is decided already is no claim about a run.
    return arms === null || arms.length === 0 ? [] : [{ text: spanText(claim.span), arms }];
  });
}

/** The arms a claim speaks of, none for a static one; null after a reported fault. */
function checkClaim(
  claim: Claim,
  context: ClaimContext,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly string[] | null {
  const { condition } = claim;
  if (condition.kind !== "binary" || !/^([<>]=?|[=!]=)$/.test(condition.operator)) {
    reporter.report(
      error("L0603", "a claim compares two things", {
        at: { span: claim.span, text: "no comparison" },
        helps: ["such as `lerac.test.accuracy >= 0.9`"],
      }),
    );
    return null;
  }
  const parameters = parametersOf(condition.left);
  if (parameters !== null) {
    return checkParameters(condition, parameters, context, evaluator, reporter) ? [] : null;
  }
  const sides = [condition.left, condition.right].map((side) =>
    checkSide(side, context, evaluator, reporter),
  );
  if (claim.within !== null && evaluator.number(claim.within) === null) return null;
  if (claim.with !== null && evaluator.number(claim.with.below) === null) return null;
  if (sides.includes(null)) return null;
  if (condition.operator === "==" && claim.within === null) {
    reporter.report(
      error("L0604", "measured numbers are never exactly equal", {
        at: { span: claim.span, text: "no `within`" },
        helps: [`write \`${spanText(claim.span)} within 0.01\``],
      }),
    );
    return null;
  }
  return sides.filter((side): side is string => typeof side === "string" && side !== "");
}

/** `MODEL.parameters` or `MODEL(…).parameters`: the call; null for anything else. */
function parametersOf(expression: Expression): CallExpression | null {
  if (expression.kind === "member") {
    const [only, ...more] = expression.segments;
    return only?.kind === "name" && only.text === "parameters" && more.length === 0
      ? asCall(expression.target)
      : null;
  }
  if (expression.kind !== "path") return null;
  const last = expression.segments[expression.segments.length - 1];
  if (last?.kind !== "name" || last.text !== "parameters" || expression.segments.length < 2) return null;
  return asCall({ ...expression, segments: expression.segments.slice(0, -1) });
}

function checkParameters(
  condition: Extract<Expression, { kind: "binary" }>,
  call: CallExpression,
  context: ClaimContext,
  evaluator: Evaluator,
  reporter: Reporter,
): boolean {
  const model = context.model(call);
  if (model === undefined) {
    reporter.report(
      error("L0605", `there is no model called \`${calleeText(call)}\``, {
        at: { span: call.span, text: "not in this file" },
      }),
    );
    return false;
  }
  const number = evaluator.number(condition.right);
  if (model === null || number === null) return false;
  const wanted = number.value;
  const holds: Record<string, boolean> = {
    "==": model.parameters === wanted,
    "!=": model.parameters !== wanted,
    "<": model.parameters < wanted,
    "<=": model.parameters <= wanted,
    ">": model.parameters > wanted,
    ">=": model.parameters >= wanted,
  };
  if (holds[condition.operator] === true) return true;
  const span = condition.right.span;
  reporter.report(
    error("L0601", `\`${model.name}\` has ${formatCount(model.parameters)} parameters: the claim fails`, {
      at: { span, text: `claimed: ${condition.operator} ${formatCount(wanted)}` },
      secondary: [{ span: model.span, text: `has ${formatCount(model.parameters)}` }],
      helps:
        condition.operator === "=="
          ? [
              {
                text: `write \`${model.parameters}\` if the model is right`,
                edits: [{ span, replacement: `${model.parameters}` }],
              },
            ]
          : [],
    }),
  );
  return false;
}

/** One side of a measured claim: the arm of `ARM.SPLIT.METRIC`, empty for a number; null after a reported fault. */
function checkSide(
  side: Expression,
  context: ClaimContext,
  evaluator: Evaluator,
  reporter: Reporter,
): string | null {
  const name = dottedName(side);
  if (name === null || name.parts.length < 2) return evaluator.number(side) === null ? null : "";
  const [arm, split, metric, ...more] = name.parts;
  if (arm === undefined || split === undefined || metric === undefined || more.length > 0) {
    reporter.report(
      error("L0602", "a claim names arm, split and metric", {
        at: { span: side.span, text: "not ARM.SPLIT.METRIC" },
        helps: ["such as `lerac.test.accuracy`"],
      }),
    );
    return null;
  }
  const arms = context.arms.map((a) => a.name);
  if (!arms.includes(arm.text)) {
    const near = suggest(arm.text, arms);
    reporter.report(
      error("L0602", `there is no arm called \`${arm.text}\``, {
        at: { span: arm.span, text: "not in `compare`" },
        notes: near.length > 0 || arms.length === 0 ? [] : [`arms are ${arms.join(", ")}`],
        helps: near.slice(0, 1).map((n) => ({
          text: `did you mean \`${n}\`?`,
          edits: [{ span: arm.span, replacement: n }],
        })),
      }),
    );
    return null;
  }
  const reference = checkReference(
    split,
    { text: metric.text + name.suffix, span: metric.span },
    context.dataset,
    context.metrics,
    reporter,
  );
  return reference && arm.text;
}
