import type { Tensor } from "@tensorflow/tfjs-core";
import { clone } from "../tfjs.js";
import { callOne } from "../trace/shape-backend.js";
import { RecordingContext } from "./recording-context.js";

/** Operations that move numbers, join and split them, as `ops/join.ts` has them. */
export abstract class ShapeContext extends RecordingContext {
  reshape(x: Tensor, shape: readonly number[]): Tensor {
    return this.unary(
      x,
      (x) => callOne("Reshape", [x], { shape: [x.shape[0] ?? 1, ...shape] }),
      (dy, x) => callOne("Reshape", [dy], { shape: x.shape }),
    );
  }

  transpose(x: Tensor, order: readonly number[]): Tensor {
    const axes = [0, ...order.map((axis) => axis + 1)];
    const back = axes.map((_, axis) => axes.indexOf(axis));
    return this.unary(
      x,
      (x) => callOne("lerac.Transpose", [x], { axes }),
      (dy) => callOne("lerac.Transpose", [dy], { axes: back }),
    );
  }

  pad(x: Tensor, margins: readonly (readonly [number, number])[], value: number): Tensor {
    const [before, after] = ([0, 1] as const).map((side) => [0, ...margins.map((margin) => margin[side])]);
    return this.unary(
      x,
      (x) => callOne("lerac.Pad", [x], { before: before ?? [], after: after ?? [], value }),
      (dy, x) => callOne("lerac.Slice", [dy], { start: before ?? [], size: x.shape }),
    );
  }

  slice(x: Tensor, start: readonly number[], size: readonly number[]): Tensor {
    const from = [0, ...start];
    const extent = [x.shape[0] ?? 1, ...size];
    const after = x.shape.map((whole, axis) => whole - (from[axis] ?? 0) - (extent[axis] ?? 0));
    return this.unary(
      x,
      (x) => callOne("lerac.Slice", [x], { start: from, size: extent }),
      (dy) => callOne("lerac.Pad", [dy], { before: from, after, value: 0 }),
    );
  }

  concat(tensors: readonly Tensor[], axis?: number): Tensor {
    const rank = tensors[0]?.rank ?? 1;
    const along = axis === undefined ? rank - 1 : axis + 1;
    return this.joined(
      tensors,
      () => callOne("lerac.Concat", tensors, { axis: along }),
      (dy) => {
        let from = 0;
        return tensors.map(({ shape }) => {
          const start = shape.map((_, i) => (i === along ? from : 0));
          from += shape[along] ?? 0;
          return callOne("lerac.Slice", [dy], { start, size: shape });
        });
      },
    );
  }

  add(a: Tensor, b: Tensor): Tensor {
    return this.joined(
      [a, b],
      () => callOne("Add", [a, b]),
      (dy) => [clone(dy), clone(dy)],
    );
  }

  /** b has a's sizes, or 1 in their place, and may lack a's first axes after the batch. */
  multiply(a: Tensor, b: Tensor): Tensor {
    const missing = Array.from({ length: a.rank - b.rank }, () => 1);
    const wide = this.reshape(b, [...missing, ...b.shape.slice(1)]);
    const axes = [...a.shape.keys()].filter((axis) => wide.shape[axis] !== a.shape[axis]);
    return this.joined(
      [a, wide],
      () => callOne("Multiply", [a, wide]),
      (dy) => {
        const products = callOne("Multiply", [dy, a]);
        return [
          callOne("Multiply", [dy, wide]),
          axes.length === 0 ? products : callOne("lerac.SumOver", [products], { axes }),
        ];
      },
    );
  }
}
