/**
 * The command `lerac`. Nothing is imported before it is known what is asked for: the shell's completion, on every press
 * of Tab, waits for this file. Nor is anything awaited at top level: it is bundled as a CommonJS module.
 */
const argv = process.argv.slice(2);

void (argv[0] === "__complete" ? complete(argv.slice(1)) : command(argv));

async function complete(words: readonly string[]): Promise<void> {
  const { candidates } = await import("./completion/candidates.js");
  process.stdout.write(
    candidates(words, process.env)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

async function command(words: readonly string[]): Promise<void> {
  const [{ runCommandLine }, { Terminal }] = await Promise.all([
    import("./command-line.js"),
    import("./terminal.js"),
  ]);
  process.exitCode = await runCommandLine(words, new Terminal(streams, process.env));
  // A lent terminal or a watched file must not keep a finished command alive.
  streams.stdout.write("", () => process.exit());
}

const streams = {
  get stdout() {
    return endingSilently(process.stdout);
  },
  get stderr() {
    return endingSilently(process.stderr);
  },
  get stdin() {
    return process.stdin;
  },
};

function endingSilently(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!stream.listeners("error").includes(endOnClosedPipe)) stream.on("error", endOnClosedPipe);
  return stream;
}

/** A reader that went away (`| head`) ends a command silently. */
function endOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}
