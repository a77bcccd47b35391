import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fashionSpec, Project } from "./harness.js";

const project = new Project();
const flags = ["--backend", "wasm", "--threads", "1", "-q"];

interface Scalar {
  readonly step: number;
  readonly wallTime: number;
  readonly value: number;
}
interface EventFile {
  readonly scalars: ReadonlyMap<string, readonly Scalar[]>;
  readonly version: string;
  /** Steps of session starts. */
  readonly starts: readonly number[];
}

/** CRC-32C bit by bit, as its definition has it: nothing of the code under test. */
function crc32c(bytes: Uint8Array): number {
  let register = 0xffffffffn;
  for (const byte of bytes) {
    register ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++)
      register = register & 1n ? (register >> 1n) ^ 0x82f63b78n : register >> 1n;
  }
  return Number(register ^ 0xffffffffn);
}

function unmask(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/** Fields of a message: number, and the value as it stands. */
function* fieldsOf(bytes: Buffer): Generator<[number, number | Buffer]> {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const width = [0, 8, 0, 0, 0, 4][key & 7] ?? 0;
    if ((key & 7) === 0) yield [key >> 3, varint()];
    else {
      const length = (key & 7) === 2 ? varint() : width;
      expect(length + at).toBeLessThanOrEqual(bytes.length);
      at += length;
      yield [key >> 3, bytes.subarray(at - length, at)];
    }
  }
}

function readEventFile(bytes: Buffer): EventFile {
  const scalars = new Map<string, Scalar[]>();
  const starts: number[] = [];
  let version = "";
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(unmask(bytes.readUInt32LE(at + 8))).toBe(crc32c(bytes.subarray(at, at + 8)));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(unmask(bytes.readUInt32LE(at + 12 + length))).toBe(crc32c(data));
    at += 16 + length;
    const event = Object.fromEntries(fieldsOf(data));
    const head = { step: Number(event[2] ?? 0), wallTime: (event[1] as Buffer).readDoubleLE() };
    if (event[3] !== undefined) version = String(event[3]);
    if (event[7] !== undefined) starts.push(head.step);
    for (const [number, value] of event[5] === undefined ? [] : fieldsOf(event[5] as Buffer)) {
      expect(number).toBe(1);
      const scalar = Object.fromEntries(fieldsOf(value as Buffer));
      const tag = String(scalar[1]);
      scalars.set(tag, [
        ...(scalars.get(tag) ?? []),
        { ...head, value: (scalar[2] as Buffer).readFloatLE() },
      ]);
    }
  }
  return { scalars, version, starts };
}

function eventFile(run: string): string {
  const folder = join(project.path(run), "tensorboard");
  const names = readdirSync(folder);
  expect(names).toEqual([expect.stringMatching(/^events\.out\.tfevents\.\d{10}\./)]);
  return join(folder, names[0] as string);
}

