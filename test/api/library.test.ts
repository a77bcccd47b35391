import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { environment, fashionSpec, type Outcome, Project } from "../cli/harness.js";

/** The built package, found by its name as in a project that has installed it. */
const root = resolve(import.meta.dirname, "../..");
const project = new Project();
mkdirSync(project.path("node_modules"));
symlinkSync(root, project.path("node_modules/lerac"), "junction");
project.write("package.json", '{ "type": "module" }');

const page = readFileSync(join(root, "docs/library.md"), "utf8");
const example = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";

function node(file: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [file], { cwd: project.folder, env: environment(env) });
    const out = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        out[name] += text;
      });
    }
    child.on("error", failed);
    child.on("close", (exit) => done({ exit, ...out }));
  });
}

/** Runs a program that imports the package and says something as JSON on its last line. */
async function says(name: string, text: string, env?: Readonly<Record<string, string>>): Promise<unknown> {
  const { exit, stdout, stderr } = await node(project.write(name, text), env);
  expect(exit, stderr).toBe(0);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

describe("the library", () => {
  it("does what docs/library.md shows: trains, tells its epochs, stops with a checkpoint", async () => {
    expect(example).toContain('from "lerac"');
    const { outputText } = ts.transpileModule(example, { compilerOptions: { module: ts.ModuleKind.ESNext } });
    const { exit, stdout, stderr } = await node(project.write("example.js", outputText));
    expect(exit, stderr).toBe(0);
    expect(stdout).toMatch(/^program [0-9a-f]{8}: 2 levels\nfirst rates 0\.05 0\.00005\nepoch 1: loss \d/);
    expect(stdout).toMatch(/epoch 2: loss \d[\d.]+\n(epoch 3: .*\n)?(stopped|completed): .*library-run\n$/);
    const resumed = await project.lerac(["resume", "library-run", "-q"]);
    expect(stdout.includes("stopped") ? resumed.exit : 0, resumed.stderr).toBe(0);
  });

  it("has types that say what the example does, and refuse what it does not", () => {
    const right = project.path("right.ts");
    const wrong = project.path("wrong.ts");
    writeFileSync(right, example);
    writeFileSync(wrong, example.replace("width: 4", "width: true"));
    const types = ts.createProgram([right, wrong], {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
    });
    const faults = (file: string) =>
      ts
        .getPreEmitDiagnostics(types, types.getSourceFile(file))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(faults(right)).toEqual([]);
    expect(faults(wrong).join()).toMatch(/boolean/);
  });

  it("loads no tensors, no screen and no images before train is called, and then not in this process", async () => {
    const record = project.path("loaded.txt");
    const register = pathToFileURL(join(root, "test/harness/loaded/register.mjs")).href;
    const env = { LERAC_LOADED: record, NODE_OPTIONS: `--import ${register}` };
    // Ink lies in chunks of the bundle, told by the layout engine that it brings.
    const bundle = join(root, "dist/bundle");
    const screen = readdirSync(bundle).filter((name) =>
      /yoga/i.test(readFileSync(join(bundle, name), "utf8")),
    );
    expect(screen.length).toBeGreaterThan(0);
    const heavy = () =>
      readFileSync(record, "utf8")
        .split("\n")
        .filter(
          (url) =>
            /node_modules\/(@tensorflow|onnxruntime|ink|react|sharp|yoga|@img)/.test(url) ||
            screen.some((name) => url.endsWith(`/${name}`)),
        );
    await says(
      "light.js",
      `import { readFileSync } from "node:fs";
       import { check, compile, parse, plan } from "lerac";
       const text = readFileSync("fashion.lerac", "utf8");
       parse(text); check(text); plan(compile(text).program);
       console.log("null");`,
      env,
    );
    expect(readFileSync(record, "utf8")).toContain("dist/bundle/api.js");
    expect(heavy()).toEqual([]);
  });

  it("tells faults of a spec as data; compile throws them with the exit code of the command", async () => {
    const text = JSON.stringify(fashionSpec.replace("batch_norm", "batch_nrom"));
    const program = `import { check, compile, LeracError, memoryLoader, parse } from "lerac";
      const text = ${text};
      let thrown;
      try { compile(text); } catch (error) { thrown = error; }
      const inMemory = check("lerac 1\\n\\nimport \\"./blocks.lerac\\"\\n", { loader: memoryLoader({}) });
      console.log(JSON.stringify({
        parsed: parse(text).diagnostics.length,
        ok: check(text).ok,
        codes: check(text, { file: "a\\\\b.lerac" }).diagnostics.map((d) => d.code),
        thrown: thrown instanceof LeracError && thrown.exitCode,
        inMemory: inMemory.ok,
      }));`;
    expect(await says("faults.js", program)).toEqual({
      parsed: 0,
      ok: false,
      codes: ["L0201"],
      thrown: 3,
      inMemory: false,
    });
  });

  it("train rejects before anything is made: missing data, an unknown backend, a signal aborted before", async () => {
    const program = `import { existsSync, readFileSync } from "node:fs";
      import { compile, train } from "lerac";
      const { program } = compile(readFileSync("fashion.lerac", "utf8"));
      const how = async (options) => {
        const training = train(program, { out: "never", ...options });
        const result = await training.result.then(() => "trained", (e) => e.diagnostics?.[0].code ?? e.name);
        let looped = "";
        try { for await (const event of training) looped = event.type; } catch { looped = "threw"; }
        return [result, looped];
      };
      console.log(JSON.stringify([
        await how({ data: "nowhere" }),
        await how({ backend: "warp" }),
        await how({ epochs: 0 }),
        await how({ signal: AbortSignal.abort() }),
        existsSync("never"),
      ]));`;
    expect(await says("refused.js", program)).toEqual([
      ["L0304", "threw"],
      ["L0901", "threw"],
      ["L0920", "threw"],
      ["AbortError", "threw"],
      false,
    ]);
  });

  it("a run that diverges rejects with the trainer's own fault, exit code 5", async () => {
    const wild = fashionSpec.replace("rate: 0.05", "rate: 1e30").replace("0.05 -> 5e-5", "1e30 -> 1e29");
    const program = `import { compile, train } from "lerac";
      const { program } = compile(${JSON.stringify(wild)});
      const training = train(program, { out: "wild", backend: "wasm" });
      const types = new Set();
      let thrown;
      try { for await (const event of training) types.add(event.type); } catch (error) { thrown = error; }
      console.log(JSON.stringify([thrown?.exitCode, thrown?.diagnostics[0].code, types.has("run.end")]));`;
    expect(await says("wild.js", program)).toEqual([5, expect.stringMatching(/^L0\d{3}$/), true]);
  });
});
