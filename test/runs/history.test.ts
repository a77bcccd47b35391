import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readHistory } from "../../src/runs/index.js";
import { EventWriter, fashion, scenarioEvents } from "../harness/events.js";

const folder = mkdtempSync(join(tmpdir(), "lerac-history-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "events.jsonl");
const events = [...scenarioEvents(fashion, 2034, new EventWriter(fashion.run))];
const lines = events.map((event) => JSON.stringify(event));

describe("the history of a run", () => {
  it("is every event, in order, however the file is cut into pieces", () => {
    // More than one piece of a megabyte.
    const many = Array.from({ length: 12 }, () => lines).flat();
    writeFileSync(file, `${many.join("\n")}\n`);
    expect([...readHistory(file)].map((event) => event.seq)).toEqual(
      many.map((line) => (JSON.parse(line) as { seq: number }).seq),
    );
  });

  it("in brief has no steps but the last of each part, which says where it stood", () => {
    const [start = ""] = lines;
    writeFileSync(file, `${[...lines, start, ...lines.slice(1)].join("\n")}\n`);
    const brief = [...readHistory(file, { brief: true })];
    const steps = brief.filter((event) => ["step", "system", "heartbeat"].includes(event.type));
    expect(steps.length).toBeLessThanOrEqual(2);
    expect(brief.at(-1)).toEqual([...readHistory(file)].at(-1));
    const others = [...readHistory(file)].filter(
      ({ type }) => !["step", "system", "heartbeat"].includes(type),
    );
    expect(brief.filter((event) => !steps.includes(event))).toEqual(others);
  });

  it("passes over damaged lines, endless ones, and one that is being written", () => {
    const huge = "x".repeat(6 * 1024 * 1024);
    writeFileSync(file, `{\n${huge}\n${lines[0]}\nnull\n${lines[1]}\n${lines[2]?.slice(0, 20)}`);
    expect([...readHistory(file)].map((event) => event.seq)).toEqual([events[0]?.seq, events[1]?.seq]);
    expect([...readHistory(join(folder, "none"))]).toEqual([]);
  });
});
