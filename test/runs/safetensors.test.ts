import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { LeracError } from "../../src/diagnostics/index.js";
import { encodeSafetensors, readSafetensors, readSafetensorsHeader } from "../../src/runs/safetensors.js";

const folder = mkdtempSync(join(tmpdir(), "lerac-safetensors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "file.safetensors");

/** A file from the text of its header and the bytes behind it, as another writer would make it. */
function fileOf(header: string, data: Uint8Array, claimed?: bigint): Buffer {
  const text = Buffer.from(header);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(claimed ?? BigInt(text.length));
  return Buffer.concat([prefix, text, data]);
}

async function complaint(bytes: Uint8Array): Promise<string> {
  writeFileSync(path, bytes);
  try {
    await readSafetensors(path);
  } catch (error) {
    if (!(error instanceof LeracError)) throw error;
    expect(error.exitCode).toBe(4);
    expect(error.diagnostics[0]?.code).toBe("L0721");
    return error.message;
  }
  return "none";
}

const tensor = (type: string, shape: number[], offsets: number[]) =>
  JSON.stringify({ dtype: type, shape, data_offsets: offsets });

describe("writing", () => {
  it("makes exactly the bytes of the format: keys sorted, header padded with spaces to 8", async () => {
    const pieces = encodeSafetensors(
      new Map([
        ["b", { shape: [2], values: Float32Array.of(1, -2) }],
        ["a", { shape: [], values: Float32Array.of(0.5) }],
      ]),
      { made: "here" },
    );
    const text =
      '{"__metadata__":{"made":"here"},' +
      '"a":{"data_offsets":[0,4],"dtype":"F32","shape":[]},' +
      '"b":{"data_offsets":[4,12],"dtype":"F32","shape":[2]}}';
    const padded = text.padEnd(Math.ceil(text.length / 8) * 8, " ");
    const data = Buffer.from("0000003f0000803f000000c0", "hex");
    expect(Buffer.concat(pieces)).toEqual(fileOf(padded, data));
  });

  it("is undone by reading, bit for bit, whatever the names, shapes and numbers", async () => {
    const tensors = fc.uniqueArray(
      fc.record({
        name: fc.string({ unit: "binary", maxLength: 12 }).filter((name) => name !== "__metadata__"),
        values: fc.array(fc.float(), { maxLength: 12 }),
      }),
      { selector: (entry) => entry.name, maxLength: 6 },
    );
    const metadata = fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(tensors, metadata, async (list, notes) => {
        // Lone surrogates have no UTF-8 form.
        fc.pre([...list.map((entry) => entry.name), ...Object.entries(notes).flat()].every(isWellFormed));
        const written = new Map(
          list.map(({ name, values }) => [
            name,
            { shape: [values.length], values: Float32Array.from(values) },
          ]),
        );
        writeFileSync(path, Buffer.concat(encodeSafetensors(written, notes)));
        const read = await readSafetensors(path);
        expect(new Set(read.tensors.keys())).toEqual(new Set(written.keys()));
        for (const [name, { shape, values }] of written) {
          expect(read.tensors.get(name)?.shape).toEqual(shape);
          expect(bitsOf(read.tensors.get(name)?.values)).toEqual(bitsOf(values));
        }
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(notes).sort());
      }),
      { numRuns: 60 },
    );
  });
});

function bitsOf(values: Float32Array = new Float32Array()): number[] {
  return [...new Uint32Array(values.buffer, values.byteOffset, values.length)];
}

function isWellFormed(text: string): boolean {
  return Buffer.from(text).toString() === text;
}

describe("reading other writers' files", () => {
  it.each([
    ["F16", "003c00c0ff7b01000080007c", [1, -2, 65504, 2 ** -24, -0, Number.POSITIVE_INFINITY]],
    ["BF16", "803f00c04940", [1, -2, 3.140625]],
    ["F64", "000000000000f03f182d4454fb210940", [1, Math.fround(Math.PI)]],
    ["I32", "ffffffff07000000", [-1, 7]],
    ["I64", "feffffffffffffff0000000001000000", [-2, 2 ** 32]],
    ["U8", "00ff", [0, 255]],
    ["BOOL", "0001", [0, 1]],
  ] as const)("%s becomes float32", async (type, hex, values) => {
    const data = Buffer.from(hex, "hex");
    writeFileSync(path, fileOf(`{"x":${tensor(type, [values.length], [0, data.length])}}`, data));
    const { tensors } = await readSafetensors(path);
    expect([...(tensors.get("x")?.values ?? [])]).toEqual([...values]);
  });

  it("takes any order of tensors, white space, no metadata, empty tensors, a header that is not padded", async () => {
    const header = ` {"z" : ${tensor("F32", [1], [0, 4])}, "e": ${tensor("F32", [0, 3], [4, 4])}, "a": ${tensor("F32", [1], [4, 8])}}`;
    writeFileSync(path, fileOf(header, Buffer.from("0000803f00000040", "hex")));
    const { tensors } = await readSafetensors(path, new Set(["a", "e", "not there"]));
    expect([...tensors.keys()].sort()).toEqual(["a", "e"]);
    expect(tensors.get("a")?.values[0]).toBe(2);
    expect([...(await readSafetensorsHeader(path)).entries.keys()]).toEqual(["z", "e", "a"]);
  });
});

