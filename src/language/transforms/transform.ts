import type { ArgumentTable, ArgumentValues, Duration } from "../arguments.js";
import type { Entry } from "../catalogue.js";
import type { Sample, SampleKind } from "../samples.js";

/** Why a transform can't work on what it is given, in the reader's words. */
export interface Unfit {
  readonly message: string;
  /** The argument it hangs on; the call itself when left out. */
  readonly argument?: string;
  /** Words under the span. */
  readonly label: string;
  readonly helps?: readonly string[];
}

/** What becomes of a sample. */
export interface Transformed {
  readonly gives: Sample;
  /** Arguments that only now have their value: lengths in samples. They take the place of those written. */
  readonly resolved?: Readonly<Record<string, number>>;
}

/** What is done to a sample before it is scaled. */
export interface TransformEntry extends Entry {
  /** Random ones are allowed in `train` only. */
  readonly random: boolean;
  readonly takes: readonly SampleKind[];
  apply(sample: Sample, args: Readonly<Record<string, unknown>>): Transformed | Unfit;
}

interface Definition<N extends string, K extends SampleKind, P extends ArgumentTable>
  extends Omit<TransformEntry, "name" | "takes" | "arguments" | "apply"> {
  readonly name: N;
  readonly takes: readonly K[];
  readonly arguments: P;
  /** Left out where the sample keeps its kind and sizes. */
  apply?(sample: Extract<Sample, { kind: K }>, args: ArgumentValues<P>): Transformed | Unfit;
}

/** Keeps the name, kinds and argument types of one transform while it is defined. */
export function transform<const N extends string, const K extends SampleKind, const P extends ArgumentTable>(
  definition: Definition<N, K, P>,
): TransformEntry & { readonly name: N } {
  const unchanged = (sample: Sample): Transformed => ({ gives: sample });
  return { apply: unchanged, ...definition } as unknown as TransformEntry & { readonly name: N };
}

export function isUnfit(result: Transformed | Unfit): result is Unfit {
  return "message" in result;
}

/** A length of sound in samples, at least one; null where seconds need a rate that only the data know. */
export function inSamples(length: Duration, rate: number | null): number | null {
  if (typeof length === "number") return length;
  return rate === null ? null : Math.max(1, Math.round(length.seconds * rate));
}
