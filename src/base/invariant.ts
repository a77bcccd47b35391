/** A fault of lerac itself, never of its input. It reaches the user as exit code 70 with a request to report it. */
export class InternalError extends Error {
  override name = "InternalError";
}

/** Asserts what the surrounding code guarantees. A failure is our bug; a user's mistake is a `LeracError`. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}

/** Marks a branch that exhaustive types make unreachable. */
export function unreachable(value: never): never {
  throw new InternalError(`unreachable value: ${JSON.stringify(value)}`);
}
