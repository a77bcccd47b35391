import { LeracError, type Span } from "../diagnostics/index.js";

/**
 * An error about data that are missing or can't be read yet, pointing at the line of the spec that says where they should be. Any other
 * error, and one where the command line or LERAC_DATA said so, stays as it is.
 *
 * @param source where the spec names the source; null where another place was named
 */
export function pointAtSource(error: unknown, source: Span | null): unknown {
  if (!(error instanceof LeracError) || source === null) return error;
  const diagnostics = error.diagnostics.map((diagnostic) => {
    if (diagnostic.code === "L0316") {
      return { ...diagnostic, at: { span: source, text: "can be checked and planned, not run yet" } };
    }
    if (diagnostic.code !== "L0304" || diagnostic.at === null || "span" in diagnostic.at) return diagnostic;
    const [reason = "not there", ...notes] = diagnostic.notes;
    const text = `${reason.replace(/^there is /, "")}, seen from the spec`;
    return { ...diagnostic, at: { span: source, text }, notes };
  });
  return new LeracError(error.exitCode, diagnostics);
}
