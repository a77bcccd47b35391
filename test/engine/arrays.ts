import { sizeOf, type Values } from "../harness/numeric.js";

/** Tensors as plain numbers in double precision, element by element: slow, and plain to read. */

export type Index = readonly number[];

/** Fills a tensor from its elements. */
export function build(shape: Index, element: (index: Index) => number): Values {
  const data = new Float64Array(sizeOf(shape));
  const index = shape.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    data[i] = element(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return { shape: [...shape], data };
}

/** An element; 0 outside. */
export function at({ shape, data }: Values, index: Index): number {
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const i = index[axis] as number;
    if (i < 0 || i >= (shape[axis] as number)) return 0;
    place = place * (shape[axis] as number) + i;
  }
  return data[place] as number;
}

/** The whole numbers from 0 up to, without, `count`. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

export function replaced(index: Index, axis: number, value: number): Index {
  return index.map((i, a) => (a === axis ? value : i));
}

export function map({ shape, data }: Values, f: (x: number) => number): Values {
  return { shape, data: data.map(f) };
}
