import { createInterface } from "node:readline";
import type { Terminal } from "./terminal.js";
import { usage } from "./usage.js";

/**
 * Asks before something is lost. Only `y` and `yes` are a yes; Enter, Ctrl-C and Ctrl-D are a no.
 * @param yes said on the command line: nobody is asked
 * @throws LeracError L0920 where nobody can be asked
 */
export async function confirm(terminal: Terminal, question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  const { stdin, stderr } = terminal;
  if (stdin.isTTY !== true || stderr.isTTY !== true)
    throw usage("there is no terminal to ask in: nothing was done", "standard input", [
      "`--yes` does it without a question",
    ]);
  const lines = createInterface({ input: stdin, output: stderr });
  const answer = await new Promise<string>((resolve) => {
    lines.on("close", () => resolve(""));
    lines.on("SIGINT", () => lines.close());
    lines.question(`${question} y/N `, resolve);
  });
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}
