import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeWav, readWavFile } from "../../src/data/sources/wav_file.js";
import { problemOf, temporaryFolder } from "./fixtures.js";
import { chunk, encoded, formatChunk, riff, sine, wav } from "./sound_fixtures.js";

const tone = sine(440, 8000, 100).map((value) => 0.9 * value);

describe("a WAV file", () => {
  it.each([
    [1, 8, 1 / 256],
    [1, 16, 2 ** -16],
    [1, 24, 2 ** -24],
    [1, 32, 2 ** -24],
    [3, 32, 2 ** -24],
    [3, 64, 2 ** -24],
  ])("of form %i and %i bits gives its values to half a step", (tag, bits, error) => {
    const { rate, samples } = decodeWav("a.wav", wav(tone, { tag, bits }));
    expect(rate).toBe(8000);
    expect(samples).toHaveLength(100);
    const worst = Math.max(...tone.map((value, i) => Math.abs(value - (samples[i] as number))));
    expect(worst).toBeLessThanOrEqual(error);
  });

  it("has whole numbers from -1 to below 1", () => {
    const form = { tag: 1, bits: 16 };
    const body = Buffer.from([0, 0x80, 0xff, 0x7f, 0, 0]);
    const { samples } = decodeWav("a.wav", riff(formatChunk(form), chunk("data", body)));
    expect([...samples]).toEqual([-1, 1 - 2 ** -15, 0]);
  });

  it("of several channels is their mean", () => {
    const form = { tag: 3, bits: 32, channels: 2 };
    const stereo = [0.5, -0.5, 1, 0, 0.25, 0.75];
    expect([...decodeWav("a.wav", wav(stereo, form)).samples]).toEqual([0, 0.5, 0.5]);
  });

  it("may be of the extensible kind, have other chunks, odd ones too, and a length that was never filled in", () => {
    const form = { tag: 1, bits: 24, rate: 44_100 };
    const plain = formatChunk(form).subarray(8);
    const extension = Buffer.alloc(24);
    extension.writeUInt16LE(22, 0);
    extension.writeUInt16LE(24, 2);
    extension.writeUInt16LE(1, 8);
    const body = Buffer.concat([plain, extension]);
    body.writeUInt16LE(0xfffe, 0);
    const data = encoded(tone, form);
    const file = riff(
      chunk("LIST", Buffer.from("odd")),
      chunk("fmt ", body),
      chunk("data", Buffer.concat([data, Buffer.of(1)]), 0xffffffff),
    );
    const { rate, samples } = decodeWav("a.wav", file);
    expect(rate).toBe(44_100);
    expect(samples).toEqual(decodeWav("b.wav", wav(tone, form)).samples);
  });

  const form = { tag: 1, bits: 16 };
  const data = chunk("data", encoded(tone, form));
  it.each([
    ["text", Buffer.from("some notes, no sound at all"), "`a.wav` is no WAV file"],
    ["too little", Buffer.from("RIFF"), "`a.wav` is no WAV file"],
    ["other byte order", Buffer.concat([Buffer.from("RIFX"), wav(tone).subarray(4)]), "of the kind RIFX"],
    ["no chunk", riff(), "is cut short: its header is not whole"],
    ["half a header", riff(formatChunk(form)).subarray(0, 28), "is cut short: its header is not whole"],
    ["no sound chunk", riff(formatChunk(form)), "`a.wav` has no sound in it"],
    ["sound before its form", riff(data, formatChunk(form)), "has sound before it says of which form"],
    ["cut short", wav(tone).subarray(0, 144), "is cut short: 100 of 200 bytes of sound are there"],
    [
      "half a sample",
      riff(formatChunk(form), chunk("data", Buffer.alloc(3))),
      "ends in the middle of a sample",
    ],
    ["silence of no length", wav([]), "holds no sound: it is 0 s long"],
    ["MP3", riff(formatChunk({ tag: 0x55, bits: 16 }), data), "holds sound as MP3, which is not read"],
    ["12 bits", riff(formatChunk({ tag: 1, bits: 12 }), data), "holds sound as whole numbers of 12 bits"],
    ["an unknown form", riff(formatChunk({ tag: 0x1234, bits: 16 }), data), "as form 0x1234"],
    ["no channels", riff(formatChunk({ ...form, channels: 0 }), data), "says that it has no channels"],
    ["no rate", riff(formatChunk({ ...form, rate: 0 }), data), "says that its sampling rate is 0 Hz"],
    ["no numbers", wav([0, Number.NaN], { tag: 3, bits: 32 }), "holds values that are no numbers"],
  ])("says clearly: %s", async (_, bytes, message) => {
    const problem = await problemOf(Promise.resolve().then(() => decodeWav("deep/a.wav", bytes)));
    expect(problem).toMatchObject({ code: "L0305", exitCode: 4, at: { place: "deep/a.wav" } });
    expect(problem.message).toContain(message);
  });

  it("is refused when its header contradicts itself", async () => {
    const bytes = wav(tone);
    bytes.writeUInt16LE(4, 32);
    const problem = await problemOf(Promise.resolve().then(() => decodeWav("a.wav", bytes)));
    expect(problem.message).toBe("`a.wav` says that 1 channels of 16 bits take 4 bytes");
  });

  it("whatever bytes are changed, gives sound or a clear error", () => {
    const whole = wav(tone);
    for (let place = 0; place < 44; place++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const bytes = Buffer.from(whole);
        bytes[place] = value;
        try {
          expect(decodeWav("a.wav", bytes).samples.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ diagnostics: [{ code: "L0305" }] });
        }
      }
    }
  });

  it("that is empty or not there is said when it is read", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.wav"), "");
    expect((await problemOf(readWavFile(join(folder, "a.wav")))).message).toBe("`a.wav` is empty");
    expect(await problemOf(readWavFile(join(folder, "b.wav")))).toMatchObject({ code: "L0305" });
  });
});
