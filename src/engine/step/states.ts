import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import type { TrainingProgram } from "../../program/types.js";
import type { Role, ValueType } from "../graph/types.js";
import type { Recorder } from "../trace/recorder.js";
import { callOne } from "../trace/shape-backend.js";
import type { ForwardStates } from "./context.js";

/** Rows of the plan that a step holds at once. */
export const planRows = 4096;

/** A state that a program's step has, and its numbers' type. */
export interface StateShape {
  readonly name: string;
  readonly role: Role;
  readonly type: ValueType;
  readonly level?: number;
}

/**
 * All states of a program's step, in the order of their layers: each tensor, and after it its slots. The plan, its
 * counters and the keys of masks come first.
 */
export function stateShapes(
  { model, plan }: TrainingProgram,
  columns: number,
  slots: readonly string[],
): StateShape[] {
  const levels = new Map(plan.levels.flatMap((level, index) => level.tensors.map((name) => [name, index])));
  const tensors = model.layers.flatMap((layer) => layer.tensors);
  return [
    { name: "plan", role: "plan", type: { dtype: "float32", shape: [planRows, columns] } },
    { name: "plan.base", role: "counter", type: { dtype: "int32", shape: [] } },
    { name: "step", role: "counter", type: { dtype: "int32", shape: [] } },
    { name: "keys", role: "keys", type: { dtype: "uint32", shape: [model.layers.length, 2] } },
    ...tensors.flatMap(({ address, shape, trainable }): StateShape[] => {
      const type = { dtype: "float32", shape } as const;
      if (!trainable) return [{ name: address, role: "statistic", type }];
      const level = levels.get(address);
      invariant(level !== undefined, `${address} is in no level`);
      return [
        { name: address, role: "parameter", type, level },
        ...slots.map((slot): StateShape => ({ name: `${address}/${slot}`, role: "slot", type, level })),
      ];
    }),
  ];
}

/** The states of the step that is being traced. */
export class TracedStates implements ForwardStates {
  readonly #recorder: Recorder;
  readonly #tensors = new Map<string, Tensor>();
  #stepKeys: number | null = null;

  constructor(recorder: Recorder, shapes: readonly StateShape[]) {
    this.#recorder = recorder;
    for (const { name, role, type, level } of shapes) {
      const value = recorder.builder.state(type, { name, role, ...(level === undefined ? {} : { level }) });
      this.#tensors.set(name, recorder.tensor(value));
    }
  }

  tensor(name: string): Tensor {
    const tensor = this.#tensors.get(name);
    invariant(tensor, `no tensor ${name}`);
    return tensor;
  }

  update(name: string, value: Tensor): void {
    this.#recorder.builder.next(name, this.#recorder.value(value));
  }

  stepKeys(): Tensor {
    // Tensors made inside of a gradient's scope end with it; the value stays.
    this.#stepKeys ??= this.#recorder.within("", "forward", () =>
      this.#recorder.value(callOne("lerac.StepKeys", [this.tensor("keys"), this.tensor("step")])),
    );
    return this.#recorder.tensor(this.#stepKeys);
  }
}
