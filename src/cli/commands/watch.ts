import { exitCodes } from "../../diagnostics/index.js";
import { followEvents, type Run, sendCommand } from "../../runs/index.js";
import { closingLines, LineReporter, renderFrame, runMonitor } from "../../ui/index.js";
import { firstView } from "../../ui/monitor/view.js";
import { preferencesFile } from "../../ui/preferences.js";
import { RunState } from "../../ui/state.js";
import { asciiOnly, chooseTheme } from "../../ui/theme.js";
import { monitorPoll } from "../attend.js";
import { type Command, flagOption, type Invocation } from "../command.js";
import { endTrainer } from "../end-trainer.js";
import { referenceTo, runOf, shownFolder } from "../run-reference.js";
import { knownRun, unseenExit } from "../run-state.js";
import { showGroup, showOptions } from "../show-options.js";
import type { Terminal } from "../terminal.js";
import { usage } from "../usage.js";
import { planOfRun } from "../watch/plan-of-run.js";
import { deathsOf, untilOver } from "../watch/until-over.js";
import { windowSize } from "../watch/window-size.js";

type Shown = ReturnType<typeof showOptions>;

export const watch: Command = {
  name: "watch",
  arguments: "[RUN]",
  summary: "show a run that another terminal started, or one that is over",
  examples: [
    ["lerac watch", "the newest run"],
    ["lerac watch 7f3a --once", "one picture, on standard output"],
    ["lerac watch 7f3a --json | jq .loss", "its events, from the first on"],
  ],
  groups: [
    {
      title: "How long",
      options: [{ flags: "--once", description: "one picture as it stands now, and no more" }],
    },
    showGroup,
  ],
  footer: [
    "Keys are those of `lerac run`: they reach the trainer from here as well; q leaves without stopping it.",
    "--once is as large as the terminal, or COLUMNS x LINES where these are set, else 80 x 24.",
    "Without a terminal: lines until the run is over; Ctrl-C then ends the look, not the run.",
  ].join("\n"),
  async run(invocation) {
    const { terminal } = invocation;
    const show = showOptions(invocation);
    const once = flagOption(invocation, "once");
    if (once && show.json)
      throw usage("`--once` is a picture, `--json` a stream: not both", "--once --json", [
        "`lerac show RUN --json` is all that is known of a run, once",
      ]);
    const run = runOf(invocation.arguments[0], terminal.env);
    if (once) return await printPicture(run, invocation, show);
    if (show.monitor) return await watchWithMonitor(run, terminal, show);
    return await watchWithLines(run, terminal, show);
  },
};

async function printPicture(run: Run, { terminal }: Invocation, show: Shown): Promise<number> {
  const now = Date.now();
  const { state } = knownRun(run, now, await planOfRun(run));
  const { stdout, env } = terminal;
  const colour = terminal.color(stdout);
  const picture = await renderFrame(state, {
    ...windowSize(stdout, env),
    ascii: asciiOnly(show.ascii, env, process.platform),
    theme: chooseTheme(colour ? show.theme : "mono", colour ? env : { ...env, NO_COLOR: "1" }),
    now,
    view: state.live ? firstView : { ...firstView, window: { kind: "whole" } },
  });
  terminal.answer(picture);
  return exitCodes.ok;
}

async function watchWithMonitor(run: Run, terminal: Terminal, show: Shown): Promise<number> {
  const left = new AbortController();
  const events = followEvents(run.paths.events, { signal: left.signal, poll: monitorPoll });
  const result = await runMonitor({
    events,
    plan: await planOfRun(run),
    send: (command) => sendCommand(run, command, "monitor"),
    stdin: terminal.stdin,
    stdout: terminal.stderr,
    env: terminal.env,
    mode: "watch",
    theme: show.theme,
    ascii: show.ascii,
    preferences: preferencesFile(terminal.env, process.platform),
    deaths: deathsOf(run, events, left.signal),
    reading: () => (events.size > 0 && events.offset < events.size ? events.offset / events.size : null),
  });
  left.abort();
  if (result.left === "aborted") await endTrainer(run);
  sayClosing(run, result.state, terminal);
  return exitCodes.ok;
}

async function watchWithLines(run: Run, terminal: Terminal, show: Shown): Promise<number> {
  const { json, quiet, logEvery } = show;
  const state = new RunState({ rates: () => [], until: null, epochs: 0 });
  const reporter = new LineReporter({
    folder: shownFolder(run),
    quiet,
    ...(logEvery === null ? {} : { logEvery }),
  });
  for await (const batch of untilOver(run)) {
    for (const event of batch) {
      state.apply(event);
      if (json) terminal.stdout.write(`${JSON.stringify(event)}\n`);
      else for (const line of reporter.report(event)) terminal.say(line);
    }
  }
  if (state.end === null) {
    state.exited(unseenExit(run, state.clock.last));
    sayClosing(run, state, terminal);
  }
  return exitCodes.ok;
}

function sayClosing(run: Run, state: RunState, terminal: Terminal): void {
  const reference = referenceTo(run, terminal.env);
  for (const line of closingLines(state, {
    folder: shownFolder(run),
    reference,
    columns: terminal.columns(terminal.stderr),
  }))
    terminal.say(line);
}
