import { type Diagnostic, error, exitCodes, LeracError } from "../diagnostics/index.js";
import type { RunEndEvent } from "../runs/index.js";
import type { TrainerExit } from "./launch.js";

/**
 * What is to be said to whoever started a trainer that failed or died; null where it ended as it should, which a stop
 * on request is too. Its exit code is that of the training: 5 where the trainer had no last word.
 *
 * @param shown the run folder as the user knows it
 */
export function failureOf(ended: TrainerExit, shown: string): LeracError | null {
  if (ended.end === null) return new LeracError(exitCodes.training, [wordless(ended, shown)]);
  const diagnostic = endDiagnostic(ended.end);
  if (diagnostic === null) return null;
  const exit = Object.values(exitCodes).find((known) => known === ended.end?.exit) ?? exitCodes.training;
  return new LeracError(exit, [diagnostic]);
}

function wordless({ exit, signal, lastLines }: TrainerExit, shown: string): Diagnostic {
  const how = signal ?? `exit ${exit}`;
  return error("L0719", `the trainer ended without a word (${how})`, {
    at: { place: shown },
    notes: lastLines.map((line) => `it last said: ${line}`),
    helps: [`go on from the last checkpoint: lerac resume ${shown}`],
  });
}

/** What a failed run said was wrong, as a diagnostic again. */
function endDiagnostic({ error: fault }: RunEndEvent): Diagnostic | null {
  if (fault === undefined || fault === null) return null;
  return error(fault.code ?? "L0700", fault.message, {
    at: fault.place === null ? null : { place: fault.place },
    notes: fault.notes,
    helps: fault.helps,
  });
}
