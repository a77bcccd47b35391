import { curriculumEnd, type RatePlan, ratesAt } from "../../src/plan/index.js";
import type { EventBody, RunEvent, RunStartEvent } from "../../src/runs/events.js";
import type { PlanView } from "../../src/ui/rate-view.js";

/** A run that never was: its plan is real, its losses are made up, its clock is exact. */
export interface Scenario {
  readonly run: string;
  readonly experiment: string;
  readonly backend: string;
  readonly device: string;
  readonly seed: number;
  readonly seeds: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly batch: number;
  readonly stepsPerSecond: number;
  readonly plan: RatePlan;
  readonly checkpointBytes: number;
  /** Loss and accuracy at an epoch, on both splits. */
  loss(epoch: number): number;
  accuracy(epoch: number): number;
  /** Training steps between two records. */
  readonly recordEvery: number;
}

function level(address: string, start: number) {
  return { address, tensors: [`${address}.weight`], start };
}

/** Start rates from `first` down to `last`, evenly spaced on a logarithmic axis. */
function spaced(addresses: readonly string[], first: number, last: number) {
  const ratio = (last / first) ** (1 / (addresses.length - 1));
  return addresses.map((address, i) => level(address, first * ratio ** i));
}

const fashionPlan: RatePlan = {
  curriculum: "lerac",
  levels: spaced(["conv1", "conv2", "fc", "head"], 0.1, 1e-6),
  rule: {
    kind: "lerac",
    common: 0.1,
    until: { unit: "epochs", value: 5 },
    growth: "exponential",
    spacing: "log",
  },
  schedule: { kind: "cosine", floor: 0 },
  every: { unit: "epochs", value: 1 },
  table: null,
};

const resnetBlocks = [1, 2, 3, 4].flatMap((stage) => [`layer${stage}.0`, `layer${stage}.1`]);
const resnetPlan: RatePlan = {
  curriculum: "lerac",
  levels: spaced(["stem", ...resnetBlocks, "head"], 0.1, 1e-8),
  rule: {
    kind: "lerac",
    common: 0.1,
    until: { unit: "epochs", value: 7 },
    growth: "exponential",
    spacing: "log",
  },
  schedule: { kind: "constant" },
  every: { unit: "epochs", value: 1 },
  table: null,
};

/** Noise that is the same in every run of a test. */
function ripple(x: number): number {
  return Math.sin(x * 37) * 0.5 + Math.sin(x * 113 + 1) * 0.3 + Math.sin(x * 311 + 2) * 0.2;
}

export const fashion: Scenario = {
  run: "fashion-lerac-s1-7f3a",
  experiment: "small CNN on Fashion-MNIST",
  backend: "onnx",
  device: "cpu",
  seed: 1,
  seeds: 5,
  epochs: 30,
  stepsPerEpoch: 844,
  batch: 64,
  stepsPerSecond: 17.2,
  plan: fashionPlan,
  checkpointBytes: 13_020_000,
  loss: (epoch) => 0.33 + 2.0 * Math.exp(-2.6 * epoch) + 0.015 * ripple(epoch),
  accuracy: (epoch) => 0.885 - 0.785 * Math.exp(-3.4 * epoch) + 0.008 * ripple(epoch + 3),
  recordEvery: 8,
};

export const resnet: Scenario = {
  run: "cifar-lerac-s3-b81d",
  experiment: "ResNet-18 on CIFAR-10",
  backend: "tensorflow",
  device: "cuda",
  seed: 3,
  seeds: 5,
  epochs: 100,
  stepsPerEpoch: 704,
  batch: 64,
  stepsPerSecond: 6.2,
  plan: resnetPlan,
  checkpointBytes: 89_400_000,
  loss: (epoch) => 0.55 + 2.6 * Math.exp(-0.9 * epoch) + 0.04 * ripple(epoch),
  accuracy: (epoch) => 0.74 - 0.68 * Math.exp(-0.75 * epoch) + 0.01 * ripple(epoch + 3),
  recordEvery: 8,
};

export function planView(scenario: Scenario): PlanView {
  const clock = { stepsPerEpoch: scenario.stepsPerEpoch, steps: scenario.epochs * scenario.stepsPerEpoch };
  const { plan } = scenario;
  return {
    rates: (t) =>
      ratesAt(scenario.plan, clock, Math.min(clock.steps, Math.round(t * scenario.stepsPerEpoch))),
    until: plan.rule.until === undefined ? null : curriculumEnd(plan, clock) / scenario.stepsPerEpoch,
    epochs: scenario.epochs,
    samples: "images",
  };
}

/** When every scenario begins. */
export const beginning = Date.parse("2026-03-01T09:00:00.000Z");

/** Writes events one after another, with their heads. */
export class EventWriter {
  readonly #run: string;
  #seq = 0;
  at = beginning;
  step = 0;
  epoch = 0;

  constructor(run: string) {
    this.#run = run;
  }

