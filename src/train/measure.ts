import type { Split } from "../data/index.js";
import { plannedRates } from "./audit.js";
import type { Ending } from "./control.js";
import { evaluateSplit, type SplitResult } from "./evaluate-split.js";
import { healthEvent, healthFailure } from "./health.js";
import { decidingSplits } from "./host-driven.js";
import { inputName } from "./run-program.js";
import { beginPhase, type Session } from "./session.js";

/** Milliseconds between two records of how far an evaluation is. */
const progressEvery = 500;

/** Long work was cut short because the run is to end; the command itself still waits in the queue. */
export class Interrupted extends Error {
  override name = "Interrupted";

  constructor(readonly ending: Ending) {
    super(`interrupted to ${ending}`);
  }
}

/** The splits that are measured while a run trains: `val`, and those that decide something. */
export function watchedSplits(session: Pick<Session, "dataset" | "program">): Split[] {
  const { dataset, program } = session;
  const { keep } = program.train;
  const deciding = [...(keep.kind === "best" ? [keep.split] : []), ...decidingSplits(session)];
  const splits = [dataset.val, deciding.includes("test") ? dataset.test : null];
  return splits.filter((split) => split !== null);
}

/**
 * Measures the present weights on a split and puts it on record.
 * @param checkpoint name of the checkpoint whose weights these are, or null.
 * @throws Interrupted when a command to end the run arrives meanwhile; LeracError L0504 when the loss is not finite.
 */
export async function measure(
  session: Session,
  split: Split,
  checkpoint: string | null,
): Promise<SplitResult> {
  const { program, executor, log, control } = session;
  return await session.stopwatch.measure("evaluate", async () => {
    const phase = beginPhase(log, "evaluate", split.size);
    let said = performance.now();
    const result = await evaluateSplit(executor, split, {
      batch: program.train.batch,
      input: inputName(program),
      metrics: program.train.metrics,
      between: (done) => {
        const { ending } = control;
        if (ending !== null) {
          phase();
          throw new Interrupted(ending);
        }
        if (performance.now() - said < progressEvery) return;
        said = performance.now();
        phase(done);
      },
    });
    phase();
    refuseNonFinite(session, split, result);
    log.write({
      type: "evaluation",
      split: split.name,
      metrics: result.metrics,
      samples: result.samples,
      seconds: result.seconds,
      checkpoint,
    });
    return result;
  });
}

function refuseNonFinite(session: Session, split: Split, { metrics }: SplitResult): void {
  if (Number.isFinite(metrics.loss)) return;
  const { program, timetable, progress, log } = session;
  const ailment = {
    what: `the loss on \`${split.name}\``,
    value: metrics.loss,
    address: null,
    pass: "forward",
  } as const;
  log.write(healthEvent(ailment));
  throw healthFailure(ailment, {
    step: progress.step,
    epoch: progress.step / timetable.clock.stepsPerEpoch,
    plan: program.plan,
    rates: plannedRates(
      program.plan,
      timetable.clock,
      Math.max(0, progress.step - 1),
      progress.plateau?.drops ?? 0,
    ),
    checkpoint: session.saved?.name ?? null,
  });
}
