import { sizeOf, type Values } from "../harness/numeric.js";

/** Sequence operators once more, place by place and number by number, in double precision from their definitions. */

type Row = readonly number[];

/** Row `place` of sample `sample` of [B, L, C]. */
function rowOf({ shape, data }: Values, sample: number, place: number): Row {
  const [, length = 1, width = 1] = shape;
  const start = (sample * length + place) * width;
  return [...data.slice(start, start + width)];
}

/** row · weight (+ bias). */
function project(row: Row, weight: Values, bias?: Values): number[] {
  const [, units = 1] = weight.shape;
  return Array.from({ length: units }, (_, unit) =>
    row.reduce(
      (sum, value, k) => sum + value * (weight.data[k * units + unit] as number),
      bias?.data[unit] ?? 0,
    ),
  );
}

function fromRows(rows: readonly Row[], shape: readonly number[]): Values {
  const data = Float64Array.from(rows.flat());
  if (data.length !== sizeOf(shape)) throw new Error(`${data.length} numbers for [${shape.join(", ")}]`);
  return { shape, data };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function lstmStep(x: Row, h: Row, memory: Row) {
  const units = h.length;
  const gate = (k: number, i: number) => x[k * units + i] as number;
  const next = memory.map((c, i) => sigmoid(gate(1, i)) * c + sigmoid(gate(0, i)) * Math.tanh(gate(2, i)));
  return { hidden: next.map((c, i) => sigmoid(gate(3, i)) * Math.tanh(c)), memory: next };
}

function gruStep(x: Row, product: Row, h: Row) {
  const units = h.length;
  return h.map((old, i) => {
    const at = (row: Row, k: number) => row[k * units + i] as number;
    const reset = sigmoid(at(x, 0) + at(product, 0));
    const keep = sigmoid(at(x, 1) + at(product, 1));
    const fresh = Math.tanh(at(x, 2) + reset * at(product, 2));
    return (1 - keep) * fresh + keep * old;
  });
}

/** One recurrence from the first place to the last: the final state [B, H] or every one, [B, L, H]. */
export function recurrent(
  kind: "lstm" | "gru",
  x: Values,
  tensors: Readonly<Record<string, Values>>,
  options: { readonly lengths: readonly number[]; readonly sequence: boolean },
): Values {
  const { input, recurrent: weight, bias, recurrent_bias: extra } = tensors;
  if (input === undefined || weight === undefined) throw new Error("weights are missing");
  const units = weight.shape[0] as number;
  const [samples = 1, length = 1] = x.shape;
  const rows: Row[] = [];
  for (let sample = 0; sample < samples; sample++) {
    let state = { hidden: new Array<number>(units).fill(0), memory: new Array<number>(units).fill(0) };
    for (let place = 0; place < length; place++) {
      const filled = place < (options.lengths[sample] as number);
      if (filled) {
        const own = project(rowOf(x, sample, place), input, bias);
        const product = project(state.hidden, weight, extra);
        state =
          kind === "lstm"
            ? lstmStep(
                own.map((value, i) => value + (product[i] as number)),
                state.hidden,
                state.memory,
              )
            : { hidden: gruStep(own, product, state.hidden), memory: state.memory };
      }
      if (options.sequence) rows.push(filled ? state.hidden : state.hidden.map(() => 0));
    }
    if (!options.sequence) rows.push(state.hidden);
  }
  return fromRows(rows, options.sequence ? [samples, length, units] : [samples, units]);
}

/** Multi-head attention of [B, Lq, C] over [B, Lk, C'], projections included. */
export function attention(
  query: Values,
  source: Values,
  tensors: Readonly<Record<string, Values>>,
  options: { readonly heads: number; readonly lengths?: readonly number[]; readonly causal?: boolean },
): Values {
  const tensor = (name: string) => {
    const found = tensors[name];
    if (found === undefined) throw new Error(`no tensor ${name}`);
    return found;
  };
  const [samples = 1, queries = 1] = query.shape;
  const keys = source.shape[1] as number;
  const width = (tensor("query.weight").shape[1] as number) / options.heads;
  const rows: Row[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const ownKeys = Array.from({ length: keys }, (_, place) =>
      project(rowOf(source, sample, place), tensor("key.weight"), tensors["key.bias"]),
    );
    const values = Array.from({ length: keys }, (_, place) =>
      project(rowOf(source, sample, place), tensor("value.weight"), tensors["value.bias"]),
    );
    for (let place = 0; place < queries; place++) {
      const q = project(rowOf(query, sample, place), tensor("query.weight"), tensors["query.bias"]);
      const mixed = q.map(() => 0);
      for (let head = 0; head < options.heads; head++) {
        const own = (row: Row) => row.slice(head * width, (head + 1) * width);
        const scores = ownKeys.map((key, other) => {
          const hidden =
            other >= (options.lengths?.[sample] ?? keys) || (options.causal === true && other > place);
          if (hidden) return 0;
          const product = own(key).reduce((sum, value, i) => sum + value * (own(q)[i] as number), 0);
          return Math.exp(product / Math.sqrt(width));
        });
        const total = scores.reduce((sum, score) => sum + score, 0);
        values.forEach((value, other) => {
          own(value).forEach((v, i) => {
            const at = head * width + i;
            mixed[at] = (mixed[at] as number) + (v * (scores[other] as number)) / total;
          });
        });
      }
      rows.push(project(mixed, tensor("out.weight"), tensors["out.bias"]));
    }
  }
  return fromRows(rows, [samples, queries, tensor("out.weight").shape[1] as number]);
}
