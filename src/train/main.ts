/**
 * The trainer's process: `node main.js RUN_FOLDER [--resume] [--commands-from BYTES]`. All it has to say goes into the
 * run's events; what it prints, which is meant for the curious, goes where its launcher sends it. Its exit code is
 * that of `run.end`.
 */
import { parseArgs } from "node:util";
import { CommandReader, mailboxSize, openRun } from "../runs/index.js";
import { Control, listenToSignals } from "./control.js";
import { describeFailure } from "./failure.js";
import { train } from "./loop.js";
import { threadFor } from "./run-program.js";

async function main(): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { resume: { type: "boolean", default: false }, "commands-from": { type: "string" } },
    });
    const run = openRun(positionals[0] ?? ".");
    const load = threadFor(run.record);
    const control = new Control();
    const from = values["commands-from"];
    control.listen(
      new CommandReader(run.paths.commands, from === undefined ? mailboxSize(run) : Number(from)),
    );
    listenToSignals(control);
    return (await train(run, { resume: values.resume, control, load })).exit;
  } catch (error) {
    // Nothing was begun, so there is no event of it.
    const failure = describeFailure(error);
    console.error(failure.error.code === null ? error : `${failure.error.code}: ${failure.error.message}`);
    return failure.exit;
  }
}

process.exit(await main());
