import { error, type Span } from "../diagnostics/index.js";
import { curricula } from "../plan/index.js";
import type { Arm, CallExpression, CompareItem, Expression } from "../syntax/index.js";
import { calleeSpan, calleeText } from "./calls.js";
import type { CheckedCurriculum } from "./curricula/checked-curriculum.js";
import { type Declared, findCurriculum, unknownCurriculum } from "./curricula/choose.js";
import { bareCurriculum, withOverrides } from "./curricula/read-curriculum.js";
import type { Evaluator } from "./evaluate.js";
import type { MetricContext } from "./metric-reference.js";
import type { Reporter } from "./reporter.js";
import { type CheckedSchedule, readSchedule } from "./training/schedule.js";

/** One side of a comparison. */
export interface CheckedArm {
  readonly name: string;
  readonly span: Span;
  /** Names of what it joins. */
  readonly curricula: readonly string[];
  readonly parts: readonly CheckedCurriculum[];
  /** Null: that of `train`. */
  readonly schedule: CheckedSchedule | null;
}

/** Most arms of a comparison. */
const maximumArms = 32;

export interface CheckedComparison {
  readonly arms: readonly CheckedArm[];
  /** Names of arms with faults: what hangs on them stays silent. */
  readonly faulty: ReadonlySet<string>;
}

export interface ArmContext {
  readonly declared: Declared;
  /** Null where `train` has faults: then metrics of schedules are not known. */
  readonly metrics: MetricContext | null;
  readonly evaluator: Evaluator;
  readonly reporter: Reporter;
}

/** The arms of `compare`: curricula of the file, or bare kinds, some settings overridden. */
export function checkArms(item: CompareItem, context: ArmContext): CheckedComparison {
  const { reporter } = context;
  const arms = new Map<string, CheckedArm>();
  if (item.arms.length > maximumArms) {
    reporter.report(
      error("L0416", `${item.arms.length} arms; the limit is ${maximumArms}`, {
        at: { span: item.keyword, text: "compares too many" },
        helps: ["divide it into several files"],
      }),
    );
    return { arms: [], faulty: new Set(item.arms.map(armName)) };
  }
  if (item.arms.length === 0) {
    reporter.report(
      error("L0217", "`compare` names no arm", {
        at: { span: item.keyword, text: "compares nothing" },
        helps: ["write a curriculum a line, such as `conventional`"],
      }),
    );
  }
  const faulty = new Set<string>();
  for (const arm of item.arms) {
    const checked = checkArm(arm, context);
    if (checked === null) {
      faulty.add(armName(arm));
      continue;
    }
    const first = arms.get(checked.name);
    if (first !== undefined) {
      reporter.report(
        error("L0402", `two arms are called \`${checked.name}\``, {
          at: { span: arm.span, text: "called so again" },
          secondary: [{ span: first.span, text: "called so first" }],
          helps: ["give one a label: `NAME: …`"],
        }),
      );
      continue;
    }
    arms.set(checked.name, checked);
  }
  return { arms: [...arms.values()], faulty };
}

/** Its label, or what it joins. */
function armName({ label, calls }: Arm): string {
  return label?.text ?? calls.map(calleeText).join("_");
}

function checkArm(arm: Arm, context: ArmContext): CheckedArm | null {
  const parts: CheckedCurriculum[] = [];
  const schedules: Expression[] = [];
  for (const call of arm.calls) {
    const part = checkPart(call, context);
    if (part === null) return null;
    parts.push(part);
    schedules.push(...call.arguments.filter(({ key }) => key?.text === "schedule").map(({ value }) => value));
  }
  const names = arm.calls.map(calleeText);
  const [written, second] = schedules;
  if (second !== undefined) {
    context.reporter.report(
      error("L0216", "an arm has one schedule", { at: { span: second.span, text: "given again" } }),
    );
    return null;
  }
  const schedule =
    written === undefined || context.metrics === null
      ? null
      : readSchedule(written, context.metrics, context.evaluator, context.reporter);
  if (schedule === null && written !== undefined && context.metrics !== null) return null;
  return { name: armName(arm), span: arm.span, curricula: names, parts, schedule };
}

function checkPart(call: CallExpression, context: ArmContext): CheckedCurriculum | null {
  const { declared, evaluator, reporter } = context;
  const name = { text: calleeText(call), span: calleeSpan(call) };
  const kind = declared.has(name.text) ? undefined : curricula.get(name.text);
  if (kind !== undefined) return bareCurriculum(kind, name.span, call, evaluator, reporter);
  const base = findCurriculum(name, declared, evaluator, reporter);
  if (base === undefined) reporter.report(unknownCurriculum("L0402", name, declared));
  if (!base) return null;
  const overridden = call.arguments.some(({ key }) => key?.text !== "schedule");
  return overridden ? withOverrides(base, call, evaluator, reporter) : base;
}
