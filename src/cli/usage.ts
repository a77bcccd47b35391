import { fail, type LeracError } from "../diagnostics/index.js";

/** A command line that is wrong: exit 2, nothing was read. */
export function usage(message: string, place: string, helps: readonly string[] = []): LeracError {
  return fail("usage", "L0920", message, { at: { place }, helps });
}

/** A whole number of an option. */
export function wholeNumber(text: string | undefined, flag: string, minimum: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && Number.isSafeInteger(value) && value >= minimum) return value;
  throw usage(`\`${flag}\` needs a whole number of at least ${minimum}, not \`${text}\``, `${flag} ${text}`);
}
