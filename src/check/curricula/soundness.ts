import { error, type Span } from "../../diagnostics/index.js";
import { shortRate, type Time, timeText } from "../../plan/index.js";
import type { Reporter } from "../reporter.js";
import type { CheckedCurriculum } from "./checked-curriculum.js";
import type { PlanRequest, UntabledPlan } from "./plan.js";

/** Whether curriculum, schedule and run go together. True when they do; faults are reported. */
export function isSoundPlan(
  plan: UntabledPlan,
  starts: readonly number[],
  request: PlanRequest,
  setting: CheckedCurriculum | null,
  reporter: Reporter,
): boolean {
  return [
    doesSomething(plan, starts, request, setting, reporter),
    endsInTime(plan, request, setting, reporter),
    holdsEndInTime(request, reporter),
    dropsHappen(plan, request, setting, reporter),
    warmsUpInTime(plan, request, reporter),
  ].every((sound) => sound);
}

function doesSomething(
  plan: UntabledPlan,
  starts: readonly number[],
  request: PlanRequest,
  setting: CheckedCurriculum | null,
  reporter: Reporter,
): boolean {
  const { common, commonSpan } = request;
  const idle = setting?.kind.rates?.idle(setting.values, starts, common) ?? null;
  if (setting === null || idle === null || plan.levels.some((level) => level.hold !== undefined)) return true;
  const example = shortRate(Number((common * 1e-5).toPrecision(3)));
  reporter.report(
    error("L0411", `curriculum \`${setting.name}\` changes nothing: ${idle}`, {
      at: { span: setting.spans.rates ?? setting.span, text: "every level starts at the common rate" },
      secondary: commonSpan === null ? [] : [{ span: commonSpan, text: "the common rate" }],
      helps: [`start the last level lower, such as \`rates ${shortRate(common)} -> ${example}\``],
    }),
  );
  return false;
}

/** A time on the scale of the run's own length; null where only the size of the data relates the two. */
function onScaleOf(time: Time, length: PlanRequest["length"]): number | null {
  if (time.unit === "share") return time.value * length.value;
  return time.unit === length.unit ? time.value : null;
}

/** Whether a comes after b; null where only the size of the data can tell. */
function isAfter(a: Time, b: Time, length: PlanRequest["length"]): boolean | null {
  if (a.unit === b.unit) return a.value > b.value;
  const [onA, onB] = [onScaleOf(a, length), onScaleOf(b, length)];
  return onA === null || onB === null ? null : onA > onB;
}

function endsInTime(
  plan: UntabledPlan,
  request: PlanRequest,
  setting: CheckedCurriculum | null,
  reporter: Reporter,
): boolean {
  const { until } = plan.rule;
  const { length } = request;
  if (until === undefined || setting === null || isAfter(until, length, length) !== true) return true;
  const written = setting.spans.until;
  reporter.report(
    error("L0414", "the curriculum would end after the run", {
      at: {
        span: written ?? setting.span,
        text:
          written === undefined
            ? `ends at ${timeText(until)}`
            : `the run ends at ${length.value} ${length.unit}`,
      },
      secondary: [{ span: request.lengthSpan, text: "the length of the run" }],
      helps: ["end it earlier: the paper's curricula take 2 to 7 epochs"],
    }),
  );
  return false;
}

function holdsEndInTime({ parts, length, lengthSpan }: PlanRequest, reporter: Reporter): boolean {
  let sound = true;
  for (const { until, untilSpan, span } of parts.flatMap((part) => part.holds)) {
    if (until === null || isAfter(until, length, length) !== true) continue;
    sound = false;
    reporter.report(
      error("L0414", "these layers would thaw after the run", {
        at: { span: untilSpan ?? span, text: `the run ends at ${length.value} ${length.unit}` },
        secondary: [{ span: lengthSpan, text: "the length of the run" }],
        helps: ["leave `until` out: then it is for good"],
      }),
    );
  }
  return sound;
}

/** Instants before k, or after the end, at which the schedule would do nothing. */
function dropsHappen(
  plan: UntabledPlan,
  { schedule, length, lengthSpan }: PlanRequest,
  setting: CheckedCurriculum | null,
  reporter: Reporter,
): boolean {
  const { until } = plan.rule;
  let sound = true;
  for (const { time, span } of schedule.instants) {
    const what = `the rate drop at ${momentText(time)} would never happen`;
    if (until !== undefined && isAfter(until, time, length) === true) {
      reporter.report(neverDuring(what, span, time, until, setting));
      sound = false;
    } else if (isAfter(length, time, length) === false) {
      reporter.report(
        error("L0421", what, {
          at: { span, text: `the run ends at ${length.value} ${length.unit}` },
          secondary: [{ span: lengthSpan, text: "the length of the run" }],
          helps: ["move it to an earlier moment, or leave it out"],
        }),
      );
      sound = false;
    }
  }
  return sound;
}

function neverDuring(what: string, span: Span, time: Time, until: Time, setting: CheckedCurriculum | null) {
  return error("L0421", what, {
    at: { span, text: "falls inside the curriculum" },
    secondary:
      setting === null
        ? []
        : [
            {
              span: setting.spans.until ?? setting.span,
              text: "until here the curriculum alone sets every rate",
            },
          ],
    helps: [`move it to ${momentText(until)} or later, or end the curriculum at \`${timeText(time)}\``],
  });
}

/** "epoch 3", "step 400", "10 % of the run". */
function momentText(time: Time): string {
  return time.unit === "share" ? timeText(time) : `${time.unit.slice(0, -1)} ${time.value}`;
}

function warmsUpInTime(
  plan: UntabledPlan,
  { schedule, length, lengthSpan }: PlanRequest,
  reporter: Reporter,
): boolean {
  const { warmup } = plan.schedule;
  if (warmup === undefined || schedule.warmupSpan === null) return true;
  const k = plan.rule.until;
  const [rise, from] = [onScaleOf(warmup, length), k === undefined ? 0 : onScaleOf(k, length)];
  if (rise === null || from === null || from + rise <= length.value) return true;
  reporter.report(
    error("L0422", "the warm-up would end after the run", {
      at: { span: schedule.warmupSpan, text: `the run ends at ${length.value} ${length.unit}` },
      secondary: [{ span: lengthSpan, text: "the length of the run" }],
      helps: ["make it shorter"],
    }),
  );
  return false;
}
