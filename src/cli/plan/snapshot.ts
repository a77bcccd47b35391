import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { lineDiff } from "../../base/line-diff.js";
import { exitCodes, fail } from "../../diagnostics/index.js";
import { planText } from "../../report/index.js";
import type { LoadedProgram } from "../load-program.js";
import { writeOutput } from "../output.js";
import type { Terminal } from "../terminal.js";

/**
 * Writes the plan beside the spec, `fashion.plan` for `fashion.lerac`, or with `check` compares it with the one there.
 * Nothing in it depends on the machine or on data, so that it can be committed and diffed.
 *
 * @returns the exit code: 1 where a check finds a difference
 * @throws LeracError L0005 (exit 4) where there is nothing to check against, L0006 where it can't be written
 */
export function snapshot({ program, file }: LoadedProgram, check: boolean, terminal: Terminal): number {
  const path = file.replace(/\.lerac$/i, ".plan");
  const text = planText(program, { samples: "omit", allEpochs: false });
  if (!check) {
    const before = existsSync(path) ? readSnapshot(path) : null;
    if (before !== text) writeOutput(path, text);
    terminal.answer(
      before === null ? `wrote ${path}` : before === text ? `${path} is up to date` : `updated ${path}`,
    );
    return exitCodes.ok;
  }
  if (!existsSync(path)) {
    throw fail("missing", "L0005", `${path} can't be read: there is no such file`, {
      at: { place: path },
      helps: [`\`lerac plan ${file} --snapshot\` writes it`],
    });
  }
  const before = readSnapshot(path);
  if (before === text) {
    terminal.answer(`${path} is up to date`);
    return exitCodes.ok;
  }
  terminal.answer(`--- ${path}\n+++ the plan of ${basename(file)} as it stands\n${lineDiff(before, text)}`);
  terminal.say(`${path} is not the plan of ${file}: \`lerac plan ${file} --snapshot\` writes it anew`);
  return exitCodes.no;
}

/** Line ends as version control may have made them. */
function readSnapshot(path: string): string {
  return readFileSync(path, "utf8").replaceAll("\r\n", "\n");
}
