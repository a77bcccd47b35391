import type { AttendOptions } from "./attend.js";
import { type Command, flagOption, type Invocation, type OptionSpec, textOption } from "./command.js";
import { usage, wholeNumber } from "./usage.js";

const themes = ["auto", "dark", "light", "mono"] as const;

/** Leaving a run to itself. */
export const detachOption: OptionSpec = {
  flags: "--detach",
  description: "train in the background: print the run folder and go",
};

/** @throws LeracError L0920: a run that is left to itself has nobody to stream to. */
export function refuseDetachedStream(invocation: Invocation): void {
  if (!flagOption(invocation, "detach") || !flagOption(invocation, "json")) return;
  throw usage("`--detach` leaves the run, `--json` follows it: not both", "--detach --json", [
    "`lerac watch RUN --json` follows a run that was detached",
  ]);
}

/** The flags of every command that shows a run while it trains. */
export const showGroup: Command["groups"][number] = {
  title: "What is shown",
  options: [
    { flags: "--no-tui", description: "lines instead of the monitor" },
    { flags: "--json", description: "events as JSON lines on standard output" },
    { flags: "-q, --quiet", description: "only warnings, errors and the end" },
    {
      flags: "--log-every STEPS",
      description: "a line every so many steps, at their next record (default: every 10 s)",
    },
    { flags: "--theme NAME", description: "auto, dark, light, mono (default auto)", values: themes },
    { flags: "--ascii", description: "no characters beyond ASCII" },
  ],
};

export function showOptions(
  invocation: Invocation,
): Omit<AttendOptions, "stepsPerEpoch" | "from" | "resumedAfter"> {
  const { terminal } = invocation;
  const json = flagOption(invocation, "json");
  const quiet = flagOption(invocation, "quiet");
  const asked = textOption(invocation, "theme");
  const name = asked ?? (terminal.env.LERAC_THEME || "auto");
  const theme = themes.find((known) => known === name);
  if (theme === undefined)
    throw usage(
      `there is no theme called \`${name}\``,
      asked === undefined ? `LERAC_THEME=${name}` : `--theme ${name}`,
      [`themes are ${themes.join(", ")}`],
    );
  return {
    json,
    quiet,
    monitor: terminal.interactive && !json && !quiet && invocation.options.tui !== false,
    logEvery: wholeNumber(textOption(invocation, "logEvery"), "--log-every", 1),
    theme,
    ascii: flagOption(invocation, "ascii"),
  };
}
