import { type LogName, logNames } from "../runs/index.js";
import { type Invocation, listOption } from "./command.js";
import { usage } from "./usage.js";

/** `--log` of the commands that train. */
export const logOption = {
  flags: "--log NAME",
  description: "files for other programs, in the run folder: tensorboard, csv; repeatable",
  repeatable: true,
  values: logNames,
} as const;

/** The logs asked for, each once. */
export function logsOf(invocation: Invocation): readonly LogName[] {
  return [...new Set(listOption(invocation, "log").map(readLogName))];
}

function readLogName(name: string): LogName {
  const known = logNames.find((log) => log === name);
  if (known !== undefined) return known;
  throw usage(`there is no log called \`${name}\``, `--log ${name}`, [`there are ${logNames.join(" and ")}`]);
}
