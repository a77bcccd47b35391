import { Writable } from "node:stream";
import { runCommandLine } from "../../src/cli/command-line.js";
import { Terminal } from "../../src/cli/terminal.js";
import type { Outcome, Project } from "./harness.js";

/**
 * Types a command without a process of its own, which takes most of the time of a quick one. Files of the project are
 * given by their names and come back so.
 */
export async function typed(
  project: Project,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const stdout = new Sink();
  const stderr = new Sink();
  const before = process.cwd();
  process.chdir(project.folder);
  try {
    const streams = { stdout: stdout.stream, stderr: stderr.stream, stdin: process.stdin };
    const terminal = new Terminal(streams, env);
    const exit = await runCommandLine(args, terminal);
    return { exit, stdout: stdout.text, stderr: stderr.text };
  } finally {
    process.chdir(before);
  }
}

/** A stream that is no terminal and keeps what is written. */
class Sink {
  text = "";
  readonly stream: NodeJS.WriteStream;

  constructor() {
    const stream = new Writable({
      decodeStrings: false,
      write: (chunk: string, _, done) => {
        this.text += chunk;
        done();
      },
    });
    this.stream = stream as unknown as NodeJS.WriteStream;
  }
}
