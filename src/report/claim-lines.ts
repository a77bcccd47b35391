import { plural } from "../base/format.js";
import type { TrainingProgram } from "../program/types.js";

/** What the author claims, and what a test of it could show at all with so many seeds. */
export function claimLines(program: TrainingProgram): string[] {
  const folds = program.data.folds?.count ?? 1;
  const n = program.experiment.seeds.length * folds;
  const runs = folds === 1 ? plural(n, "seed") : `${n} runs (${plural(n / folds, "seed")} x ${folds} folds)`;
  return program.claims.flatMap((claim, i) => {
    const head = `claim  ${i + 1}  ${claim.text}:`;
    if (claim.arms.length < 2) return wrap(`${head} the mean of ${runs}, no test`);
    const p = Number((1 / 2 ** n).toPrecision(2));
    const reach =
      n < 2 ? "one pair shows no p" : `${n} pairs reach p = ${p} only if ${claim.arms[0]} wins on all ${n}`;
    return wrap(`${head} the mean of ${n} paired differences; ${reach}`);
  });
}

/** Lines of at most 80 characters, the later ones indented to the text of the first. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const next = line === "" ? word : `${line} ${word}`;
    if (next.length > 80 && line !== "") {
      lines.push(line);
      line = `          ${word}`;
    } else line = next;
  }
  return [...lines, line];
}
