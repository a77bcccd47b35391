import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/runs/events.js";
import { followEvents } from "../../src/runs/follow.js";
import { parseEvent } from "../../src/runs/parse-event.js";
import { EventWriter, fashion, scenarioEvents } from "../harness/events.js";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "follow-"));
  file = path.join(folder, "events.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (event: RunEvent) => `${JSON.stringify(event)}\n`;
const log = (writer: EventWriter, text: string) => writer.write({ type: "log", level: "info", text });

/** Follows until so many events are in; `during` is called after each batch. */
async function collect(count: number, during: (seen: RunEvent[]) => void = () => undefined, from = 0) {
  const stop = new AbortController();
  const follower = followEvents(file, { poll: 2, signal: stop.signal, from });
  const seen: RunEvent[] = [];
  if (count === 0) stop.abort();
  for await (const batch of follower) {
    seen.push(...batch);
    during(seen);
    if (seen.length >= count) stop.abort();
  }
  return { seen, follower };
}

describe("followEvents", () => {
  test("hands out a whole file in order, in batches that are small enough to draw in between", async () => {
    const events = [...scenarioEvents(fashion, 3000)];
    writeFileSync(file, events.map(line).join(""));
    const batches: number[] = [];
    const { seen, follower } = await collect(events.length, (all) => batches.push(all.length));
    expect(seen).toEqual(events);
    expect(batches.length).toBeGreaterThan(2);
    expect(follower.offset).toBe(follower.size);
    expect(follower.damaged).toBe(0);
  });

  test("waits for a file that is not there yet, and for the rest of a torn line", async () => {
    const writer = new EventWriter("r");
    const first = line(log(writer, "first, with a name: 名前"));
    const second = line(log(writer, "second"));
    const bytes = Buffer.from(first);
    // Torn inside of a character of three bytes.
    const torn = bytes.indexOf(Buffer.from("名")) + 1;
    setTimeout(() => appendFileSync(file, bytes.subarray(0, torn)), 10);
    setTimeout(() => appendFileSync(file, Buffer.concat([bytes.subarray(torn), Buffer.from(second)])), 40);
    const { seen, follower } = await collect(2);
    expect(seen.map((event) => event.type === "log" && event.text)).toEqual([
      "first, with a name: 名前",
      "second",
    ]);
    expect(follower.damaged).toBe(0);
  });

  test("skips and counts damaged lines, ignores unknown types and fields", async () => {
    const writer = new EventWriter("r");
    const good = log(writer, "good");
    const lines = [
      "not json",
      "{}",
      "null",
      JSON.stringify({ ...good, v: 2 }),
      JSON.stringify({ ...good, text: 5 }),
      JSON.stringify({ ...good, at: "yesterday" }),
      "\u0000\u0000\u0000",
      JSON.stringify({ ...good, type: "of the future" }),
      JSON.stringify({ ...good, type: "__proto__" }),
      JSON.stringify({ ...good, more: true }),
    ];
    writeFileSync(file, `${lines.join("\n")}\n`);
    const { seen, follower } = await collect(1);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ type: "log", text: "good" });
    expect(follower.damaged).toBe(7);
  });

  test("a line without end is not kept in memory", async () => {
    const writer = new EventWriter("r");
    writeFileSync(file, `${"x".repeat(5_000_000)}\n${line(log(writer, "after"))}`);
    const { seen, follower } = await collect(1);
    expect(seen[0]).toMatchObject({ text: "after" });
    expect(follower.damaged).toBe(1);
  });

  test("goes on from an offset, and from the start when the file was begun anew", async () => {
    const writer = new EventWriter("r");
    const first = line(log(writer, "first"));
    writeFileSync(file, first + line(log(writer, "second")));
    const { seen } = await collect(
      2,
      (all) => {
        if (all.length === 1) writeFileSync(file, line(log(new EventWriter("r"), "a")));
      },
      first.length,
    );
    expect(seen.map((event) => event.type === "log" && event.text)).toEqual(["second", "a"]);
  });

  test("ends without an error when it is told to", async () => {
    const { seen } = await collect(0);
    expect(seen).toEqual([]);
  });
});

describe("parseEvent", () => {
  test("every event of a run survives being written and read", () => {
    for (const event of scenarioEvents(fashion, 900)) {
      expect(parseEvent(JSON.stringify(event))).toEqual({ kind: "event", event });
    }
  });

  test("null where a measurement is due is NaN, as it was before JSON", () => {
    const writer = new EventWriter("r");
    const [step] = [...scenarioEvents(fashion, 8, writer)].filter((event) => event.type === "step");
    const parsed = parseEvent(
      JSON.stringify({ ...step, loss: Number.NaN, grad_norm: [1, Number.POSITIVE_INFINITY] }),
    );
    expect(parsed).toMatchObject({ kind: "event", event: { loss: Number.NaN, grad_norm: [1, Number.NaN] } });
  });
});