  /** An event now, or so many seconds after the last one. */
  write(body: EventBody, secondsLater = 0): RunEvent {
    this.at += secondsLater * 1000;
    this.#seq++;
    return {
      v: 1,
      seq: this.#seq,
      at: new Date(Math.round(this.at)).toISOString(),
      run: this.#run,
      step: this.step,
      epoch: this.epoch,
      ...body,
    };
  }
}

export function startEvent(scenario: Scenario, resumedFrom: number | null = null): RunStartEvent {
  return {
    type: "run.start",
    lerac: "0.1.0",
    program: "4be1".repeat(16),
    experiment: scenario.experiment,
    spec: "examples/01-fashion.lerac",
    curriculum: scenario.plan.curriculum,
    seed: scenario.seed,
    seeds: scenario.seeds,
    fold: null,
    backend: scenario.backend,
    device: scenario.device,
    threads: 2,
    epochs: scenario.epochs,
    steps: scenario.epochs * scenario.stepsPerEpoch,
    steps_per_epoch: scenario.stepsPerEpoch,
    samples: scenario.stepsPerEpoch * scenario.batch,
    levels: scenario.plan.levels.map((one, i) => ({
      level: i + 1,
      address: one.address,
      parameters: 73_984,
    })),
    resumed_from_step: resumedFrom,
  };
}

/** The events of a run from its begin up to a step, evaluated and saved after every epoch. */
export function* scenarioEvents(
  scenario: Scenario,
  upTo: number,
  writer = new EventWriter(scenario.run),
): Generator<RunEvent> {
  const plan = planView(scenario);
  const total = scenario.epochs * scenario.stepsPerEpoch;
  yield writer.write(startEvent(scenario));
  yield writer.write({ type: "phase", phase: "compile", state: "begin", done: 0, total: null, seconds: 0 });
  yield writer.write({ type: "phase", phase: "compile", state: "end", done: 1, total: 1, seconds: 1.8 }, 1.8);
  yield rates(0);
  let recorded = 0;
  for (let step = 1; step <= upTo; step++) {
    writer.step = step;
    writer.epoch = step / scenario.stepsPerEpoch;
    const epochEnds = step % scenario.stepsPerEpoch === 0;
    if (step % scenario.recordEvery === 0 || epochEnds || step === upTo) {
      const steps = step - recorded;
      recorded = step;
      yield record(steps);
    }
    if (epochEnds) yield* endOfEpoch();
  }

  function record(steps: number): RunEvent {
    const { epoch, step } = writer;
    const applied = plan.rates(epoch - 1 / scenario.stepsPerEpoch);
    const seconds = steps / scenario.stepsPerSecond;
    return writer.write(
      {
        type: "step",
        loss: scenario.loss(epoch),
        metrics: { accuracy: scenario.accuracy(epoch) },
        rates: applied,
        update_ratio: applied.map((rate) => 0.021 * rate ** 0.75),
        grad_norm: applied.map((_, i) => 1.9 / (1 + 0.4 * i)),
        steps_per_second: scenario.stepsPerSecond,
        samples_per_second: scenario.stepsPerSecond * scenario.batch,
        seconds: {
          step: seconds * 0.93,
          data: seconds * 0.02,
          evaluate: seconds * 0.035,
          checkpoint: seconds * 0.01,
          other: seconds * 0.005,
        },
        left_seconds: step < 100 ? null : (total - step) / scenario.stepsPerSecond,
      },
      seconds,
    );
  }

  function rates(t: number): RunEvent {
    const planned = plan.rates(t);
    return writer.write({ type: "rates", t, planned, applied: planned, equal: true });
  }

  function* endOfEpoch(): Generator<RunEvent> {
    const { epoch, step } = writer;
    const val = { loss: scenario.loss(epoch) * 0.94 + 0.01, accuracy: scenario.accuracy(epoch) - 0.004 };
    yield writer.write(
      {
        type: "epoch",
        train: { loss: scenario.loss(epoch), accuracy: scenario.accuracy(epoch) },
        val,
        best: true,
        seconds: scenario.stepsPerEpoch / scenario.stepsPerSecond,
      },
      1.5,
    );
    yield writer.write(
      {
        type: "checkpoint",
        name: `ckpt-${step.toString().padStart(6, "0")}`,
        file: `checkpoints/ckpt-${step.toString().padStart(6, "0")}`,
        bytes: scenario.checkpointBytes,
        sha256: "ab".repeat(32),
        reason: "epoch",
        best: true,
      },
      0.4,
    );
    if (step < total) yield rates(epoch);
    yield writer.write({
      type: "system",
      rss_bytes: 610_000_000 + 1000 * step,
      cpu_percent: 96 - epoch,
      gpu_percent: scenario.device === "cuda" ? 96 : null,
      gpu_memory_bytes: scenario.device === "cuda" ? 4_100_000_000 : null,
      disk_free_bytes: 41_300_000_000,
      tensors: 412,
    });
  }
}
