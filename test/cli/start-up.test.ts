import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { leracModules, Project } from "./harness.js";

const project = new Project();
const register = pathToFileURL(resolve(import.meta.dirname, "../harness/loaded/register.mjs")).href;

/** The modules that a command line loads, as addresses. */
async function loadedBy(...args: string[]): Promise<string[]> {
  const record = join(project.folder, `loaded-${args.join("-").replace(/\W/g, "_")}.txt`);
  const env = { LERAC_LOADED: record, NODE_OPTIONS: `--import ${register}` };
  const { exit } = await project.lerac(args, { env, main: leracModules });
  expect(exit).toBe(0);
  return readFileSync(record, "utf8").trimEnd().split("\n");
}

describe("checking starts fast", () => {
  it.each([
    ["text", ["check", "fashion.lerac"]],
    ["sarif", ["check", "--format", "sarif", "fashion.lerac"]],
    ["explain", ["explain", "L0212"]],
  ])("and loads no tensors, no screen and no images: %s", async (_, args) => {
    const loaded = await loadedBy(...args);
    expect(loaded.some((url) => url.includes("/check/"))).toBe(true);
    const heavy = loaded.filter((url) =>
      /node_modules\/(@tensorflow|ink|react|sharp|yoga)|src\/(ui|engine|train)\//.test(url),
    );
    expect(heavy).toEqual([]);
  });

  it("and check alone loads no explanations, but for those that lints bring along", async () => {
    const loaded = await loadedBy("check", "fashion.lerac");
    const heavy = /diagnostics\/codes\/(L\d|index|registry)|src\/data\//;
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
  });
});
