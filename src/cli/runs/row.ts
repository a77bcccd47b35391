import type { Run } from "../../runs/index.js";
import { displayName, folderSize, readLabels } from "../../runs/index.js";
import type { BadgeGlyph } from "../../ui/glyphs.js";
import { statusOf } from "../../ui/status.js";
import type { Style } from "../../ui/text.js";
import { referenceTo } from "../run-reference.js";
import { type KnownRun, knownRun } from "../run-state.js";

/** One run as lists show it. */
export interface RunRow {
  readonly run: Run;
  /** What commands may call it from here. */
  readonly reference: string;
  /** Without the id, which has a column of its own. */
  readonly name: string;
  readonly tags: readonly string[];
  /** One word: done, running, paused, evaluating, compiling, waiting, stopping, stopped, … */
  readonly state: string;
  readonly glyph: BadgeGlyph;
  readonly style: Style;
  readonly known: KnownRun;
  /** Bytes on disk. */
  readonly bytes: number;
}

/** Words of the monitor's badges that a list has other ones for. */
const listWords: Readonly<Record<string, string>> = { finished: "done" };

export function rowOf(run: Run, env: NodeJS.ProcessEnv, now: number): RunRow {
  const known = knownRun(run, now);
  const { kind, glyph, style } = statusOf(known.state, now);
  const suffix = `-${run.record.id}`;
  const name = displayName(run);
  return {
    run,
    reference: referenceTo(run, env),
    name: name.endsWith(suffix) ? name.slice(0, -suffix.length) : name,
    tags: readLabels(run).tags,
    state: known.empty ? "empty" : (listWords[kind] ?? kind),
    glyph,
    style,
    known,
    bytes: folderSize(run.folder).bytes,
  };
}

/** The best value of what the run keeps its checkpoint for; null before anything was measured. */
export function bestOf({ state }: KnownRun): { metric: string; value: number; epoch: number } | null {
  const { metric, value, epoch } = state.end?.best ?? {};
  if (metric !== undefined && value !== undefined && epoch !== undefined) return { metric, value, epoch };
  return state.best === null ? null : { ...state.best };
}

/**
 * A metric of a run by `SPLIT.METRIC`: that of its kept checkpoint where it is known, else the newest; undefined where
 * it was never measured.
 */
export function metricOf({ known }: Pick<RunRow, "known">, metric: string): number | undefined {
  const best = bestOf(known);
  if (best?.metric === metric) return best.value;
  return known.measured.get(metric);
}

/** Seconds of training: as the run said at its end, else as its events tell. */
export function trainedSeconds({ state }: KnownRun): number {
  return state.end?.seconds ?? state.clock.seconds;
}
