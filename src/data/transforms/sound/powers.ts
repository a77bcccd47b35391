import { onSpectrogram } from "./of_kind.js";
import type { FixedTransform } from "./sound.js";

/** Every value v becomes v^exponent. */
export function power(exponent: number): FixedTransform {
  return onSpectrogram((spectrogram) => ({
    ...spectrogram,
    values: spectrogram.values.map((value) => value ** exponent),
  }));
}

/** Every value v becomes ln(v + floor). */
export function log(floor: number): FixedTransform {
  return onSpectrogram((spectrogram) => ({
    ...spectrogram,
    values: spectrogram.values.map((value) => Math.log(value + floor)),
  }));
}
