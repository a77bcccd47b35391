import { error, type Span } from "../../diagnostics/index.js";
import type { Level, Time } from "../../plan/index.js";
import type { Setting } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import { asTime } from "../times.js";
import { matches } from "./address-tree.js";
import type { CheckedHold } from "./checked-curriculum.js";
import { claimedTwice, type DraftLevel, type SelectionContext, unmatchedPath } from "./levels.js";
import { readSelectors, selectorText } from "./selectors.js";

/** `freeze ADDRESSES [until TIME]` or `hold ADDRESSES at RATE [until TIME]`; null after a reported fault. */
export function readHold(setting: Setting, evaluator: Evaluator, reporter: Reporter): CheckedHold | null {
  const name = setting.head.text;
  const selectors = readSelectors(setting.values, name, setting.span, reporter);
  const allowed = name === "hold" ? ["at", "until"] : ["until"];
  for (const [i, clause] of setting.clauses.entries()) {
    const again = setting.clauses.findIndex((c) => c.word.text === clause.word.text) < i;
    if (allowed.includes(clause.word.text) && !again && clause.values.length === 1) continue;
    reporter.report(
      error("L0408", `\`${name}\` is not written like this`, {
        at: { span: clause.span, text: again ? "said twice" : "not understood here" },
        helps: [usage(name)],
      }),
    );
    return null;
  }
  const untilValue = setting.clauses.find((clause) => clause.word.text === "until")?.values[0];
  const until = untilValue === undefined ? null : readUntil(untilValue, evaluator, reporter);
  const rate = name === "freeze" ? 0 : readRate(setting, evaluator, reporter);
  if (selectors === null || until === undefined || rate === null) return null;
  return { selectors, rate, until, span: setting.span, untilSpan: untilValue?.span ?? null };
}

function usage(name: string): string {
  return name === "hold"
    ? "write it as `hold  ADDRESSES at RATE until TIME`; without `until` it is for good"
    : "write it as `freeze  ADDRESSES until TIME`; without `until` it is for good";
}

/** Undefined after a reported fault. */
function readUntil(
  value: Setting["values"][number],
  evaluator: Evaluator,
  reporter: Reporter,
): Time | undefined {
  const located = evaluator.located(value);
  const time = located && asTime(located, "until", reporter);
  if (time === null) return undefined;
  if (time.value > 0) return time;
  reporter.report(
    error("L0413", "`until` must be later than the start", {
      at: { span: value.span, text: "is the start, or before it" },
    }),
  );
  return undefined;
}

function readRate(setting: Setting, evaluator: Evaluator, reporter: Reporter): number | null {
  const value = setting.clauses.find((clause) => clause.word.text === "at")?.values[0];
  if (value === undefined) {
    reporter.report(
      error("L0408", "`hold` does not say at which rate", {
        at: { span: setting.span, text: "no `at`" },
        helps: [usage("hold")],
      }),
    );
    return null;
  }
  const number = evaluator.number(value);
  if (number === null) return null;
  if (number.unit === null && number.value > 0) return number.value;
  const isZero = number.unit === null && number.value === 0;
  reporter.report(
    error("L0211", "a rate is a number above 0", {
      at: { span: value.span, text: number.unit === null ? "not above 0" : "has a unit" },
      helps: isZero ? ["`freeze` keeps weights as they are"] : [],
    }),
  );
  return null;
}

/** A hold and the tensors it takes. */
export interface AppliedHold {
  readonly hold: CheckedHold;
  readonly text: string;
  readonly tensors: readonly string[];
}

/** What each hold takes; no tensor may be held twice. Null after reported faults. */
export function applyHolds(
  holds: readonly CheckedHold[],
  context: SelectionContext,
): readonly AppliedHold[] | null {
  const held = new Map<string, Span>();
  let sound = true;
  const applied = holds.map((hold): AppliedHold => {
    const tensors: string[] = [];
    for (const path of hold.selectors.flatMap((selector) => selector.paths)) {
      const found = matches(context.root, path, context.evaluator);
      if (found === null) sound = false;
      else if (found.length === 0) {
        sound = false;
        context.reporter.report(unmatchedPath(path, context, []));
      }
      for (const at of found ?? []) {
        const first = at.tensors.map((tensor) => held.get(tensor)).find((span) => span !== undefined);
        if (first !== undefined) {
          sound = false;
          context.reporter.report(claimedTwice(at.address, path.span, first, "`freeze` or `hold` twice"));
          continue;
        }
        for (const tensor of at.tensors) held.set(tensor, path.span);
        tensors.push(...at.tensors);
      }
    }
    return { hold, tensors, text: hold.selectors.map(selectorText).join(", ") };
  });
  return sound ? applied : null;
}

/** Tensors that never follow the curriculum. */
export function heldForGood(applied: readonly AppliedHold[]): ReadonlySet<string> {
  return new Set(applied.filter(({ hold }) => hold.until === null).flatMap(({ tensors }) => tensors));
}

/**
 * The levels of a plan: those of the curriculum, divided where parts of one are held for a time, and what is held for
 * good as a level for each `hold` or `freeze`.
 *
 * @param starts η_j(0) of the drafts
 */
export function dividedLevels(
  drafts: readonly DraftLevel[],
  starts: readonly number[],
  applied: readonly AppliedHold[],
): Level[] {
  const holdOf = new Map<string, AppliedHold>();
  for (const hold of applied) for (const tensor of hold.tensors) holdOf.set(tensor, hold);
  const levels = drafts.flatMap((draft, j) => {
    const parts = new Map<AppliedHold | null, string[]>();
    for (const tensor of draft.tensors) {
      const hold = holdOf.get(tensor) ?? null;
      parts.set(hold, [...(parts.get(hold) ?? []), tensor]);
    }
    return [...parts].map(([applied, tensors]): Level => {
      const level = { address: draft.address, tensors, start: starts[j] as number };
      if (applied === null) return level;
      const { rate, until } = applied.hold;
      const isWhole = tensors.length === draft.tensors.length;
      const isOnlyHere = tensors.length === applied.tensors.length;
      const address = isWhole
        ? draft.address
        : isOnlyHere
          ? applied.text
          : `${applied.text} of ${draft.address}`;
      return { ...level, address, hold: { rate, until } };
    });
  });
  const forGood = applied
    .filter(({ hold }) => hold.until === null)
    .map(
      ({ hold: { rate }, text, tensors }): Level => ({
        address: text,
        tensors,
        start: rate,
        hold: { rate, until: null },
      }),
    );
  return [...levels, ...forGood];
}
