import type { Tensor } from "@tensorflow/tfjs-core";
import { add, concat, mul, reshape, slice, stack, sub, tensor, tidy, transpose, zeros } from "../tfjs.js";
import type { Cell, State } from "./cell.js";
import { sumByChannel } from "./channels.js";
import { composite, savedAt } from "./composite.js";
import { matMul } from "./matmul.js";

export interface RecurrenceWeights {
  /** [in, gates · H] */
  readonly input: Tensor;
  /** [H, gates · H] */
  readonly recurrent: Tensor;
  /** [gates · H] each. */
  readonly bias: Tensor | null;
  readonly recurrentBias: Tensor | null;
}

export interface RecurrenceSettings {
  readonly cell: Cell;
  /** From the last place to the first. */
  readonly reverse: boolean;
  /** Filled places of each sample; null where all are. */
  readonly lengths: Int32Array | null;
  /** Whether x wants a gradient. */
  readonly inputGradient: boolean;
}

/**
 * Hidden states [B, L, H] of a recurrence over x [B, L, in], started at 0. A padded place keeps the state as it is and
 * gives 0. The projection of the input and the gradients of the weights are one product each over all places; only the
 * product with the state is made place by place, and backpropagation goes through all of them (Werbos 1990).
 */
export function recurrence(x: Tensor, weights: RecurrenceWeights, settings: RecurrenceSettings): Tensor {
  const [samples, length, features] = x.shape as [number, number, number];
  const { cell, reverse, inputGradient } = settings;
  const { input, recurrent, bias, recurrentBias } = weights;
  const units = recurrent.shape[0] as number;
  const width = cell.gates * units;
  const order = Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i));
  const filled = (place: number) => filledAt(place, samples, settings.lengths);
  /** Tensors that a step saves: the state before it, then the cell's own. */
  const stateSize = cell.hasMemory ? 2 : 1;

  const forward = () => {
    const rows = matMul(reshape(x, [samples * length, features]), input);
    const projected = reshape(bias === null ? rows : add(rows, bias), [samples, length, width]);
    const start = zeros([samples, units]);
    let state: State = { hidden: start, memory: cell.hasMemory ? zeros([samples, units]) : null };
    const outputs: Tensor[] = new Array(length);
    const saved: Tensor[] = [x, input, recurrent];
    for (const place of order) {
      const before = state;
      const step = tidy(() => {
        const own = reshape(slice(projected, [0, place, 0], [samples, 1, width]), [samples, width]);
        const product = matMul(before.hidden, recurrent);
        const made = cell.forward(
          own,
          recurrentBias === null ? product : add(product, recurrentBias),
          before,
        );
        const mask = filled(place);
        const after = mask === null ? made.after : mixed(mask, made.after, before);
        return {
          after: flat(after),
          cell: [...made.saved],
          output: mask === null ? after.hidden : mul(after.hidden, mask),
        };
      });
      saved.push(...flat(before), ...step.cell);
      outputs[place] = step.output;
      state = stateFrom(step.after);
    }
    return { output: stack(outputs, 1), saved };
  };

  const backward = (dy: Tensor, saved: readonly Tensor[]) => {
    const [savedX, savedInput, savedRecurrent] = [0, 1, 2].map((i) => savedAt(saved, i)) as Triple;
    const perStep = (saved.length - 3) / length;
    const back = transpose(savedRecurrent);
    let dState = stateFrom(Array.from({ length: stateSize }, () => zeros([samples, units])));
    const dInputs: Tensor[] = new Array(length);
    const dProducts: Tensor[] = [];
    const befores: Tensor[] = [];
    for (let step = length - 1; step >= 0; step--) {
      const place = order[step] as number;
      const own = saved.slice(3 + step * perStep, 3 + (step + 1) * perStep);
      const before = stateFrom(own.slice(0, stateSize));
      const made = tidy(() => {
        const mask = filled(place);
        const heard = reshape(slice(dy, [0, place, 0], [samples, 1, units]), [samples, units]);
        const dAfter = { ...dState, hidden: add(dState.hidden, mask === null ? heard : mul(heard, mask)) };
        const dMade = mask === null ? dAfter : scaled(mask, dAfter);
        const { dInput, dProduct, dBefore } = cell.backward(dMade, own.slice(stateSize), before);
        const through = matMul(dProduct, back);
        const hidden = dBefore.hidden === null ? through : add(dBefore.hidden, through);
        const dNext = { hidden, memory: dBefore.memory };
        const passed = mask === null ? dNext : sumOfStates(dNext, scaled(sub(1, mask), dAfter));
        return { dInput, dProduct, dState: flat(passed) };
      });
      dState = stateFrom(made.dState);
      dInputs[place] = made.dInput;
      dProducts.push(made.dProduct);
      befores.push(before.hidden);
    }
    const dProjected = reshape(stack(dInputs, 1), [samples * length, width]);
    const dProduct = concat(dProducts, 0);
    const rows = reshape(savedX, [samples * length, features]);
    const gradients: Tensor[] = [];
    if (inputGradient) gradients.push(reshape(matMul(dProjected, transpose(savedInput)), x.shape));
    gradients.push(matMul(transpose(rows), dProjected));
    gradients.push(matMul(transpose(concat(befores, 0)), dProduct));
    if (bias !== null) gradients.push(sumByChannel(dProjected));
    if (recurrentBias !== null) gradients.push(sumByChannel(dProduct));
    return gradients;
  };

  const learned = [input, recurrent, bias, recurrentBias].filter((tensor) => tensor !== null);
  return composite([...(inputGradient ? [x] : []), ...learned], forward, backward);
}

type Triple = [Tensor, Tensor, Tensor];

/** 1 for the samples whose `place` is filled, else 0, [B, 1]; null where it is filled in all. */
function filledAt(place: number, samples: number, lengths: Int32Array | null): Tensor | null {
  if (lengths === null || lengths.every((length) => length > place)) return null;
  return tensor(
    Float32Array.from(lengths, (length) => (length > place ? 1 : 0)),
    [samples, 1],
  );
}

function flat(state: State): Tensor[] {
  return state.memory === null ? [state.hidden] : [state.hidden, state.memory];
}

function stateFrom(tensors: readonly Tensor[]): State {
  return { hidden: savedAt(tensors, 0), memory: tensors[1] ?? null };
}

/** `one` where the mask is 1, `other` where it is 0. */
function mixed(mask: Tensor, one: State, other: State): State {
  return sumOfStates(scaled(mask, one), scaled(sub(1, mask), other));
}

function scaled(mask: Tensor, state: State): State {
  return { hidden: mul(state.hidden, mask), memory: state.memory && mul(state.memory, mask) };
}

function sumOfStates(a: State, b: State): State {
  const memory = a.memory && b.memory && add(a.memory, b.memory);
  return { hidden: add(a.hidden, b.hidden), memory };
}
