import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import type { OptimizerProgram } from "../../program/types.js";
import { call } from "../trace/shape-backend.js";
import { cannotCompile } from "./refusal.js";

/** A rule of updates as operations of a step. */
export interface CompiledRule {
  readonly slots: readonly string[];
  /** Numbers beside the rates that move with the step: columns of the plan after those of the levels. */
  readonly columns: readonly string[];
  /** What the columns hold at step `t`, from 1. */
  columnValues(t: number): readonly number[];
  /** → new weight, change, new slots. */
  update(input: {
    readonly weight: Tensor;
    readonly gradient: Tensor;
    readonly slots: readonly Tensor[];
    readonly rate: Tensor;
    readonly columns: readonly Tensor[];
  }): readonly Tensor[];
}

/** @throws LeracError L0903 for a rule that is not compiled yet */
export function compiledRule(program: OptimizerProgram): CompiledRule {
  switch (program.kind) {
    case "sgd":
      return sgd(program);
    case "adam":
    case "adamw":
      return adam(program);
    case "adamax":
      return adamax(program);
    default:
      throw cannotCompile(`the optimizer is ${program.kind}`);
  }
}

function sgd({
  momentum,
  nesterov,
  weightDecay: decay,
}: Extract<OptimizerProgram, { kind: "sgd" }>): CompiledRule {
  return {
    slots: momentum === 0 ? [] : ["momentum"],
    columns: [],
    columnValues: () => [],
    update({ weight, gradient, slots: [buffer], rate }) {
      if (buffer === undefined) return call("lerac.PlainSgdUpdate", [weight, gradient, rate], { decay });
      return call("lerac.SgdUpdate", [weight, gradient, buffer, rate], { momentum, nesterov, decay });
    },
  };
}

function adam(program: Extract<OptimizerProgram, { readonly beta1: number }>): CompiledRule {
  const { beta1, beta2, eps, weightDecay: decay, kind } = program;
  return {
    slots: ["exp_avg", "exp_avg_sq"],
    columns: ["1/(1-beta1^t)", "1/sqrt(1-beta2^t)"],
    columnValues: (t) => [1 / (1 - beta1 ** t), 1 / Math.sqrt(1 - beta2 ** t)],
    update({ weight, gradient, slots: [mean, meanSquare], rate, columns }) {
      invariant(mean && meanSquare, "Adam needs two slots");
      const settings = { beta1, beta2, eps, decay, decoupled: kind === "adamw" };
      return call("lerac.AdamUpdate", [weight, gradient, mean, meanSquare, rate, ...columns], settings);
    },
  };
}

function adamax(program: Extract<OptimizerProgram, { readonly beta1: number }>): CompiledRule {
  const { beta1, beta2, eps, weightDecay: decay } = program;
  return {
    slots: ["exp_avg", "exp_inf"],
    columns: ["1/(1-beta1^t)"],
    columnValues: (t) => [1 / (1 - beta1 ** t)],
    update({ weight, gradient, slots: [mean, largest], rate, columns }) {
      invariant(mean && largest, "Adamax needs two slots");
      const settings = { beta1, beta2, eps, decay };
      return call("lerac.AdamaxUpdate", [weight, gradient, mean, largest, rate, ...columns], settings);
    },
  };
}
