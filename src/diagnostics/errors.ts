import { type Diagnostic, type DiagnosticParts, error } from "./diagnostic.js";

/** What a process that ends says about why; `lerac explain exit` prints this table. */
export const exitCodes = {
  /** Done, the answer is yes. */
  ok: 0,
  /** Done, the answer is no. */
  no: 1,
  /** The command line is wrong; nothing was read. */
  usage: 2,
  /** The spec is wrong. */
  spec: 3,
  /** Something needed is missing or damaged: data, program, checkpoint, run, backend, existing output. */
  missing: 4,
  /** Training failed. */
  training: 5,
  /** Stopped on request, with a checkpoint. */
  stopped: 6,
  /** Our bug. */
  internal: 70,
  /** Aborted by a second Ctrl-C. */
  aborted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Something the user can mend. Thrown anywhere outside of `check` (which collects its diagnostics), caught once in
 * `cli/`, rendered, and turned into its exit code. Never carries a stack to the user.
 */
export class LeracError extends Error {
  override name = "LeracError";

  constructor(
    readonly exitCode: ExitCode,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super(diagnostics[0]?.message ?? "unknown");
  }
}

/** The common case: one error, one place. `throw fail("missing", "L0304", "…", { at: { place: path } })`. */
export function fail(
  exit: keyof typeof exitCodes,
  code: string,
  message: string,
  parts: DiagnosticParts = {},
): LeracError {
  return new LeracError(exitCodes[exit], [error(code, message, parts)]);
}
