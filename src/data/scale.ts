import { unreachable } from "../base/invariant.js";
import { fail } from "../diagnostics/index.js";
import type { ScaleProgram } from "../program/types.js";

const VALUES = 256;

/**
 * The float32 value of each raw value 0 to 255, one table of 256 for each channel after another. Raw values are divided
 * by 255, then `standard` is v ↦ (v − mean) / std with a number for all channels or one a channel, and `range` is
 * v ↦ low + v · (high − low). Computed in float64 and rounded once. L0306 where numbers and channels do not agree.
 */
export function scaleTable(dataName: string, scale: ScaleProgram | null, channels: number): Float32Array {
  const table = new Float32Array(channels * VALUES);
  for (let channel = 0; channel < channels; channel++) {
    const map = scaleOfChannel(dataName, scale, channel, channels);
    for (let raw = 0; raw < VALUES; raw++) table[channel * VALUES + raw] = map(raw / 255);
  }
  return table;
}

function scaleOfChannel(
  dataName: string,
  scale: ScaleProgram | null,
  channel: number,
  channels: number,
): (share: number) => number {
  if (scale === null) return (share) => share;
  switch (scale.kind) {
    case "standard": {
      const mean = numberOfChannel(dataName, "mean", scale.mean, channel, channels);
      const std = numberOfChannel(dataName, "std", scale.std, channel, channels);
      return (share) => (share - mean) / std;
    }
    case "range":
      return (share) => scale.low + share * (scale.high - scale.low);
    default:
      return unreachable(scale);
  }
}

function numberOfChannel(
  dataName: string,
  what: string,
  numbers: readonly number[],
  channel: number,
  channels: number,
): number {
  const number = numbers.length === 1 ? numbers[0] : numbers[channel];
  if (number === undefined || (numbers.length !== 1 && numbers.length !== channels)) {
    throw fail(
      "spec",
      "L0306",
      `\`scale\` of \`${dataName}\` gives ${numbers.length} numbers as ${what}, but samples have ${channels} channels`,
      { helps: ["give one number, or one for each channel"] },
    );
  }
  return number;
}

/** Looks every raw value up. `out` has the length of `raw`; channels are last. */
export function applyScale(raw: Uint8Array, table: Float32Array, channels: number, out: Float32Array): void {
  if (channels === 1) {
    for (let i = 0; i < raw.length; i++) out[i] = table[raw[i] as number] as number;
    return;
  }
  for (let i = 0; i < raw.length; i += channels) {
    for (let channel = 0; channel < channels; channel++)
      out[i + channel] = table[channel * VALUES + (raw[i + channel] as number)] as number;
  }
}