const rowsOf = (run: string) =>
  readFileSync(join(project.path(run), "log.csv"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

interface Recorded {
  readonly type: string;
  readonly step: number;
  readonly loss: number;
  readonly rates: readonly number[];
  readonly resumed_from_step: number | null;
}
const recorded = (run: string) =>
  readFileSync(join(project.path(run), "events.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Recorded);

/** As a power cut in the last epoch leaves a run: without its last checkpoint, in the middle of a step's record. */
function tear(run: string): void {
  const checkpoints = join(project.path(run), "checkpoints");
  for (const name of readdirSync(checkpoints)) {
    if (Number(/^ckpt-(\d+)/.exec(name)?.[1]) > 40) rmSync(join(checkpoints, name));
  }
  const events = join(project.path(run), "events.jsonl");
  const text = readFileSync(events, "utf8");
  const lines = text.trimEnd().split("\n");
  const last = lines.findLastIndex((line) => line.includes('"type":"step"') && !line.includes('"step":48'));
  truncateSync(events, Buffer.byteLength(`${lines.slice(0, last + 1).join("\n")}\n`) - 5);
}

describe("lerac run --log", () => {
  beforeAll(async () => {
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
    project.write("long.lerac", fashionSpec.replace("epochs     3", "epochs     6"));
    const args = ["run", "long.lerac", ...flags, "--log", "tensorboard", "--log", "csv", "--out", "logged"];
    const { exit, stderr } = await project.lerac(args);
    expect(exit, stderr).toBe(0);
  });

  it("tensorboard: records with right checksums, a scalar for each number of the events", () => {
    const { scalars, version, starts } = readEventFile(readFileSync(eventFile("logged")));
    expect(version).toBe("brain.Event:2");
    expect(starts).toEqual([]);
    const steps = recorded("logged").filter(({ type }) => type === "step");
    expect(steps.length).toBeGreaterThan(5);
    expect(scalars.get("train/loss")?.map(({ step, value }) => [step, value])).toEqual(
      steps.map(({ step, loss }) => [step, Math.fround(loss)]),
    );
    expect(scalars.get("rate/02-head")?.map(({ value }) => value)).toEqual(
      steps.map(({ rates }) => Math.fround(rates[1] as number)),
    );
    expect([...scalars.keys()].sort()).toEqual(
      expect.arrayContaining(["grad_norm/01-conv", "kept/test.accuracy", "rate/01-conv", "train/accuracy"]),
    );
    expect(scalars.get("val/accuracy")?.map(({ step }) => step)).toEqual([8, 16, 24, 32, 40, 48]);
    expect(
      scalars.get("val/loss")?.every(({ wallTime }) => Math.abs(wallTime - Date.now() / 1000) < 600),
    ).toBe(true);
  });

  it("csv: one header, a row for each record, as many fields everywhere", () => {
    const [header = [], ...rows] = rowsOf("logged");
    expect(header.join()).toBe(
      "time,step,epoch,split,checkpoint,loss,accuracy,steps_per_second,samples_per_second,rate.01-conv,rate.02-head",
    );
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    const train = rows.filter((row) => row[3] === "train");
    expect(train.map((row) => Number(row[5]))).toEqual(
      recorded("logged").flatMap(({ type, loss }) => (type === "step" ? [loss] : [])),
    );
    expect(rows.filter((row) => row[3] === "val" && row[4] === "")).toHaveLength(6);
    expect(rows.at(-1)?.[4]).toMatch(/^ckpt-/);
  });

  it("after a trainer that was torn away, resume goes on in the same files as if they had never been torn", async () => {
    const run = "logged";
    const tensorboard = eventFile(run);
    const csv = join(project.path(run), "log.csv");
    const before = readFileSync(tensorboard);
    tear(run);
    truncateSync(tensorboard, before.length - 1000);
    appendFileSync(csv, "rubbish");

    const { exit, stderr } = await project.lerac(["resume", run, "-q"]);
    expect(exit, stderr).toBe(0);
    const start = recorded(run).findLast(({ type }) => type === "run.start");
    const resumed = start?.resumed_from_step ?? -1;
    expect(resumed).toBeGreaterThan(0);
    const { scalars, starts } = readEventFile(readFileSync(tensorboard));
    expect(starts).toEqual([resumed + 1]);
    expect(scalars.get("train/loss")?.at(-1)?.step).toBe(48);

    const [, ...rows] = rowsOf(run);
    const steps = rows.filter((row) => row[3] === "train").map((row) => Number(row[1]));
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(48);
    expect(rows.at(-1)?.[3]).toBe("test");
    expect(rows.flat().join()).not.toContain("rubbish");
  });

  it("asked for on resuming, tells of all that happened, from the first step on", async () => {
    const run = "later";
    const first = await project.lerac(["run", "long.lerac", ...flags, "--steps", "48", "--out", run]);
    expect(first.exit, first.stderr).toBe(0);
    tear(run);
    expect(readdirSync(project.path(run))).not.toContain("log.csv");
    expect((await project.lerac(["resume", run, "--log", "excel"])).exit).toBe(2);
    const { exit, stderr } = await project.lerac(["resume", run, "-q", "--log", "csv"]);
    expect(exit, stderr).toBe(0);
    // The last row of `val` is that of the kept checkpoint.
    const rows = rowsOf(run).filter((row) => row[3] === "val" && row[4] === "");
    expect(rows.map((row) => Number(row[1]))).toEqual([8, 16, 24, 32, 40, 48]);
  });

  it("a name that there is not: exit 2, nothing made", async () => {
    const { exit, stderr } = await project.lerac([
      "run",
      "fashion.lerac",
      "--log",
      "wandb",
      "--out",
      "never",
    ]);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/there is no log called `wandb`[\s\S]*tensorboard and csv/);
  });

  it("a log that can't be written ends with a warning; the run goes on", async () => {
    tear("logged");
    // A folder stands where the file belongs.
    const csv = join(project.path("logged"), "log.csv");
    rmSync(csv);
    mkdirSync(csv);
    const { exit, stderr } = await project.lerac(["resume", "logged", "-q"]);
    expect(exit, stderr).toBe(0);
    expect(stderr).toMatch(/warn {3}L0725 {3}--log writes no more: EISDIR/);
    expect(recorded("logged").at(-1)).toMatchObject({ type: "run.end", step: 48, exit: 0 });
  });
});
