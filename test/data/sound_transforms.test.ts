import { describe, expect, it } from "vitest";
import { RandomSource } from "../../src/base/random.js";
import { fitLength } from "../../src/data/transforms/sound/fit.js";
import { powerSpectrum } from "../../src/data/transforms/sound/fourier.js";
import { bandMask, timeMask } from "../../src/data/transforms/sound/masks.js";
import { fromMel, mel, melFilters, toMel } from "../../src/data/transforms/sound/mel.js";
import { noise } from "../../src/data/transforms/sound/noise.js";
import { log, power } from "../../src/data/transforms/sound/powers.js";
import { resample } from "../../src/data/transforms/sound/resample.js";
import type { Audio, Sound, Spectrogram } from "../../src/data/transforms/sound/sound.js";
import { speed } from "../../src/data/transforms/sound/speed.js";
import { stft } from "../../src/data/transforms/sound/stft.js";
import { timeShift } from "../../src/data/transforms/sound/time_shift.js";
import { sine } from "./sound_fixtures.js";

function audio(samples: readonly number[], rate = 8000): Audio {
  return { kind: "audio", rate, samples: Float32Array.from(samples) };
}

function samplesOf(sound: Sound): Float32Array {
  if (sound.kind !== "audio") throw new Error("no audio");
  return sound.samples;
}

function spectrogramOf(sound: Sound): Spectrogram {
  if (sound.kind !== "spectrogram") throw new Error("no spectrogram");
  return sound;
}

/** The value of a band in a frame. */
function at({ values, frames }: Spectrogram, band: number, frame: number): number {
  return values[band * frames + frame] as number;
}

const draw = (step: number) => new RandomSource({ seed: 1, address: "x.train", purpose: "test" }).at(step);
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from({ length: a.length }, (_, i) => Math.abs((a[i] as number) - (b[i] as number))));

describe("the Fourier transform", () => {
  it.each([2, 3, 8, 12, 64, 100, 441, 512, 1103])("of %i points is what its sum says", (points) => {
    const signal = Float64Array.from({ length: points }, (_, n) => Math.sin(n * n) + 0.3 * Math.cos(3 * n));
    const direct = Array.from({ length: Math.floor(points / 2) + 1 }, (_, k) => {
      let [real, imaginary] = [0, 0];
      for (const [n, value] of signal.entries()) {
        real += value * Math.cos((2 * Math.PI * ((k * n) % points)) / points);
        imaginary -= value * Math.sin((2 * Math.PI * ((k * n) % points)) / points);
      }
      return real ** 2 + imaginary ** 2;
    });
    const spectrum = powerSpectrum(points);
    // The second use finds the tables as the first did.
    for (const powers of [spectrum(signal), spectrum(signal)]) {
      expect(powers).toHaveLength(direct.length);
      expect(furthest(powers, direct)).toBeLessThan(1e-9 * points);
    }
  });
});

describe("stft", () => {
  const windows = { fft: 256, window: 256, hop: 64, shape: "hann" } as const;

  it.each([
    ["hann", [0.25, 0.125, 0]],
    ["hamming", [0.27, 0.115, 0]],
    ["rectangular", [0.5, 0, 0]],
  ] as const)("of a tone has the height that a window of shape %s gives it", (shape, heights) => {
    // 10 periods a window: A/2 of the window's sum in band 10; its cosine gives the neighbours theirs.
    const tone = audio(sine((10 * 8000) / 256, 8000, 2048, 0.3));
    const spectrogram = spectrogramOf(stft({ ...windows, shape })(tone));
    expect([spectrogram.bands, spectrogram.frames]).toEqual([129, 33]);
    // Away from the ends, where the recording is mirrored.
    for (const frame of [2, 10, 30])
      for (const [off, height] of heights.entries())
        for (const band of [10 - off, 10 + off])
          expect(at(spectrogram, band, frame)).toBeCloseTo(height * 256, 2);
  });

  it("of windows shorter than its points is that of the window, at any number of points", () => {
    for (const fft of [300, 512]) {
      const steady = audio(Array.from({ length: 1000 }, () => 1));
      const spectrogram = spectrogramOf(stft({ fft, window: 200, hop: 100, shape: "hann" })(steady));
      expect(spectrogram.bands).toBe(fft / 2 + 1);
      // Mirrored, a constant is one to its ends.
      for (let frame = 0; frame < 11; frame++) expect(at(spectrogram, 0, frame)).toBeCloseTo(100, 3);
    }
  });

  it("puts an impulse into the frames whose windows hold it, by its place in them", () => {
    const samples = Array.from({ length: 1024 }, (_, n) => (n === 512 ? 1 : 0));
    const spectrogram = spectrogramOf(stft(windows)(audio(samples)));
    for (let frame = 0; frame < 17; frame++) {
      const place = 512 - frame * 64 + 128;
      const weight = place < 0 || place >= 256 ? 0 : 0.5 - 0.5 * Math.cos((2 * Math.PI * place) / 256);
      for (const band of [0, 1, 77, 128]) expect(at(spectrogram, band, frame)).toBeCloseTo(weight, 5);
    }
  });

  it("of the shortest recordings mirrors as often as it must", () => {
    const spectrogram = spectrogramOf(stft({ ...windows, hop: 1 })(audio([1])));
    expect(at(spectrogram, 0, 0)).toBeCloseTo(128, 3);
  });
});

