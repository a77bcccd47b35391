import { canonicalJson, type Json, sha256 } from "../base/canonical-json.js";
import { formatBytes, formatCount, plural, printable } from "../base/format.js";
import { describeModifier, type RatePlan } from "../plan/index.js";
import type { TrainingProgram } from "../program/types.js";
import { claimLines } from "./claim-lines.js";
import { estimateMemory } from "./memory.js";
import { planClock, stepsAnEpoch } from "./plan-clock.js";
import { afterLines, holdLines, rateLines } from "./rate-lines.js";

export interface PlanTextOptions {
  /**
   * How many samples a training epoch has; null where the data are not here; `omit` leaves out all that depends on
   * data, so that the text is the same on every machine.
   */
  readonly samples: number | null | "omit";
  /** Every epoch in the rate table, not only the curriculum's. */
  readonly allEpochs?: boolean;
}

/**
 * The plan of a program as text to be read, committed and diffed: widths are fixed by the format, and the address, the
 * only column of free length, comes last, so that a changed layer changes one line.
 */
export function planText(program: TrainingProgram, options: PlanTextOptions): string {
  const { plan, experiment } = program;
  const clock = planClock(program, options.samples === "omit" ? null : options.samples);
  const name = printable(experiment.name);
  return [
    `plan   ${name}   lerac ${program.lerac}   curriculum ${plan.curriculum}   plan ${planDigest(plan).slice(0, 8)}`,
    `model  ${program.model.name}   ${formatCount(program.model.multiplyAdds)} multiply-adds a sample`,
    "",
    ...layerTable(program),
    "",
    ...rateLines(plan, clock, options.allEpochs ?? false),
    ...holdLines(plan),
    ...(plan.modifiers ?? []).map((modifier) => `${modifier.kind.padEnd(6)} ${describeModifier(modifier)}`),
    "",
    ...afterLines(plan, clock),
    trainText(program, options.samples),
    memoryText(program),
    ...claimLines(program),
    "",
  ].join("\n");
}

/** Names a rate plan: sha256 over its canonical form. */
export function planDigest(plan: RatePlan): string {
  return sha256(canonicalJson(plan as unknown as Json));
}

function layerTable(program: TrainingProgram): string[] {
  const levelOf = new Map(
    program.plan.levels.flatMap((level, j) => level.tensors.map((tensor) => [tensor, j + 1])),
  );
  const lines = ["level   parameters  output            operator        address"];
  for (const layer of program.model.layers) {
    const trainable = layer.tensors.filter((tensor) => tensor.trainable);
    const numbers = trainable.reduce((sum, tensor) => sum + tensor.shape.reduce((a, b) => a * b, 1), 0);
    const level = trainable[0] === undefined ? "-" : `${levelOf.get(trainable[0].address) ?? "-"}`;
    const parameters = trainable.length === 0 ? "-" : formatCount(numbers);
    const output = cell(`[${layer.output.join(", ")}]`, 18);
    lines.push(
      `${level.padStart(5)}${parameters.padStart(13)}  ${output}${cell(layer.title, 16)}${layer.address}`,
    );
  }
  lines.push(`total${formatCount(program.model.parameters).padStart(13)}`);
  return lines;
}

/** Padded to its column, with a space behind it in any case. */
function cell(text: string, width: number): string {
  return text.length < width ? text.padEnd(width) : `${text} `;
}

function trainText(program: TrainingProgram, samples: number | null | "omit"): string {
  const { batch, lastBatch, length } = program.train;
  const run = plural(length.value, length.unit === "epochs" ? "epoch" : "step");
  if (samples === "omit") return `train  batches of ${batch}, ${run}`;
  if (samples === null) {
    return `train  batches of ${batch}, ${run}; the data are not here, so steps an epoch are not known`;
  }
  const rest = samples % batch;
  const last =
    rest === 0 ? "" : lastBatch === "drop" ? ` (${rest} samples left out)` : ` (last batch ${rest})`;
  const steps = formatCount(stepsAnEpoch(program, samples));
  return `train  ${formatCount(samples)} samples, ${steps} steps an epoch${last}, ${run}`;
}

function memoryText(program: TrainingProgram): string {
  const { activationsPerSample, compiledStep, step } = estimateMemory(program);
  // Two digits are all that an estimate has, and a small change of the model leaves them alone.
  const about = (bytes: number) => formatBytes(Number(bytes.toPrecision(2))).replace(/\.?0+ GB$/, " GB");
  const steps = `a step: about ${about(compiledStep)} compiled, else ${about(step)}`;
  return `memory ${formatBytes(activationsPerSample)} of activations a sample; ${steps}`;
}
