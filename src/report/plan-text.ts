import { canonicalJson, type Json, sha256 } from "../base/canonical-json.js";
import { formatCount, plural, scientific } from "../base/format.js";
import { inSteps, type RatePlan, ratesAt, symbolicClock } from "../plan/index.js";
import type { TrainingProgram } from "../program/types.js";

/** How many samples a training epoch has; null where the data are not here. */
export interface PlanTextOptions {
  readonly samples: number | null;
  /** Every epoch in the rate table, not only the curriculum's. */
  readonly allEpochs?: boolean;
}

const columnsShown = 8;

/**
 * The plan of a program as text to be read, committed and diffed: widths are fixed by the format, and the address, the
 * only column of free length, comes last, so that a changed layer changes one line.
 */
export function planText(program: TrainingProgram, options: PlanTextOptions): string {
  const { plan, experiment } = program;
  const digest = sha256(canonicalJson(plan as unknown as Json)).slice(0, 8);
  return [
    `plan   ${experiment.name}   lerac ${program.lerac}   curriculum ${plan.curriculum}   plan ${digest}`,
    `model  ${program.model.name}   ${formatCount(program.model.multiplyAdds)} multiply-adds a sample`,
    "",
    ...layerTable(program),
    "",
    ...rateTableText(program, options.allEpochs ?? false),
    "",
    ...afterText(program),
    trainText(program, options.samples),
    ...claimText(program),
    "",
  ].join("\n");
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

function rateTableText(program: TrainingProgram, all: boolean): string[] {
  const { plan } = program;
  const clock = symbolicClock(plan, program.train.length);
  const unit = program.train.length.unit === "epochs" ? "epoch" : "step";
  if (clock === null) {
    return [`rates  ${ruleText(plan)}; the table follows from the size of the data`];
  }
  const k = plan.rule.kind === "lerac" ? inSteps(plan.rule.until, clock) : 0;
  const moments = columns(plan.rule.kind === "lerac" ? k + 1 : 0, clock.steps, all);
  const head = moments.map((t) => `t = ${t}`.padEnd(8)).join(" ");
  const rows = moments.map((t) => ratesAt(plan, clock, t));
  return [
    `rates  ${ruleText(plan)}; in force from ${unit} t to t + 1`,
    `level  ${head}  address`,
    ...plan.levels.map((level, j) => {
      const rates = rows.map((row) => scientific(row[j] as number, 4).padEnd(8)).join(" ");
      return `${`${j + 1}`.padStart(5)}  ${rates}  ${level.address}`;
    }),
  ];
}

/** t = 0 … last, thinned to even steps and both ends where there are more than fit. */
function columns(last: number, length: number, all: boolean): number[] {
  const end = Math.max(0, Math.min(all ? length - 1 : Math.ceil(last), Math.ceil(length) - 1));
  const every = Array.from({ length: end + 1 }, (_, t) => t);
  if (all || every.length <= columnsShown) return every;
  const step = Math.ceil(end / (columnsShown - 1));
  return [...every.filter((t) => t % step === 0 && t < end), end];
}

function ruleText(plan: RatePlan): string {
  const { rule } = plan;
  if (rule.kind === "conventional") return `${shortRate(rule.common)} for every level`;
  const first = plan.levels[0]?.start ?? rule.common;
  const last = plan.levels[plan.levels.length - 1]?.start ?? rule.common;
  const spacing = rule.spacing === "listed" ? "as listed" : `${rule.spacing} spacing`;
  const k =
    rule.until.unit === "share"
      ? `${rule.until.value * 100} % of the run`
      : `${rule.until.value} ${rule.until.unit}`;
  return `${shortRate(first)} -> ${shortRate(last)}, ${spacing}, k = ${k}`;
}

/** As an author would write it: 0.1, 1e-6. */
function shortRate(rate: number): string {
  return rate < 1e-3 ? rate.toExponential().replace("+", "") : `${rate}`;
}

function afterText(program: TrainingProgram): string[] {
  const { plan } = program;
  const clock = symbolicClock(plan, program.train.length);
  if (plan.schedule.kind === "constant" || clock === null) {
    return [`after  every level stays at ${shortRate(plan.rule.common)}`];
  }
  const k = plan.rule.kind === "lerac" ? inSteps(plan.rule.until, clock) : 0;
  const rest = clock.steps - k;
  const moments = [1, 2, 3, 4].map((i) => Math.round(k + (i * rest) / 5));
  const shown = [...new Set([...moments, Math.ceil(clock.steps) - 1])].filter(
    (t) => t > k && t < clock.steps,
  );
  const rates = shown.map((t) => `t=${t} ${scientific(ratesAt(plan, clock, t)[0] ?? 0, 4)}`);
  const unit = program.train.length.unit;
  return [
    `after  every level follows ${plan.schedule.kind} over ${rest} ${unit}, its clock starting at t = ${k}:`,
    `       ${rates.join("  ")}`,
  ];
}

function trainText(program: TrainingProgram, samples: number | null): string {
  const { batch, lastBatch, length } = program.train;
  const run = plural(length.value, length.unit === "epochs" ? "epoch" : "step");
  if (samples === null) {
    return `train  batches of ${batch}, ${run}; the data are not here, so steps an epoch are not known`;
  }
  const steps = lastBatch === "drop" ? Math.floor(samples / batch) : Math.ceil(samples / batch);
  const rest = samples % batch;
  const last =
    rest === 0 ? "" : lastBatch === "drop" ? ` (${rest} samples left out)` : ` (last batch ${rest})`;
  return `train  ${formatCount(samples)} samples, ${formatCount(steps)} steps an epoch${last}, ${run}`;
}

function claimText(program: TrainingProgram): string[] {
  const n = program.experiment.seeds.length;
  return program.claims.flatMap((claim, i) => {
    const head = `claim  ${i + 1}  ${claim.text}:`;
    if (claim.arms.length < 2) return wrap(`${head} the mean of ${plural(n, "seed")}, no test`);
    const p = Number((1 / 2 ** n).toPrecision(2));
    const reach =
      n < 2 ? "one pair shows no p" : `${n} pairs reach p = ${p} only if ${claim.arms[0]} wins on all ${n}`;
    return wrap(`${head} the mean of ${n} paired differences; ${reach}`);
  });
}

/** Lines of at most 80 characters, the later ones indented to the text of the first. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const next = line === "" ? word : `${line} ${word}`;
    if (next.length > 80 && line !== "") {
      lines.push(line);
      line = `          ${word}`;
    } else line = next;
  }
  return [...lines, line];
}
