import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { CommandReader, EventLog, type RunEvent, readLastEvent } from "../../src/runs/index.js";
import { validateEvent } from "../../src/runs/validate-event.js";

const root = mkdtempSync(join(tmpdir(), "lerac-events-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let path = "";
beforeEach(() => {
  path = join(mkdtempSync(join(root, "log-")), "events.jsonl");
});

const log = (text: string) => ({ type: "log", level: "info", text }) as const;

function texts(): string[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const event = JSON.parse(line) as RunEvent;
    return event.type === "log" ? `${event.seq} ${event.text}` : event.type;
  });
}

function write(...lines: string[]): void {
  const writer = new EventLog(path, "fashion");
  for (const line of lines) writer.write(log(line));
  writer.close();
}

describe("the event log", () => {
  it("numbers from 1, over writers, and carries the position in every head", () => {
    write("a", "b");
    const writer = new EventLog(path, "fashion");
    writer.position = { step: 5, epoch: 0.625 };
    writer.write(log("c"));
    expect(writer.seq).toBe(3);
    writer.close();
    expect(texts()).toEqual(["1 a", "2 b", "3 c"]);
    const last = readLastEvent(path);
    expect(last).toMatchObject({ v: 1, seq: 3, run: "fashion", step: 5, epoch: 0.625 });
    expect(validateEvent(last)).toEqual([]);
    const next = new EventLog(path, "fashion");
    expect(next.position).toEqual({ step: 5, epoch: 0.625 });
    next.close();
  });

  it("takes a torn last line away, however long", () => {
    write("a");
    appendFileSync(path, `{"v":1,"text":"${"x".repeat(200_000)}`);
    expect(readLastEvent(path)?.seq).toBe(1);
    write("b");
    expect(texts()).toEqual(["1 a", "2 b"]);
  });

  it("begins anew where all there is is torn", () => {
    writeFileSync(path, '{"v":1');
    expect(readLastEvent(path)).toBe(null);
    write("a");
    expect(texts()).toEqual(["1 a"]);
  });

  it("passes over damaged lines and finds events longer than what is read at once", () => {
    write("a", "y".repeat(150_000));
    appendFileSync(path, "damage\n\n");
    expect(readLastEvent(path)?.seq).toBe(2);
  });

  it("writes NaN as null, which the schema lets pass for measured numbers", () => {
    const writer = new EventLog(path, "fashion");
    writer.write({ type: "rates", t: 0, planned: [1], applied: [Number.NaN], equal: false });
    writer.close();
    expect(readFileSync(path, "utf8")).toContain('"applied":[null]');
    expect(validateEvent(JSON.parse(readFileSync(path, "utf8")))).toEqual([]);
  });

  it("has no last event where there is no file", () => {
    expect(readLastEvent(path)).toBe(null);
  });
});

describe("the schema", () => {
  const head = { v: 1, seq: 1, at: "2024-01-01T00:00:00.000Z", run: "r", step: 0, epoch: 0 };

  it("names what is wrong", () => {
    expect(validateEvent({ ...head, type: "heartbeat", pid: 1, uptime_seconds: 2 })).toEqual([]);
    expect(validateEvent({ ...head, type: "heartbeat", pid: -1, uptime_seconds: 2 })).toEqual([
      "/pid must be >= 0",
    ]);
    expect(validateEvent({ ...head, type: "heartbeat", pid: 1 })).toEqual([
      "record must have required property 'uptime_seconds'",
    ]);
    expect(validateEvent({ ...head, type: "song" })).toEqual(["type song is not in the schema"]);
    expect(validateEvent({ type: "heartbeat", pid: 1, uptime_seconds: 2 })).not.toEqual([]);
  });
});

describe("the mailbox", () => {
  const line = (command: string, from = "cli") => `${JSON.stringify({ v: 1, command, from })}\n`;

  it("gives each command once, whole lines only, and looks no more often than every 50 ms", () => {
    const mailbox = join(root, "commands-1.jsonl");
    writeFileSync(mailbox, line("abort"));
    let now = 0;
    const reader = new CommandReader(mailbox, line("abort").length, () => now);
    expect(reader.poll()).toEqual([]);
    appendFileSync(mailbox, line("pause", "monitor") + line("stop").slice(0, 10));
    now = 49;
    expect(reader.poll()).toEqual([]);
    now = 50;
    expect(reader.poll()).toEqual([{ command: "pause", from: "monitor" }]);
    appendFileSync(mailbox, line("stop").slice(10));
    now = 100;
    expect(reader.poll()).toEqual([{ command: "stop", from: "cli" }]);
    now = 150;
    expect(reader.poll()).toEqual([]);
  });

  it("passes over what is no command", () => {
    const mailbox = join(root, "commands-2.jsonl");
    writeFileSync(
      mailbox,
      `null\n{}\n[1]\nx\n${line("dance")}${line("stop", "stranger")}${line("checkpoint")}`,
    );
    expect(new CommandReader(mailbox, 0).poll()).toEqual([{ command: "checkpoint", from: "cli" }]);
    expect(new CommandReader(join(root, "none"), 0).poll()).toEqual([]);
  });
});
