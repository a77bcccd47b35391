import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Schedule } from "../../src/plan/index.js";
import type { AttributeValue, LossProgram, OptimizerProgram } from "../../src/program/types.js";
import { sizeOf, type Values } from "../harness/numeric.js";

/** A tensor as `scripts/make-torch-reference.py` writes it. */
export interface WrittenTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** One operator on small inputs, in our layout; `operator_case` of `scripts/torch_reference/cases.py` writes them. */
export interface OperatorCase {
  readonly title: string;
  readonly operator: string;
  readonly phase: "train" | "evaluate";
  readonly args: Readonly<Record<string, AttributeValue>>;
  readonly inputs: readonly WrittenTensor[];
  readonly tensors: Readonly<Record<string, WrittenTensor>>;
  /** Filled places of each sample of the first input. */
  readonly lengths?: readonly number[];
  /** Gradients are those of the sum of outputs times this. */
  readonly upstream: readonly WrittenTensor[];
  readonly outputs: readonly WrittenTensor[];
  readonly inputGradients: readonly WrittenTensor[];
  readonly tensorGradients: Readonly<Record<string, WrittenTensor>>;
}

/** A loss of a batch and its gradient; `loss_case` of `scripts/torch_reference/training.py` writes them. */
export interface LossCase {
  readonly title: string;
  readonly program: LossProgram;
  readonly outputs: WrittenTensor;
  readonly labels: readonly number[];
  readonly targets: WrittenTensor | null;
  readonly loss: WrittenTensor;
  readonly gradient: WrittenTensor;
}

/** Three tensors after three steps; `optimizer_case` of `scripts/torch_reference/training.py` writes them. */
export interface OptimizerCase {
  readonly title: string;
  readonly program: OptimizerProgram;
  readonly start: readonly WrittenTensor[];
  /** By step, then by tensor, as are the gradients. */
  readonly rates: readonly (readonly number[])[];
  readonly gradients: readonly (readonly WrittenTensor[])[];
  readonly weights: readonly WrittenTensor[];
}

/** Metrics of one split; `metric_case` of `scripts/torch_reference/training.py` writes them. */
export interface MetricCase {
  readonly title: string;
  readonly outputs: WrittenTensor;
  readonly labels: readonly number[];
  readonly targets: WrittenTensor | null;
  /** By metric as a spec names it. */
  readonly values: Readonly<Record<string, number>>;
}

/** The rate of each of 300 steps, 10 an epoch, from 0.1; `scripts/torch_reference/schedules.py` writes them. */
export interface ScheduleCase {
  readonly schedule: Schedule;
  readonly rates: readonly number[];
}

/** The rate after each epoch's value of a metric. */
export interface PlateauCase {
  readonly metric: string;
  readonly patience: number;
  readonly threshold: number;
  readonly factor: number;
  readonly floor: number;
  readonly values: readonly number[];
  readonly rates: readonly number[];
}

type Reference = Readonly<Record<string, unknown>>;

const file = path.join(import.meta.dirname, "torch-reference.json.gz");
const reference = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Reference;

/** The cases of one section; it is a fault of the test to ask for one that does not exist. */
function section<T>(name: string): readonly T[] {
  const cases = reference[name];
  if (!Array.isArray(cases) || cases.length === 0) throw new Error(`no cases of ${name} in ${file}`);
  return cases as T[];
}

export function visionReference(): readonly OperatorCase[] {
  return section("vision");
}

export function sequenceReference() {
  return {
    sequenceOperators: section<OperatorCase>("sequenceOperators"),
    losses: section<LossCase>("losses"),
    optimizers: section<OptimizerCase>("optimizers"),
  };
}

export function metricReference(): readonly MetricCase[] {
  return section("metrics");
}

export function scheduleReference() {
  return { schedules: section<ScheduleCase>("schedules"), plateaus: section<PlateauCase>("plateaus") };
}

export function read({ shape, data }: WrittenTensor): Values {
  if (data.length !== sizeOf(shape)) throw new Error(`${data.length} numbers for [${shape.join(", ")}]`);
  return { shape, data: Float64Array.from(data) };
}

/** All numbers of several tensors in one row. */
export function readInOneRow(tensors: readonly WrittenTensor[]): Values {
  const data = Float64Array.from(tensors.flatMap((tensor) => [...tensor.data]));
  return { shape: [data.length], data };
}
