import { formatCount } from "../base/format.js";
import { suggest } from "../base/suggest.js";
import { error, spanText } from "../diagnostics/index.js";
import type { ClaimProgram, ClaimSide } from "../program/types.js";
import type { CallExpression, Claim, ExpectItem, Expression, Name } from "../syntax/index.js";
import { type Pairs, readBound } from "./attainable.js";
import { asCall, calleeSpan, calleeText } from "./calls.js";
import { claimText } from "./claim-text.js";
import type { CheckedComparison } from "./compare.js";
import type { Evaluator } from "./evaluate.js";
import { checkReference, dottedName, type MetricContext } from "./metric-reference.js";
import type { CheckedModel } from "./model/index.js";
import type { Reporter } from "./reporter.js";

export interface ClaimContext {
  /** Null where `compare` has faults of syntax: then nothing is known of its arms. */
  readonly comparison: CheckedComparison | null;
  /** What `train` measures; null where that has faults. */
  readonly measured: MetricContext | null;
  /** Null where seeds or folds have faults. */
  readonly pairs: Pairs | null;
  /** A model of the file by a call of it; null after a reported fault, undefined when there is none of the name. */
  model(call: CallExpression): CheckedModel | null | undefined;
}

/** Claims: static ones are decided here, the others checked for what they name. */
export function checkClaims(
  item: ExpectItem,
  context: ClaimContext,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly ClaimProgram[] {
  // What is decided already is no claim about a run.
  return item.claims.flatMap((claim) => checkClaim(claim, context, evaluator, reporter) ?? []);
}

/** A claim about what is measured; null for a static one, and after a reported fault. */
function checkClaim(
  claim: Claim,
  context: ClaimContext,
  evaluator: Evaluator,
  reporter: Reporter,
): ClaimProgram | null {
  const { condition } = claim;
  if (condition.kind !== "binary" || !isComparison(condition.operator)) {
    reporter.report(
      error("L0603", "a claim compares two things", {
        at: { span: claim.span, text: "no comparison" },
        helps: ["such as `lerac.test.accuracy >= 0.9`"],
      }),
    );
    return null;
  }
  const { operator } = condition;
  const parameters = parametersOf(condition.left);
  if (parameters !== null) {
    checkParameters(condition, parameters, context, evaluator, reporter);
    return null;
  }
  const left = checkSide(condition.left, context, evaluator, reporter);
  const right = checkSide(condition.right, context, evaluator, reporter);
  const within = claim.within === null ? null : readWithin(claim.within, evaluator, reporter);
  const bound = claim.with;
  const p =
    bound === null || context.pairs === null ? null : readBound(bound, context.pairs, evaluator, reporter);
  if (left === null || right === null || within === undefined || p === undefined) return null;
  const arms = [left, right].flatMap((side) => (side.kind === "measured" ? [side.arm] : []));
  if (arms.length === 0) {
    reporter.report(
      error("L0603", "a claim about a run names something measured", {
        at: { span: claim.span, text: "two numbers" },
        helps: ["such as `lerac.test.accuracy >= 0.9`"],
      }),
    );
    return null;
  }
  if ((operator === "==" || operator === "!=") && within === null) {
    const equal = operator === "==";
    reporter.report(
      error("L0604", `measured numbers are ${equal ? "never" : "hardly ever"} exactly equal`, {
        at: { span: claim.span, text: equal ? "no `within`" : "always holds" },
        helps: equal ? [`write \`${spanText(claim.span)} within 0.01\``] : ["compare them by `<` or `>`"],
      }),
    );
    return null;
  }
  return { text: claimText(claim.span), arms, left, operator, right, within, p };
}

function isComparison(operator: string): operator is ClaimProgram["operator"] {
  return /^([<>]=?|[=!]=)$/.test(operator);
}

/** D of `within D`; undefined after a reported fault. */
function readWithin(expression: Expression, evaluator: Evaluator, reporter: Reporter): number | undefined {
  const number = evaluator.number(expression);
  if (number === null) return undefined;
  if (number.unit === null && number.value >= 0) return number.value;
  reporter.report(
    error("L0211", "`within` needs a plain number of at least 0", {
      at: { span: expression.span, text: "the largest difference" },
    }),
  );
  return undefined;
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
        at: { span: calleeSpan(call), text: "not in this file" },
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

/** One side of a measured claim: `ARM.SPLIT.METRIC`, or a number; null after a reported fault. */
function checkSide(
  side: Expression,
  context: ClaimContext,
  evaluator: Evaluator,
  reporter: Reporter,
): ClaimSide | null {
  const name = dottedName(side);
  if (name === null || name.parts.length < 2) return readNumber(side, evaluator, reporter);
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
  const { comparison, measured } = context;
  if (comparison === null || comparison.faulty.has(arm.text)) return null;
  const arms = comparison.arms.map((a) => a.name);
  if (!arms.includes(arm.text)) {
    reporter.report(unknownArm(arm, arms));
    return null;
  }
  if (measured === null) return null;
  const reference = checkReference(
    split,
    { text: metric.text + name.suffix, span: metric.span },
    measured.dataset,
    measured.metrics,
    reporter,
  );
  return reference && { kind: "measured", arm: arm.text, ...reference };
}

function readNumber(side: Expression, evaluator: Evaluator, reporter: Reporter): ClaimSide | null {
  const number = evaluator.number(side);
  if (number === null) return null;
  if (number.unit === null) return { kind: "number", value: number.value };
  const share = number.unit === "%" ? `${number.value}` : null;
  reporter.report(
    error("L0212", "metrics are plain numbers", {
      at: { span: side.span, text: `has the unit \`${number.unit}\`` },
      helps:
        share === null
          ? []
          : [{ text: `write it as \`${share}\``, edits: [{ span: side.span, replacement: share }] }],
    }),
  );
  return null;
}

function unknownArm(arm: Name, arms: readonly string[]) {
  const near = suggest(arm.text, arms);
  return error("L0602", `there is no arm called \`${arm.text}\``, {
    at: { span: arm.span, text: "not in `compare`" },
    notes: near.length > 0 || arms.length === 0 ? [] : [`arms are ${arms.join(", ")}`],
    helps:
      arms.length === 0
        ? ["add a `compare` section with the arms that claims speak of"]
        : near.slice(0, 1).map((n) => ({
            text: `did you mean \`${n}\`?`,
            edits: [{ span: arm.span, replacement: n }],
          })),
  });
}
