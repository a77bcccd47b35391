import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { Project } from "./harness.js";

const project = new Project();

interface Properties {
  readonly properties: Readonly<Record<string, object>>;
}
interface Published {
  readonly allOf: readonly [
    Properties,
    ...{ if: { properties: { type: { const: string } } }; then: Properties }[],
  ];
}

/** The schema as a reader in another language gets it, and the events of a run as the command writes them. */
let schema: Published;
let events: Record<string, unknown>[];
let story: string;

beforeAll(async () => {
  schema = JSON.parse((await project.lerac(["explain", "events", "--json"])).stdout) as Published;
  const args = ["run", "fashion.lerac", "--backend", "wasm", "--log-every", "8", "--ascii", "--out", "told"];
  const { exit, stderr } = await project.lerac(args);
  expect(exit, stderr).toBe(0);
  story = stderr;
  events = readFileSync(join(project.path("told"), "events.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
});

describe("lerac explain events --json, against the events of a run", () => {
  it("every record is as the schema says", () => {
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    const validate = ajv.compile<Record<string, unknown>>(schema);
    const faults = events.flatMap((event) => (ajv.validate(schema, event) ? [] : [[event.type, ajv.errors]]));
    expect(faults).toEqual([]);
    const types = new Set(events.map(({ type }) => type));
    for (const type of [
      "run.start",
      "phase",
      "step",
      "epoch",
      "evaluation",
      "rates",
      "checkpoint",
      "run.end",
    ]) {
      expect(types).toContain(type);
    }
    // And the schema can tell: each record without its position, or with its own part damaged, is none.
    for (const { step: _, ...rest } of events) expect(validate(rest)).toBe(false);
    const start = events.find(({ type }) => type === "run.start");
    expect(validate({ ...start, levels: "two" })).toBe(false);
  });

  it("and no record has a field that the schema does not tell of", () => {
    const [head, ...parts] = schema.allOf;
    const fields = new Map(parts.map((part) => [part.if.properties.type.const, part.then.properties]));
    const unknown = events.flatMap((event) =>
      Object.keys(event)
        .filter((name) => !(name in head.properties) && !(name in (fields.get(String(event.type)) ?? {})))
        .map((name) => `${String(event.type)}.${name}`),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });

  it("are told in lines: clock, kind padded to six, facts three spaces apart, nothing beyond ASCII", () => {
    const [first = "", ...lines] = story.trimEnd().split("\n");
    expect(first).toMatch(/^lerac \d/);
    for (const line of lines) expect(line).toMatch(/^\d+:[0-5]\d:[0-5]\d [a-z]{2,6} +\S/);
    const steps = lines.filter((line) => /^\S+ step /.test(line));
    expect(steps.map((line) => /step {3}(\d+)\/24 {3}epoch \d\.\d\d {3}loss /.exec(line)?.[1])).toEqual([
      "8",
      "16",
      "24",
    ]);
    expect(lines.some((line) => /^\S+ rates {2}t=1 {3}conv 5\.00e-2 {3}head 5\.00e-2$/.test(line))).toBe(
      true,
    );
    expect(lines.some((line) => /^\S+ saved {2}ckpt-0*8 {3}[\d.,]+ k?B {3}(epoch|best)$/.test(line))).toBe(
      true,
    );
    expect([...story].every((character) => character <= "\u007f")).toBe(true);
  });
});

describe("what the environment asks for is named in its messages", () => {
  it.each([
    ["LERAC_THEME", 2, "L0920"],
    ["LERAC_BACKEND", 4, "L0901"],
  ])("%s", async (name, exit, code) => {
    const answer = await project.lerac(["run", "fashion.lerac", "--out", "never"], {
      env: { [name]: "neon" },
    });
    expect(answer.exit).toBe(exit);
    expect(answer.stderr).toMatch(new RegExp(`^error\\[${code}\\][^\\n]*neon[\\s\\S]*${name}=neon`));
  });
});
