import { CommanderError } from "commander";
import { printable } from "../base/format.js";
import { suggest } from "../base/suggest.js";
import { exitCodes, LeracError } from "../diagnostics/index.js";
import type { Command } from "./command.js";
import { commandEntries } from "./registry.js";
import type { Terminal } from "./terminal.js";
import { usage } from "./usage.js";
import { packageVersion } from "./version.js";

/** Says what went wrong on the right stream, and gives the exit code. */
export async function reportFailure(
  error: unknown,
  argv: readonly string[],
  command: Command | undefined,
  terminal: Terminal,
): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok;
    return reportFailure(commandLineFault(error, argv, command), argv, command, terminal);
  }
  if (error instanceof LeracError) {
    const stream =
      error.exitCode === exitCodes.spec && argv[0] === "check" ? terminal.stdout : terminal.stderr;
    await terminal.diagnostics(error.diagnostics, stream);
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
function commandLineFault(
  error: CommanderError,
  argv: readonly string[],
  command: Command | undefined,
): LeracError {
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

export function unknownCommand(name: string): LeracError {
  const near = suggest(
    name,
    commandEntries.map((entry) => entry.name),
  );
  return usage(`there is no command called \`${name}\``, name, [
    near[0] === undefined ? "all commands: lerac --help" : `did you mean \`lerac ${near[0]}\`?`,
  ]);
}