describe("mel", () => {
  it("is Slaney's scale", () => {
    expect(toMel(1000)).toBe(15);
    expect(toMel(6400)).toBeCloseTo(42, 12);
    expect(toMel(500)).toBe(7.5);
    for (const frequency of [0, 440, 1000, 4000, 20_000])
      expect(fromMel(toMel(frequency))).toBeCloseTo(frequency, 8);
    // Corners of 40 bands from 0 to 11,025 Hz as published with librosa (mel_frequencies).
    const step = toMel(11_025) / 39;
    const published = { 1: 85.317, 11: 938.49, 12: 1024.856, 20: 2071.84, 30: 4994.285, 38: 10_096.408 };
    for (const [i, frequency] of Object.entries(published))
      expect(fromMel(Number(i) * step)).toBeCloseTo(frequency, 3);
  });

  it("has bands that all give the same of white noise", () => {
    // An area of 1, but for the grain of the bands that are summed.
    for (const { weights } of melFilters({ bands: 20, low: 100, high: 4000 }, 1, 4001))
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 2);
  });

  it("of audio is the sum of powers, and finds a tone in the band around it", () => {
    const tone = audio(sine(1000, 8000, 4000));
    const made = spectrogramOf(mel({ bands: 20, low: 0, high: 0 }, 256, 128)(tone));
    const powers = power(2)(stft({ fft: 256, window: 256, hop: 128, shape: "hann" })(tone));
    const summed = spectrogramOf(mel({ bands: 20, low: 0, high: 0 }, null, null)(powers));
    expect([made.bands, made.frames]).toEqual([20, 32]);
    expect(furthest(made.values, summed.values)).toBeLessThan(1e-3);
    const corner = (i: number) => fromMel((toMel(4000) / 21) * i);
    const loudest = Array.from({ length: 20 }, (_, band) => at(made, band, 16));
    const found = loudest.indexOf(Math.max(...loudest));
    expect(corner(found)).toBeLessThan(1000);
    expect(corner(found + 2)).toBeGreaterThan(1000);
  });

  it("says where limits are that the recordings do not have, and that it stands twice", () => {
    const tone = audio(sine(1000, 8000, 400));
    const bands = { bands: 4, low: 0, high: 5000 };
    expect(() => mel(bands, 128, 64)(tone)).toThrow("bands from 0 to 5000 Hz, but recordings have 8000 Hz");
    const once = mel({ ...bands, high: 0 }, 128, 64)(tone);
    expect(() => mel({ ...bands, high: 0 }, null, null)(once)).toThrow("`mel` stands behind another `mel`");
  });
});

describe("values of spectrograms", () => {
  const spectrogram: Spectrogram = {
    ...{ kind: "spectrogram", bands: 2, frames: 2, rate: 8000, spacing: null },
    values: Float32Array.of(0, 1, 4, 9),
  };

  it("are raised to powers and logarithms", () => {
    expect([...spectrogramOf(power(0.5)(spectrogram)).values]).toEqual([0, 1, 2, 3]);
    const logs = spectrogramOf(log(1e-3)(spectrogram)).values;
    expect(furthest(logs, [Math.log(1e-3), Math.log(1.001), Math.log(4.001), Math.log(9.001)])).toBeLessThan(
      1e-6,
    );
    expect([...spectrogram.values]).toEqual([0, 1, 4, 9]);
  });

  it("are blanked in frames or in bands, all widths and places in time", () => {
    const wide: Spectrogram = {
      ...{ kind: "spectrogram", bands: 5, frames: 7, rate: 8000, spacing: null },
      values: Float32Array.from({ length: 35 }, (_, i) => i),
    };
    for (const [mask, along] of [
      [timeMask(3), "frames"],
      [bandMask(3), "bands"],
    ] as const) {
      const seen = new Map<number, number>();
      for (let step = 0; step < 400; step++) {
        const { values } = spectrogramOf(mask(wide, draw(step)));
        const blank = [...values.keys()].filter((i) => values[i] !== i);
        const places = [...new Set(blank.map((i) => (along === "frames" ? i % 7 : Math.floor(i / 7))))];
        places.sort((a, b) => a - b);
        for (const i of blank) expect(values[i]).toBe(17);
        for (const [i, place] of places.entries()) expect(place).toBe((places[0] as number) + i);
        seen.set(places.length, (seen.get(places.length) ?? 0) + 1);
      }
      expect([...seen.keys()].sort()).toEqual([0, 1, 2, 3]);
      for (const count of seen.values()) expect(count).toBeGreaterThan(70);
    }
  });
});

