import { fail, LeracError } from "../../diagnostics/index.js";

/** @param why what no compiled step has, as a clause: "the layer a (gru) computes recurrence" */
export function cannotCompile(why: string): LeracError {
  return fail("missing", "L0903", "this training step can't be compiled into one graph yet", {
    at: { place: "the model" },
    notes: [`${why}, which compiled steps don't have in this version`],
    helps: ["`--backend auto` trains it operation by operation"],
  });
}

/** Whether a step could not be compiled, and may be run operation by operation instead. */
export function isRefusal(error: unknown): error is LeracError {
  return error instanceof LeracError && error.diagnostics[0]?.code === "L0903";
}

/** "the layer a (gru) computes recurrence". */
export function whyRefused({ diagnostics: [first] }: LeracError): string {
  return (first?.notes[0] ?? "").replace(/, which compiled steps.*$/, "");
}
