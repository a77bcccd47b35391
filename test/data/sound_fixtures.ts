/** Writers of WAV files of every form, for tests of the reader. */

export interface WavForm {
  /** 1: whole numbers, 3: floating point. */
  readonly tag: number;
  readonly bits: number;
  readonly channels?: number;
  readonly rate?: number;
}

/** A chunk of RIFF, filled up to an even length. */
export function chunk(name: string, body: Buffer, length = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

export function riff(...chunks: readonly Buffer[]): Buffer {
  return chunk("RIFF", Buffer.concat([Buffer.from("WAVE"), ...chunks]));
}

export function formatChunk({ tag, bits, channels = 1, rate = 8000 }: WavForm): Buffer {
  const body = Buffer.alloc(16);
  const block = (channels * bits) / 8;
  body.writeUInt16LE(tag, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rate, 4);
  body.writeUInt32LE(rate * block, 8);
  body.writeUInt16LE(block, 12);
  body.writeUInt16LE(bits, 14);
  return chunk("fmt ", body);
}

/** Numbers as a form has them, rounded to the nearest there is. */
export function encoded(values: readonly number[], { tag, bits }: WavForm): Buffer {
  const body = Buffer.alloc((values.length * bits) / 8);
  for (const [i, value] of values.entries()) {
    const place = (i * bits) / 8;
    if (tag === 3 && bits === 32) body.writeFloatLE(value, place);
    else if (tag === 3) body.writeDoubleLE(value, place);
    else if (bits === 8) body.writeUInt8(128 + Math.round(value * 128), place);
    else body.writeIntLE(Math.min(2 ** (bits - 1) - 1, Math.round(value * 2 ** (bits - 1))), place, bits / 8);
  }
  return body;
}

/** @param values of all channels, moment after moment */
export function wav(values: readonly number[], form: WavForm = { tag: 1, bits: 16 }): Buffer {
  return riff(formatChunk(form), chunk("data", encoded(values, form)));
}

export function sine(frequency: number, rate: number, count: number, phase = 0): number[] {
  return Array.from({ length: count }, (_, n) => Math.sin((2 * Math.PI * frequency * n) / rate + phase));
}