describe("hostile and damaged files", () => {
  const four = new Uint8Array(4);
  const x = tensor("F32", [1], [0, 4]);

  it.each([
    ["an empty file", Buffer.alloc(0), "it has 0 bytes"],
    [
      "a header beyond the file",
      fileOf("{}", four, 2n ** 63n),
      "its header should have 9223372036854775808 bytes",
    ],
    ["not JSON", fileOf("{x", four), "its header is not JSON"],
    ["not an object", fileOf("[]", new Uint8Array(0)), "its header is not a JSON object"],
    ["not UTF-8", fileOf("", four, 4n).fill(0xff, 8), "its header is not UTF-8 text"],
    ["a tensor twice", fileOf(`{"x":${x},"y":1,"x":${x}}`, four), "has the key `x` twice"],
    ["a tensor twice, escaped", fileOf(`{"x":${x},"\\u0078"  :${x}}`, four), "has the key `x` twice"],
    ["a member twice", fileOf(`{"x":{"dtype":"F32","dtype":"F16"}}`, four), "has the key `dtype` twice"],
    ["metadata that are no text", fileOf(`{"__metadata__":{"a":1},"x":${x}}`, four), "are not a text"],
    ["an unknown type", fileOf(`{"x":${tensor("F4", [1], [0, 4])}}`, four), 'is not known: "F4"'],
    ["a negative size", fileOf(`{"x":${tensor("F32", [-1], [0, 4])}}`, four), "not a list of whole numbers"],
    [
      "a fractional size",
      fileOf(`{"x":${tensor("F32", [0.5], [0, 2])}}`, four),
      "not a list of whole numbers",
    ],
    [
      "a shape that does not fit",
      fileOf(`{"x":${tensor("F32", [2], [0, 4])}}`, four),
      "takes 8 bytes but has 4",
    ],
    ["a huge shape", fileOf(`{"x":${tensor("F32", [2 ** 50, 2 ** 50], [0, 4])}}`, four), "but has 4"],
    ["a gap", fileOf(`{"x":${tensor("U8", [2], [2, 4])}}`, four), "with a gap after the one before"],
    [
      "an overlap",
      fileOf(`{"x":${tensor("U8", [3], [0, 3])},"y":${tensor("U8", [2], [2, 4])}}`, four),
      "`y` starts at byte 2 of the data, inside of the one before",
    ],
    [
      "a range beyond the file",
      fileOf(`{"x":${tensor("F32", [2], [0, 8])}}`, four),
      "its tensors take 8 bytes, but 4",
    ],
    ["bytes that belong to nothing", fileOf("{}", four), "its tensors take 0 bytes, but 4 follow"],
  ])("%s", async (_, bytes, words) => {
    expect(await complaint(bytes)).toContain(words);
  });

  it("shows no control characters of a tensor's name", async () => {
    const header = JSON.stringify({ "\u001b[2J": { dtype: "F32", shape: [1], data_offsets: [0, 9] } });
    expect(await complaint(fileOf(header, four))).toContain("`\\x1b[2J`");
  });

  it("a missing file is one message", async () => {
    await expect(readSafetensors(join(folder, "none"))).rejects.toThrow(/can't be read: no such file/);
  });

  it("any damage is either noticed by name or leaves a readable file; never a crash", async () => {
    const whole = Buffer.concat(
      encodeSafetensors(
        new Map([
          ["a", { shape: [2, 2], values: new Float32Array(4) }],
          ["b", { shape: [3], values: new Float32Array(3) }],
        ]),
        { k: "v" },
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(whole.length),
        async (changes, length) => {
          const bytes = Buffer.from(whole.subarray(0, length));
          for (const [at, value] of changes) if (at < length) bytes[at] = value;
          const said = await complaint(bytes);
          if (length < whole.length && changes.length === 0) expect(said).not.toBe("none");
        },
      ),
      { numRuns: 300 },
    );
  });
});
