#!/usr/bin/env node
import { Command as Commander, CommanderError } from "commander";
import { printable } from "../base/format.js";
import { suggest } from "../base/suggest.js";
import { exitCodes, LeracError } from "../diagnostics/index.js";
import type { Command } from "./command.js";
import { check } from "./commands/check.js";
import { compileCommand } from "./commands/compile.js";
import { evalCommand } from "./commands/eval.js";
import { plan } from "./commands/plan.js";
import { resume } from "./commands/resume.js";
import { run } from "./commands/run.js";
import { commandHelp, overview } from "./help.js";
import { Terminal } from "./terminal.js";
import { usage } from "./usage.js";
import { packageVersion } from "./version.js";

const groups = [
  { title: "Write", commands: [check] },
  { title: "Look", commands: [plan] },
  { title: "Train", commands: [{ ...run, summary: "a spec or program" }, resume, compileCommand] },
  { title: "Use", commands: [evalCommand] },
];
const commands: readonly Command[] = [check, plan, run, resume, compileCommand, evalCommand];

/** Reads the command line, runs one command, and gives the exit code. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exit: number = exitCodes.ok;
  const program = new Commander("lerac");
  configure(program, terminal);
  program.helpInformation = () => overview(groups);
  program.version(packageVersion(), "-V, --version");
  program.action(() => {
    const [unknown] = program.args;
    if (unknown === undefined) terminal.answer(overview(groups));
    else throw unknownCommand(unknown);
  });
  for (const command of commands) {
    const sub = program.command(
      `${command.name} ${command.arguments}`
        .trim()
        .replace(/\b([A-Z]+)(\.\.\.)?(?=$| )/, "<$1$2>")
        .replace("[<RUN>]", "[RUN]"),
    );
    configure(sub, terminal);
    sub.helpInformation = () => commandHelp(command);
    for (const option of command.groups.flatMap((group) => group.options)) {
      const flags = option.flags.replace(/ ([A-Z][A-Z=]*|all)$/, " <value>");
      if (option.repeatable === true) {
        sub.option(flags, option.description, (value: string, all: string[]) => [...all, value], []);
      } else sub.option(flags, option.description);
    }
    sub.action(async (...given: unknown[]) => {
      const operands = sub.args;
      void given;
      exit = await command.run({ arguments: operands, options: sub.opts(), terminal });
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    return report(error, argv, terminal);
  }
}

function configure(command: Commander, terminal: Terminal): void {
  command
    .exitOverride()
    .helpOption("-h, --help")
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      // Commander's own words are replaced by ours, in `report`.
      writeErr: () => undefined,
    });
}

function report(error: unknown, argv: readonly string[], terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok;
    return report(commandLineFault(error, argv), argv, terminal);
  }
  if (error instanceof LeracError) {
    const stream =
      error.exitCode === exitCodes.spec && argv[0] === "check" ? terminal.stdout : terminal.stderr;
    terminal.diagnostics(error.diagnostics, stream);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.say(`internal error: this is a fault of lerac, not of what it was given. Please report it with:`);
  terminal.say(
    `lerac ${packageVersion()}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  );
  terminal.say(text.split("\n").map(printable).join("\n"));
  return exitCodes.internal;
}

/** Commander's finding in our words. */
function commandLineFault(error: CommanderError, argv: readonly string[]): LeracError {
  const command = commands.find((known) => known.name === argv[0]);
  const more = command === undefined ? "lerac --help" : `lerac ${command.name} --help`;
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "commander.unknownOption": {
      const flags = (command?.groups ?? []).flatMap((group) =>
        group.options.flatMap((option) => option.flags.split(/[ ,]+/).filter((part) => part.startsWith("-"))),
      );
      const [near] = suggest(quoted, [...flags, "--help"]);
      return usage(
        `${command === undefined ? "lerac" : `\`lerac ${command.name}\``} has no flag \`${quoted}\``,
        quoted,
        [near === undefined ? `all flags: ${more}` : `did you mean \`${near}\`?`],
      );
    }
    case "commander.optionMissingArgument": {
      const flag = quoted.replace(/ <.*$/, "").replace(/^-\w, /, "");
      return usage(`\`${flag}\` needs a value`, flag, [more]);
    }
    case "commander.missingArgument":
      return usage(
        `\`lerac ${command?.name}\` needs ${quoted === "RUN" ? "a run" : "a file"}`,
        argv.join(" "),
        [more],
      );
    case "commander.excessArguments":
      return usage(`\`lerac ${command?.name ?? ""}\` takes one file`, argv.join(" "), [more]);
    default:
      return command === undefined && argv[0] !== undefined
        ? unknownCommand(argv[0])
        : usage(error.message, argv.join(" "), [more]);
  }
}

function unknownCommand(name: string): LeracError {
  const near = suggest(
    name,
    commands.map((command) => command.name),
  );
  return usage(`there is no command called \`${name}\``, name, [
    near[0] === undefined ? "all commands: lerac --help" : `did you mean \`lerac ${near[0]}\`?`,
  ]);
}

/** A reader that went away (`| head`) ends a command silently. */
function endOnClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCodes.ok);
    throw error;
  });
}

endOnClosedPipe(process.stdout);
endOnClosedPipe(process.stderr);
process.exitCode = await main(
  process.argv.slice(2),
  new Terminal(process.stdout, process.stderr, process.stdin, process.env),
);
// A lent terminal or a watched file must not keep a finished command alive.
process.stdout.write("", () => process.exit());
