import { curriculumEnd, type RatePlan, rateTable } from "../plan/index.js";
import { hashProgram } from "../program/index.js";
import type { TrainingProgram } from "../program/types.js";
import { estimateMemory, type MemoryEstimate } from "./memory.js";
import { planClock, stepsAnEpoch, stepsOfRun } from "./plan-clock.js";
import { planDigest } from "./plan-text.js";

export const planFormat = "lerac plan 1";

/** The plan for programs that read it: `lerac plan --json`. Its schema is `plan-schema.ts`. */
export interface PlanDocument {
  readonly format: typeof planFormat;
  /** Version of the language. */
  readonly lerac: 1;
  readonly experiment: string;
  readonly curriculum: string;
  /** sha256 of the rate plan, and of the program it belongs to. */
  readonly plan: string;
  readonly program: string;
  readonly model: {
    readonly name: string;
    readonly parameters: number;
    /** Of one sample's forward pass. */
    readonly multiplyAdds: number;
    readonly layers: readonly LayerDocument[];
  };
  readonly levels: readonly LevelDocument[];
  readonly rule: RatePlan["rule"];
  readonly schedule: RatePlan["schedule"];
  readonly every: RatePlan["every"];
  /** Curricula in force that set no rates. */
  readonly modifiers: NonNullable<RatePlan["modifiers"]>;
  /** Null where the rates follow from data that are not here. */
  readonly rates: {
    readonly unit: "epoch" | "step";
    /** k: until then the curriculum sets the rates. */
    readonly until: number;
    /** `rates[i][j]` is in force for level j + 1 from `t[i]` on. */
    readonly t: readonly number[];
    readonly rates: readonly (readonly number[])[];
  } | null;
  readonly train: {
    /** Null where the data are not here. */
    readonly samples: number | null;
    readonly stepsPerEpoch: number | null;
    readonly steps: number | null;
    readonly batch: number;
    readonly lastBatch: "keep" | "drop";
    readonly length: TrainingProgram["train"]["length"];
  };
  /** Bytes; see `memory.ts`. */
  readonly memory: MemoryEstimate;
  /** In the author's words, with the arms they speak of. */
  readonly claims: readonly { readonly text: string; readonly arms: readonly string[] }[];
}

export interface LayerDocument {
  readonly address: string;
  readonly operator: string;
  readonly title: string;
  readonly inputs: readonly string[];
  readonly output: readonly number[];
  /** Trainable numbers. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** From 1; several where its tensors are in several, none where it has nothing to train. */
  readonly levels: readonly number[];
}

export interface LevelDocument {
  readonly level: number;
  readonly address: string;
  readonly parameters: number;
  readonly start: number;
  /** Where `hold` or `freeze` (rate 0) sets the rate instead of the curriculum, until a time or for good (null). */
  readonly hold: NonNullable<RatePlan["levels"][number]["hold"]> | null;
  readonly tensors: readonly string[];
}

/** @param samples how many samples a training epoch has; null where the data are not here */
export function planDocument(program: TrainingProgram, samples: number | null): PlanDocument {
  const { plan, model, train } = program;
  const sizes = new Map(
    model.layers.flatMap((layer) => layer.tensors.map((tensor) => [tensor.address, numbersOf(tensor.shape)])),
  );
  return {
    format: planFormat,
    lerac: program.lerac,
    experiment: program.experiment.name,
    curriculum: plan.curriculum,
    plan: planDigest(plan),
    program: hashProgram(program),
    model: {
      name: model.name,
      parameters: model.parameters,
      multiplyAdds: model.multiplyAdds,
      layers: layerDocuments(program, sizes),
    },
    levels: plan.levels.map((level, j) => ({
      level: j + 1,
      address: level.address,
      parameters: level.tensors.reduce((sum, tensor) => sum + (sizes.get(tensor) ?? 0), 0),
      start: level.start,
      hold: level.hold ?? null,
      tensors: level.tensors,
    })),
    rule: plan.rule,
    schedule: plan.schedule,
    every: plan.every,
    modifiers: plan.modifiers ?? [],
    rates: rateDocument(program, samples),
    train: {
      samples,
      stepsPerEpoch: samples === null ? null : stepsAnEpoch(program, samples),
      steps: stepsOfRun(program, samples),
      batch: train.batch,
      lastBatch: train.lastBatch,
      length: train.length,
    },
    memory: estimateMemory(program),
    claims: program.claims.map(({ text, arms }) => ({ text, arms })),
  };
}

function layerDocuments(program: TrainingProgram, sizes: ReadonlyMap<string, number>): LayerDocument[] {
  const levelOf = new Map(
    program.plan.levels.flatMap((level, j) => level.tensors.map((tensor) => [tensor, j + 1] as const)),
  );
  return program.model.layers.map((layer) => {
    const trainable = layer.tensors.filter((tensor) => tensor.trainable);
    return {
      address: layer.address,
      operator: layer.operator,
      title: layer.title,
      inputs: layer.inputs,
      output: layer.output,
      parameters: trainable.reduce((sum, tensor) => sum + (sizes.get(tensor.address) ?? 0), 0),
      multiplyAdds: layer.multiplyAdds,
      levels: [...new Set(trainable.flatMap((tensor) => levelOf.get(tensor.address) ?? []))],
    };
  });
}

function rateDocument(program: TrainingProgram, samples: number | null): PlanDocument["rates"] {
  const planned = planClock(program, samples);
  if (planned === null) return null;
  const { clock, unit } = planned;
  return { unit, until: curriculumEnd(program.plan, clock), ...rateTable(program.plan, clock) };
}

function numbersOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
