import { formatCount, formatDuration } from "../base/format.js";
import type { BadgeGlyph } from "./glyphs.js";
import type { RunState } from "./state.js";
import type { Style } from "./text.js";
import { formatEpoch } from "./wording.js";

export type StatusKind =
  | "waiting"
  | "compiling"
  | "running"
  | "paused"
  | "evaluating"
  | "stopping"
  | "finished"
  | "stopped"
  | "aborted"
  | "failed"
  | "crashed"
  | "silent";

/** What the badge in the corner says. */
export interface Status {
  readonly kind: StatusKind;
  readonly glyph: BadgeGlyph;
  readonly word: string;
  readonly style: Style;
  /** Training time beside the badge; null where the badge tells a time itself. */
  readonly elapsed: string | null;
  readonly resumed: boolean;
}

/** Seconds without an event after which nothing is assumed any more (a heartbeat is due every 5). */
export const silenceSeconds = 15;

/** The state of a run at a moment (milliseconds since 1970). */
export function statusOf(state: RunState, now: number): Status {
  const elapsed = formatDuration(state.live ? state.clock.secondsAt(now) : state.clock.seconds);
  const resumed = state.seams.length > 0;
  const status = (kind: StatusKind, glyph: BadgeGlyph, word: string, style: Style, time = true): Status => {
    return { kind, glyph, word, style, elapsed: time ? elapsed : null, resumed };
  };
  const { end } = state;
  if (end !== null) {
    const at = `at ${formatEpoch(state.epoch)}`;
    if (end.outcome === "completed")
      return status("finished", "finished", `finished ${formatDuration(end.seconds)}`, "ok", false);
    if (end.outcome === "stopped") return status("stopped", "stopped", `stopped ${at}`, "warn");
    if (end.outcome === "aborted") return status("aborted", "stopped", `aborted ${at}`, "warn");
    if (state.health?.action === "stop") return status("failed", "health", healthWord(state), "error");
    return status("failed", "failed", `failed ${at}`, "error");
  }
  if (state.trainerExit !== null) return status("crashed", "failed", "crashed", "error");
  if (state.clock.last === null) return status("waiting", "waiting", "waiting", "dim", false);
  const silence = (now - state.clock.last) / 1000;
  if (silence >= silenceSeconds) {
    return status("silent", "silent", `no sign of life ${formatDuration(silence)}`, "warn", false);
  }
  if (state.stopping) return status("stopping", "stopping", "stopping", "warn");
  switch (state.phase?.phase) {
    case "compile":
      return status("compiling", "waiting", "compiling", "text");
    case "pause":
      return status(
        "paused",
        "paused",
        `paused ${formatDuration((now - state.phase.since) / 1000)}`,
        "warn",
        false,
      );
    case "evaluate":
      return status("evaluating", "evaluating", "evaluating", "text");
    default:
      return state.step === 0 && state.lastStep === null
        ? status("compiling", "waiting", "compiling", "text")
        : status("running", "running", "running", "ok");
  }
}

function healthWord(state: RunState): string {
  const kinds = { nan: "NaN", inf: "Inf", diverged: "diverged", dead: "dead", exploding: "exploding" };
  return state.health === null
    ? "failed"
    : `${kinds[state.health.kind]} at step ${formatCount(state.health.step)}`;
}
