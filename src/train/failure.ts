import { printable } from "../base/format.js";
import { exitCodes, LeracError } from "../diagnostics/index.js";
import type { RunError } from "../runs/index.js";

export interface Failure {
  readonly exit: number;
  readonly error: RunError;
}

/** What an error that ended a run comes to: its exit code, and its words as plain data. */
export function describeFailure(error: unknown): Failure {
  const diagnostic = error instanceof LeracError ? error.diagnostics[0] : undefined;
  if (!(error instanceof LeracError) || diagnostic === undefined)
    return {
      exit: exitCodes.internal,
      error: {
        code: null,
        message: `lerac itself is at fault: ${printable(error instanceof Error ? error.message : String(error))}`,
        place: null,
        notes: ["the run's trainer.log has the details"],
        helps: ["please report it, with the run folder if you can"],
      },
    };
  const { code, message, at, notes, helps } = diagnostic;
  return {
    exit: error.exitCode,
    error: {
      code,
      message,
      place: at === null ? null : "place" in at ? at.place : at.span.source.name,
      notes,
      helps: helps.map((help) => help.text),
    },
  };
}
