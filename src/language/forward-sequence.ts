/**
 * What sequence operators compute with, a part of `ForwardContext`. A sequence is [B, L, C]. Values that come from a
 * `tokens` input carry the number of filled places of each sample with them, from layer to layer as long as their
 * positions stay what they are; what looks along the sequence leaves padded places out.
 */
export interface SequenceOperations<T> {
  /** Rows of a table by number: indices [B, …], table [rows, C] → [B, …, C]. */
  embed(indices: T, table: T): T;
  /** x [B, …, C] plus the first rows of a table [rows, C], row i at position i of a sample's `axis`. */
  addAlong(x: T, table: T, axis: number): T;
  /** A tensor of the layer for every sample: [sizes…] → [B, sizes…]. */
  forEverySample(x: T): T;
  /** Numbers that are no parameter. */
  constant(values: Float32Array, shape: readonly number[]): T;
  /**
   * `token` in front of x along a sample's `axis`. It has x's shape with a 1 there, or without that axis; or it is one
   * row [B, C] that is put everywhere.
   */
  prepend(x: T, token: T, axis: number): T;
  /**
   * Hidden states [B, L, H] of a recurrence over x [B, L, in], at padded places 0. Weights as in PyTorch but lying
   * [in, gates · H], [H, gates · H]; gates in PyTorch's order: input, forget, cell, output, or reset, update, new.
   */
  recurrence(x: T, options: RecurrenceOptions<T>): T;
  /** The state after the last filled place (`reverse`: after the first, which a backward pass meets last). */
  finalState(states: T, options: { readonly reverse: boolean; readonly lengthsOf: T }): T;
  /**
   * Scaled dot-product attention (Vaswani et al. 2017), softmax(q · kᵀ · scale) · v for each head. q [B, …, heads · D]
   * and k, v the same but for the size of `axis`, along which places attend to places.
   */
  attention(q: T, k: T, v: T, options: AttentionOptions<T>): T;
}

export interface RecurrenceOptions<T> {
  readonly cell: "lstm" | "gru";
  readonly input: T;
  readonly recurrent: T;
  readonly bias: T | null;
  /** Added to the product with the state; null for none. */
  readonly recurrentBias: T | null;
  /** From the last place to the first. */
  readonly reverse: boolean;
  /** Whose padded places are left out: what entered the layer. */
  readonly lengthsOf: T;
}

export interface AttentionOptions<T> {
  readonly heads: number;
  /** Of a sample, from 0. */
  readonly axis: number;
  readonly scale: number;
  /** Places see themselves and what lies before them. */
  readonly causal: boolean;
  /** Whose padded places are not attended to: what keys and values were made of. */
  readonly lengthsOf: T;
}