describe("audio", () => {
  it("is cut or filled with silence", () => {
    const short = audio([1, 2, 3]);
    expect([...samplesOf(fitLength(5)(short))]).toEqual([1, 2, 3, 0, 0]);
    expect([...samplesOf(fitLength(2)(short))]).toEqual([1, 2]);
    expect(fitLength(3)(short)).toBe(short);
  });

  it.each([
    [8000, 16_000],
    [44_100, 16_000],
    [16_000, 11_025],
  ])("of %i Hz is the same tone at %i Hz", (from, to) => {
    const given = audio(sine(440, from, from / 10), from);
    const { rate, samples } = resample(to)(given) as Audio;
    expect(rate).toBe(to);
    expect(samples).toHaveLength(Math.round(to / 10));
    const wanted = sine(440, to, samples.length);
    // Beyond its ends the recording is silent, and the filter reaches some milliseconds.
    const inner = [Math.round(to * 0.01), Math.round(to * 0.09)] as const;
    expect(furthest(samples.slice(...inner), wanted.slice(...inner))).toBeLessThan(2e-3);
  });

  it("loses what a lower rate can't have instead of turning it into other tones", () => {
    const given = audio(sine(7000, 16_000, 4800), 16_000);
    const samples = samplesOf(resample(8000)(given));
    expect(Math.max(...samples.slice(100, -100).map(Math.abs))).toBeLessThan(2e-3);
  });

  it("is left alone where it has the rate", () => {
    const given = audio([1, 2]);
    expect(resample(8000)(given)).toBe(given);
  });

  it("plays faster and higher, or slower and lower", () => {
    const given = audio(sine(500, 8000, 1600));
    for (const factor of [0.8, 1.25]) {
      const samples = samplesOf(speed([factor, factor])(given, draw(0)));
      expect(samples).toHaveLength(Math.round(1600 / factor));
      const wanted = sine(500 * factor, 8000, samples.length);
      expect(furthest(samples.slice(100, -100), wanted.slice(100, -100))).toBeLessThan(2e-3);
    }
    const lengths = Array.from({ length: 50 }, (_, i) => samplesOf(speed([0.5, 2])(given, draw(i))).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(800);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(3200);
    expect(new Set(lengths).size).toBeGreaterThan(40);
  });

  it("gets noise as far below its level as is said", () => {
    const given = audio(sine(500, 8000, 8000));
    const added = samplesOf(noise(-20)(given, draw(0))).map((v, i) => v - (given.samples[i] as number));
    const mean = added.reduce((sum, v) => sum + v, 0) / 8000;
    const std = Math.sqrt(added.reduce((sum, v) => sum + v * v, 0) / 8000);
    // A sine has a root mean square of 1 / √2; five standard errors.
    expect(Math.abs(mean)).toBeLessThan((5 * 0.0707) / Math.sqrt(8000));
    expect(Math.abs(std - 0.0707)).toBeLessThan((5 * 0.0707) / Math.sqrt(16_000));
    expect([...samplesOf(noise(-20)(audio([0, 0]), draw(0)))]).toEqual([0, 0]);
  });

  it("is moved around its end, by every distance in time", () => {
    const given = audio([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const moves = new Set<number>();
    for (let step = 0; step < 100; step++) {
      const moved = samplesOf(timeShift(0.25)(given, draw(step)));
      const later = moved.indexOf(0);
      expect([...moved]).toEqual(Array.from({ length: 10 }, (_, i) => (i - later + 10) % 10));
      moves.add(later);
    }
    expect([...moves].sort()).toEqual([0, 1, 2, 8, 9]);
  });
});
