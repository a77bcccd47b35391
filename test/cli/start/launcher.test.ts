import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Project } from "../harness.js";

const project = new Project();
/** Starts the installed command with a cache folder of this name. */
const check = (cache: string, env: Record<string, string> = {}) =>
  project.lerac(["check", "fashion.lerac"], { env: { XDG_CACHE_HOME: project.path(cache), ...env } });

const keptIn = (cache: string) => {
  const folder = join(project.path(cache), "lerac");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(".bin")).map((name) => join(folder, name));
};

describe("the command's launcher", () => {
  it("keeps compiled code in the user's cache, and the next start answers the same", async () => {
    const first = await check("cache");
    expect(first).toMatchObject({ exit: 0, stderr: "" });
    expect(keptIn("cache")).toHaveLength(1);
    expect(await check("cache")).toEqual(first);
    expect(keptIn("cache")).toHaveLength(1);
  });

  it("writes anew what was damaged", async () => {
    const first = await check("damaged");
    const [file = ""] = keptIn("damaged");
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, 1000));
    expect(await check("damaged")).toEqual(first);
    expect(readFileSync(file).length).toBeGreaterThan(whole.length / 2);
  });

  it("takes none that other options of V8 made", async () => {
    const first = await check("options");
    const { exit, stdout } = await check("options", { NODE_OPTIONS: "--jitless" });
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: first.stdout });
    expect(await check("options")).toEqual(first);
  });

  it("needs no home that can be written to", async () => {
    project.write("no-folder", "");
    expect(await check("no-folder")).toMatchObject({ exit: 0, stderr: "" });
  });

  it("keeps nothing where NODE_DISABLE_COMPILE_CACHE forbids it, nor below a relative path", async () => {
    expect(await check("forbidden", { NODE_DISABLE_COMPILE_CACHE: "1" })).toMatchObject({ exit: 0 });
    expect(keptIn("forbidden")).toEqual([]);
    const env = { XDG_CACHE_HOME: "relative", HOME: project.path("home") };
    expect(await project.lerac(["check", "fashion.lerac"], { env })).toMatchObject({ exit: 0 });
    expect(existsSync(project.path("relative"))).toBe(false);
    expect(keptIn("home/.cache")).toHaveLength(1);
  });

  it("loads packages with code that was kept: tensors, images, the screen", async () => {
    const env = { XDG_CACHE_HOME: project.path("cache") };
    const run = ["run", "fashion.lerac", "--backend", "wasm", "--steps", "1", "--out", "run"];
    expect(await project.lerac(run, { env })).toMatchObject({ exit: 0 });
    const measured = await project.lerac(["eval", "run"], { env });
    expect(measured).toMatchObject({ exit: 0 });
    expect(await project.lerac(["eval", "run"], { env })).toEqual(measured);
    const shown = await project.lerac(["watch", "run", "--once"], { env });
    expect(shown).toMatchObject({ exit: 0, stderr: "" });
    expect(await project.lerac(["watch", "run", "--once"], { env })).toEqual(shown);
  });

  it("says what a command says, exit code included", async () => {
    project.write("wrong.lerac", "lerac 1\n\nmodel net {\n  input image(28, 28, 1)\n  dens(10)\n}\n");
    const env = { XDG_CACHE_HOME: project.path("cache") };
    const outcome = await project.lerac(["check", "wrong.lerac"], { env });
    expect(outcome.exit).toBe(3);
    expect(outcome.stdout).toContain("dense");
  });
});
