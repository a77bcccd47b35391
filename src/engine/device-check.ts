import { RandomSource } from "../base/random.js";
import { fail } from "../diagnostics/index.js";
import type { TensorProgram, TrainingProgram } from "../program/types.js";
import type { Batch, Executor, NamedTensor } from "./executor.js";
import { anyTruth } from "./executors/compiled/batch.js";

/**
 * Part of a level's change by which two devices may differ in one step: deep nets with batch normalisation amplify rounding
 * to nearly a hundredth, while the one kernel that was found to be wrong was off by three quarters of its largest number.
 */
const tolerance = 0.05;

/**
 * Takes one step of a program on a batch of noise by two executors with equal weights, and compares what it changed. The
 * first is then as it was before.
 * @throws LeracError L0905 where they differ by more than rounding
 */
export async function checkDevice(
  program: TrainingProgram,
  there: Executor,
  onProcessor: Executor,
): Promise<void> {
  const before = await there.read();
  const rates = [new Float32Array(program.plan.levels.length).fill(1e-3)];
  for (const executor of [there, onProcessor]) {
    executor.writePlan(0, rates);
    await executor.step(noise(program));
  }
  const [found, right] = [await there.read(), await onProcessor.read()];
  await there.write(before);
  there.stepsDone = 0;
  const groups = [
    ...program.plan.levels.map(({ address, tensors }) => ({ name: `the level of ${address}`, tensors })),
    { name: "running statistics", tensors: statisticsOf(program) },
  ];
  const apart = groups.map(({ name, tensors }) => ({
    name,
    share: difference(tensors, { before, found, right }),
  }));
  const worst = apart.reduce((most, one) => (one.share > most.share || Number.isNaN(one.share) ? one : most));
  if (worst.share <= tolerance) return;
  const { device } = there.info;
  throw fail("missing", "L0905", `device ${device} computes other numbers than the processor`, {
    at: { place: `--device ${device}` },
    notes: [
      `a step of this model on noise: ${worst.name} is off by ${percent(worst.share)} of what it changes`,
    ],
    helps: ["without `--device` the processor computes", "a newer driver or onnxruntime-node may be right"],
  });
}

/** Norm of the difference of two changes over that of the right one. */
function difference(
  tensors: readonly string[],
  read: Readonly<Record<"before" | "found" | "right", ReadonlyMap<string, NamedTensor>>>,
): number {
  let [apart, change, size] = [0, 0, 0];
  for (const tensor of tensors) {
    const [old, ours, theirs] = [read.before, read.right, read.found].map((all) => all.get(tensor)?.values);
    for (let i = 0; i < (old?.length ?? 0); i++) {
      const [was = 0, right = 0, found = 0] = [old?.[i], ours?.[i], theirs?.[i]];
      apart += (found - right) ** 2;
      change += (right - was) ** 2;
      size += was ** 2;
    }
  }
  // What changes by nothing but the rounding of its weights is not judged by it.
  return Math.sqrt(apart) / Math.max(Math.sqrt(change), 1e-6 * Math.sqrt(size), 1e-9);
}

function statisticsOf({ model }: TrainingProgram): string[] {
  const fixed = ({ trainable }: TensorProgram) => !trainable;
  return model.layers.flatMap(({ tensors }) => tensors.filter(fixed).map(({ address }) => address));
}

function noise(program: TrainingProgram): Batch {
  const size = program.train.batch;
  const normal = (length: number, address: string) => {
    const values = new Float32Array(length);
    new RandomSource({ seed: 0, address, purpose: "device" }).at(0).fillNormal(values, 1);
    return values;
  };
  const inputs = program.model.inputs.map(({ name, shape }) => {
    const all = [size, ...shape];
    const values = normal(
      all.reduce((product, extent) => product * extent, 1),
      name,
    );
    return [name, { shape: all, values }] as const;
  });
  const [kind, truth] = anyTruth(size, program);
  const classes = program.data.classes ?? 1;
  const labels = kind === "labels" ? Int32Array.from(truth, (_, i) => i % classes) : new Int32Array(0);
  const targets = kind === "targets" ? { targets: normal(truth.length, "targets") } : {};
  return { size, inputs: new Map(inputs), labels, ...targets };
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : "no finite number";
}
