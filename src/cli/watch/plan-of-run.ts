import { readProgram } from "../../program/index.js";
import { type Run, readHistory } from "../../runs/index.js";
import type { PlanView } from "../../ui/rate-view.js";
import { planView } from "../attend.js";
import { readText } from "../files.js";

/**
 * The rate plan of a run as screens need it. How many steps an epoch has its events say; before the first, the data.
 * @throws LeracError L0701 and the like when the program is damaged, L0304 when the data are needed and missing.
 */
export async function planOfRun(run: Run): Promise<PlanView> {
  // The run was begun with it: checking it again would take longer than the picture.
  const { program } = readProgram(readText(run.paths.program), run.paths.program, run.record.program);
  return planView(program, begunWith(run) ?? (await stepsOfData(run, program)), run.record.options);
}

function begunWith(run: Run): number | null {
  for (const event of readHistory(run.paths.events, { brief: true }))
    if (event.type === "run.start") return event.steps_per_epoch;
  return null;
}

async function stepsOfData(run: Run, program: ReturnType<typeof readProgram>["program"]): Promise<number> {
  const { datasetSizes, stepsPerEpoch } = await import("../../data/index.js");
  const { train } = await datasetSizes(program.data, {
    folder: run.record.options.data,
    fold: run.record.fold,
  });
  return stepsPerEpoch(train, program.train.batch, program.train.lastBatch);
}
