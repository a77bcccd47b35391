import { unreachable } from "../../../base/invariant.js";
import type { SoundTransform } from "../../../program/types.js";
import { fitLength } from "./fit.js";
import { bandMask, timeMask } from "./masks.js";
import { mel } from "./mel.js";
import { noise } from "./noise.js";
import { log, power } from "./powers.js";
import { resample } from "./resample.js";
import type { FixedTransform, RandomTransform } from "./sound.js";
import { speed } from "./speed.js";
import { stft } from "./stft.js";
import { timeShift } from "./time_shift.js";

/** A transform of a program, ready to be carried out. */
export type SoundStep =
  | { readonly kind: "fixed"; readonly apply: FixedTransform }
  | { readonly kind: "random"; readonly apply: RandomTransform };

export function soundStep(transform: SoundTransform): SoundStep {
  const fixed = (apply: FixedTransform): SoundStep => ({ kind: "fixed", apply });
  const random = (apply: RandomTransform): SoundStep => ({ kind: "random", apply });
  switch (transform.kind) {
    case "fit":
      return fixed(fitLength(transform.length));
    case "resample":
      return fixed(resample(transform.rate));
    case "stft":
      return fixed(stft(transform));
    case "mel":
      return fixed(mel(transform, transform.window, transform.hop));
    case "power":
      return fixed(power(transform.exponent));
    case "log":
      return fixed(log(transform.floor));
    case "noise":
      return random(noise(transform.level));
    case "time_shift":
      return random(timeShift(transform.share));
    case "speed":
      return random(speed(transform.factor));
    case "time_mask":
      return random(timeMask(transform.frames));
    case "band_mask":
      return random(bandMask(transform.bands));
    default:
      return unreachable(transform);
  }
}
