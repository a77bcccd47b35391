import { Command as Commander } from "commander";
import { exitCodes } from "../diagnostics/index.js";
import type { Command } from "./command.js";
import { reportFailure, unknownCommand } from "./failures.js";
import { commandHelp, overview } from "./help.js";
import { commandEntries, commandGroups } from "./registry.js";
import type { Terminal } from "./terminal.js";
import { packageVersion } from "./version.js";

/** Reads the command line, runs one command, and gives the exit code. Never throws. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exit: number = exitCodes.ok;
  let command: Command | undefined;
  try {
    const program = new Commander("lerac");
    configure(program, terminal);
    program.helpInformation = () => overview(commandGroups);
    program.version(packageVersion(), "-V, --version");
    program.argument("[words...]");
    program.action(() => {
      const [unknown] = program.args;
      if (unknown === undefined) terminal.answer(overview(commandGroups));
      else throw unknownCommand(unknown);
    });
    command = await commandEntries.find((entry) => entry.name === argv[0])?.load();
    if (command !== undefined) {
      addCommand(program, command, terminal, (code) => {
        exit = code;
      });
    }
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    return reportFailure(error, argv, command, terminal);
  }
}

function addCommand(
  program: Commander,
  command: Command,
  terminal: Terminal,
  ended: (exit: number) => void,
): void {
  const sub = program.command(`${command.name} ${commanderArguments(command.arguments)}`.trim());
  configure(sub, terminal);
  sub.helpInformation = () => commandHelp(command);
  for (const option of command.groups.flatMap((group) => group.options)) {
    const flags = option.flags.replace(/ (\[?)[A-Z][A-Z=]*(\]?)$|( )all$/, (_, optional: string) =>
      optional === "[" ? " [value]" : " <value>",
    );
    if (option.repeatable === true) {
      sub.option(flags, option.description, (value: string, all: string[]) => [...all, value], []);
    } else sub.option(flags, option.description);
  }
  sub.action(async () => {
    ended(await command.run({ arguments: sub.args, options: sub.opts(), terminal }));
  });
}

/** `FILE`, `[RUN]`, `FILE...` as commander writes them: `<FILE>`, `[RUN]`, `<FILE...>`. */
function commanderArguments(text: string): string {
  return text.replace(/(^| )([A-Z]+)(\.\.\.)?(?=$| )/g, "$1<$2$3>");
}

function configure(command: Commander, terminal: Terminal): void {
  command
    .exitOverride()
    .helpOption("-h, --help")
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      // Commander's own words are replaced by ours, in `failures.ts`.
      writeErr: () => undefined,
    });
}
