import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Outcome, Project } from "../cli/harness.js";
import { typed } from "../cli/in-process.js";
import { patternOf, type Step, stepsOf } from "./markdown.js";

const folder = join(import.meta.dirname, "../../docs/tutorial");
const pages = readdirSync(folder)
  .filter((name) => /^\d.*\.md$/.test(name))
  .sort();
const project = new Project();

/** Runs train in processes of their own, which need the built command; on one small machine the others are quicker here. */
function typeIn(command: string): Promise<Outcome> {
  const [program, ...args] = command.split(" ");
  if (program !== "lerac") throw new Error(`the tutorial types \`${program}\``);
  const own = args[0] === "run" || args[0] === "eval";
  const env = { LERAC_BACKEND: "wasm" };
  return own ? project.lerac(args, { env }) : typed(project, args, env);
}

async function follow(step: Step): Promise<void> {
  if (step.kind === "shown") {
    expect(project.read("first.lerac")).toContain(step.text);
    return;
  }
  if (step.kind === "change") {
    const before = project.read(step.file);
    expect(before, "what is to be changed is not there").toContain(step.from);
    project.write(step.file, before.replace(step.from, step.to));
    return;
  }
  const { stdout, stderr, exit } = await typeIn(step.command);
  expect([0, 1, 3], stderr).toContain(exit);
  const streams = [stdout + stderr, stderr + stdout];
  const pattern = patternOf(step.expected);
  expect(
    streams.some((text) => pattern.test(text)),
    `${step.command} answers\n${streams[1]}`,
  ).toBe(true);
}

describe("the tutorial, as it is written", () => {
  it("has its pages in order, each leading to the next", () => {
    expect(pages.length).toBeGreaterThanOrEqual(5);
    const index = readFileSync(join(folder, "README.md"), "utf8");
    pages.forEach((page, i) => {
      expect(index).toContain(`(${page})`);
      const next = pages[i + 1];
      if (next !== undefined) expect(readFileSync(join(folder, page), "utf8")).toContain(`(${next})`);
    });
  });

  it.each(pages)(
    "works: %s",
    async (page) => {
      const steps = stepsOf(readFileSync(join(folder, page), "utf8"));
      expect(steps.length).toBeGreaterThan(2);
      for (const step of steps) {
        try {
          await follow(step);
        } catch (error) {
          throw new Error(`${page}:${step.line}`, { cause: error });
        }
      }
    },
    120_000,
  );
});
