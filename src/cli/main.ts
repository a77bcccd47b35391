#!/usr/bin/env node
/**
 * The command `lerac`. Nothing is imported before it is known what is asked for: the shell's completion, on every press
 * of Tab, waits for this file.
 */
import module from "node:module";

// From Node 22 on: what was compiled at the last start is not compiled again.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const argv = process.argv.slice(2);

if (argv[0] === "__complete") {
  const { candidates } = await import("./completion/candidates.js");
  process.stdout.write(
    candidates(argv.slice(1), process.env)
      .map((line) => `${line}\n`)
      .join(""),
  );
} else {
  endOnClosedPipe(process.stdout);
  endOnClosedPipe(process.stderr);
  const [{ runCommandLine }, { Terminal }] = await Promise.all([
    import("./command-line.js"),
    import("./terminal.js"),
  ]);
  process.exitCode = await runCommandLine(
    argv,
    new Terminal(process.stdout, process.stderr, process.stdin, process.env),
  );
  // A lent terminal or a watched file must not keep a finished command alive.
  process.stdout.write("", () => process.exit());
}

/** A reader that went away (`| head`) ends a command silently. */
function endOnClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
