import { fail, type LeracError } from "../../diagnostics/index.js";

/** @param why what no compiled step has, as a clause: "the layer a (gru) computes recurrence" */
export function cannotCompile(why: string): LeracError {
  return fail("missing", "L0903", "this training step can't be compiled into one graph yet", {
    at: { place: "the model" },
    notes: [`${why}, which compiled steps don't have in this version`],
    helps: ["`--backend auto` trains it operation by operation"],
  });
}
