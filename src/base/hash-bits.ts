/**
 * Random bits from an index and a key, in operations that whole-number hardware and every graph runtime have: wrapping
 * multiplication and addition, shift and exclusive or of 32 bits. The rounds are those of the integer hash lowbias32 (C.
 * Wellons, 2018), with one word of the key before them and one between.
 *
 * @returns 0 to 2^32 − 1
 */
export function hashBits(index: number, key0: number, key1: number): number {
  let x = Math.imul(index, 0x9e3779b9) ^ key0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d) + key1;
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The key of one step, of the key of what draws: bits of two indices that no two steps share. */
export function stepKey(step: number, key0: number, key1: number): readonly [number, number] {
  return [hashBits(step, key0, key1), hashBits(step ^ 0x80000000, key0, key1)];
}
