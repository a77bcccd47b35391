import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import type { TrainingProgram } from "../../program/types.js";
import { GraphBuilder } from "../graph/builder.js";
import { faultsOf } from "../graph/check.js";
import type { StepGraph } from "../graph/types.js";
import { composite, savedAt } from "../ops/composite.js";
import { engine, scalar } from "../tfjs.js";
import { Recorder } from "../trace/recorder.js";
import { call, callOne, recorded } from "../trace/shape-backend.js";
import { StepContext } from "./context.js";
import { forward } from "./forward.js";
import { type CompiledLoss, compiledLoss } from "./loss.js";
import { stateShapes, TracedStates } from "./states.js";
import { type CompiledRule, compiledRule } from "./update.js";

export interface TrainStepOptions {
  readonly batch: number;
  /** Levels whose rate is 0 at the steps that this graph takes; their weights stay bit for bit. */
  readonly frozen?: ReadonlySet<number>;
}

/**
 * One optimizer step of a program as a graph: forward pass, loss, gradients, and an update of every tensor at the rate
 * of its level, taken from the plan by the counter of steps. Inputs are those of the model, `labels` or `targets`, and
 * `share` (the part of the loss that a sample counts) where classes have weights. Outputs: `loss` (the sum), `outputs`, `row` (of the
 * plan, as it was consumed), and `squares`: Σ gradient², Σ change², Σ weight² of each level.
 *
 * @throws LeracError L0903 where something in it is not compiled yet
 */
export function traceTrainStep(program: TrainingProgram, options: TrainStepOptions): StepGraph {
  const rule = compiledRule(program.train.optimizer);
  const { levels } = program.plan;
  const columns = [...levels.map(({ address }) => address), ...rule.columns];
  return traced(program, { name: "train", batch: options.batch, columns, rule }, (step) => {
    const { recorder, states, inputs, truth } = step;
    const loss = compiledLoss(program.train.loss);
    const share = loss.weighsClasses
      ? recorder.tensor(recorder.builder.input("share", { dtype: "float32", shape: [] }))
      : scalar(1 / options.batch);
    const frozen = new Set([...(options.frozen ?? [])].flatMap((index) => levels[index]?.tensors ?? []));
    const context = new StepContext("train", recorder, states);
    const addresses = levels.flatMap((level) => level.tensors);
    const { grads } = engine().gradients(
      () => {
        const outputs = forward(program, context, inputs, (address) => frozen.has(address));
        recorder.builder.output("outputs", recorder.value(outputs));
        const sum = recorder.within("loss", "forward", () => lossSum(recorder, outputs, truth, loss));
        recorder.builder.output("loss", recorder.value(sum));
        return sum;
      },
      addresses.map((address) => states.tensor(address)),
      share,
      true,
    );
    recorder.within("", "update", () => {
      const gradients = new Map(
        addresses.map((address, i) => {
          const gradient = grads[i];
          invariant(gradient, `no gradient reaches ${address}`);
          return [address, gradient] as const;
        }),
      );
      update(program, { recorder, states, rule, gradients, frozen });
    });
  });
}

/**
 * Outputs and loss with running statistics and without dropout. Each row counts by its number in `weights`, so a batch
 * may be filled up with rows that weigh 0. Changes no state.
 *
 * @throws LeracError L0903 where something in it is not compiled yet
 */
export function traceEvaluation(program: TrainingProgram, batch: number): StepGraph {
  return traced(
    program,
    { name: "evaluate", batch, columns: [], rule: null },
    ({ recorder, states, inputs, truth }) => {
      const weights = recorder.tensor(
        recorder.builder.input("weights", { dtype: "float32", shape: [batch] }),
      );
      const context = new StepContext("evaluate", recorder, states);
      const outputs = forward(program, context, inputs, () => false);
      recorder.builder.output("outputs", recorder.value(outputs));
      const { kind, attributes } = compiledLoss(program.train.loss);
      const sum = recorder.within("loss", "forward", () =>
        callOne(kind, [outputs, truth, weights], attributes),
      );
      recorder.builder.output("loss", recorder.value(sum));
    },
  );
}

interface TracedStep {
  readonly recorder: Recorder;
  readonly states: TracedStates;
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly truth: Tensor;
}

function traced(
  program: TrainingProgram,
  about: Pick<StepGraph, "name" | "batch" | "columns"> & { readonly rule: CompiledRule | null },
  run: (step: TracedStep) => void,
): StepGraph {
  const { name, batch, columns, rule } = about;
  const builder = new GraphBuilder();
  recorded(
    (backend) => new Recorder(backend, builder),
    (recorder) => {
      const states = new TracedStates(
        recorder,
        stateShapes(program, Math.max(1, columns.length), rule?.slots ?? []),
      );
      const inputs = new Map(
        program.model.inputs.map(({ name, shape }) => {
          const value = builder.input(name, { dtype: "float32", shape: [batch, ...shape] });
          return [name, recorder.tensor(value)] as const;
        }),
      );
      const name = compiledLoss(program.train.loss).truth;
      const numbers = program.model.layers.at(-1)?.output ?? [];
      const truth = recorder.tensor(
        name === "labels"
          ? builder.input(name, { dtype: "int32", shape: [batch] })
          : builder.input(name, { dtype: "float32", shape: [batch, ...numbers] }),
      );
      run({ recorder, states, inputs, truth });
    },
  );
  const graph = builder.finish({ name, batch, columns });
  const faults = faultsOf(graph);
  invariant(faults.length === 0, `the compiled step is wrong: ${faults.join("; ")}`);
  return graph;
}

/** The sum of losses of a batch; its gradient, which is made along with it, only has to be scaled. */
function lossSum(
  recorder: Recorder,
  outputs: Tensor,
  truth: Tensor,
  { kind, attributes }: CompiledLoss,
): Tensor {
  return composite(
    [outputs],
    () => {
      const made = call(kind, [outputs, truth], attributes);
      return { output: savedAt(made, 0), saved: [savedAt(made, 1)] };
    },
    (dy, saved) => recorder.within("loss", "backward", () => [callOne("Multiply", [savedAt(saved, 0), dy])]),
  );
}

function update(
  program: TrainingProgram,
  step: {
    readonly recorder: Recorder;
    readonly states: TracedStates;
    readonly rule: CompiledRule;
    readonly gradients: ReadonlyMap<string, Tensor>;
    readonly frozen: ReadonlySet<string>;
  },
): void {
  const { recorder, states, rule, gradients, frozen } = step;
  const { levels } = program.plan;
  const counter = states.tensor("step");
  const row = callOne("lerac.PlanRow", [states.tensor("plan"), counter, states.tensor("plan.base")]);
  recorder.builder.output("row", recorder.value(row));
  const columnsOfRule = rule.columns.map((_, i) =>
    callOne("lerac.Column", [row], { column: levels.length + i }),
  );
  const bounded = boundedBy(program.train.clip, gradients, frozen);
  const squares = levels.flatMap((level, column) => {
    const rate = callOne("lerac.Column", [row], { column });
    const changes = level.tensors.map((address) =>
      recorder.within(address, "update", () => {
        const gradient = gradients.get(address);
        invariant(gradient, `no gradient reaches ${address}`);
        const weight = states.tensor(address);
        const slots = rule.slots.map((slot) => `${address}/${slot}`);
        const [moved, change, ...after] = rule.update({
          weight,
          gradient: bounded.get(address) ?? gradient,
          slots: slots.map((slot) => states.tensor(slot)),
          rate,
          columns: columnsOfRule,
        });
        invariant(moved && change, "an update gives the new weight and the change");
        if (!frozen.has(address)) states.update(address, moved);
        after.forEach((value, i) => {
          states.update(slots[i] ?? "", value);
        });
        return { gradient, change, weight };
      }),
    );
    return (["gradient", "change", "weight"] as const).map((part) =>
      callOne(
        "lerac.SumSquares",
        changes.map((change) => change[part]),
      ),
    );
  });
  recorder.builder.output("squares", recorder.value(callOne("lerac.Row", squares)));
  states.update("step", callOne("lerac.Advance", [counter]));
}

/** The gradients of the tensors that move, bounded; as `clip.ts`. */
function boundedBy(
  clip: TrainingProgram["train"]["clip"],
  gradients: ReadonlyMap<string, Tensor>,
  frozen: ReadonlySet<string>,
): ReadonlyMap<string, Tensor> {
  const moving = [...gradients].filter(([address]) => !frozen.has(address));
  if (clip === undefined || moving.length === 0) return new Map();
  const { limit } = clip;
  if (clip.kind === "value")
    return new Map(
      moving.map(([address, gradient]) => [address, callOne("lerac.ClipValue", [gradient], { limit })]),
    );
  const squares = callOne(
    "lerac.SumSquares",
    moving.map(([, gradient]) => gradient),
  );
  const factor = callOne("lerac.ClipFactor", [squares], { limit });
  return new Map(moving.map(([address, gradient]) => [address, callOne("Multiply", [gradient, factor])]));
}
