/**
 * Makes of the compiled files few, in dist/bundle: Node opens, resolves and links every module it loads, and some
 * hundred of them cost `lerac check` more than half a second on a slow machine.
 *
 * - `lerac.cjs` is the command's launcher; the command itself lies in CommonJS modules beside it, which start faster than
 *   ES modules and whose bytecode can be kept (`src/cli/start/`).
 * - ES modules are `main.js`, the trainer that it starts (`src/train/launch.ts` looks for a file of this name beside itself),
 *   `probe.js`, what `lerac doctor` starts, `executor-thread.js`, the trainer's thread that computes steps,
 *   `first-weights-thread.js`, the one that draws the weights of large models,
 *   `api.js`, the library, and `mount.js`: Ink waits at top level for the
 *   WebAssembly of its layout, which no CommonJS module can. What these share lies in chunks.
 *
 * Packages that hold native code or find files beside themselves stay outside, and so do those that only training
 * loads. Ink and React, opened file by file, cost the monitor's first picture a second or two.
 *
 * node scripts/bundle.mjs [FOLDER]: FOLDER holds what tsc wrote; dist when left out.
 */
import { createHash } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { compileSchemas } from "./compile-schemas.mjs";

const compiled = resolve(import.meta.dirname, "..", process.argv[2] ?? "dist");
const folder = join(compiled, "bundle");
const outside = [/^@tensorflow\//, /^onnxruntime-/, /^sharp$/, /^react-devtools-core$/, /^ajv(\/|$)/];

/** Loaded by `import()` from the CommonJS modules. */
const mount = join(compiled, "src/ui/monitor/mount.js");

/** What an ES module imports is loaded with it; what it requires, at the first call. */
const widthsWhenNeeded = {
  name: "widths-when-needed",
  load: {
    filter: { id: /base.wide-cells\.js$/ },
    handler: () => 'export const wideCells = (text) => require("string-width").default(text);',
  },
};

/**
 * The functions that are used of modules of Node that take long to load (5 to 10 ms each) and that `check` and most other
 * commands never call.
 */
const builtinsWhenNeeded = {
  "node:crypto": ["createHash", "randomBytes"],
  "node:child_process": ["execFile", "execFileSync", "spawn"],
};
const lazyBuiltins = {
  name: "builtins-when-needed",
  resolveId: {
    filter: { id: Object.keys(builtinsWhenNeeded).map((name) => new RegExp(`^${name}$`)) },
    handler: (id) => `\0${id}`,
  },
  load: {
    filter: { id: /^\0node:/ },
    handler: (id) => {
      const name = id.slice("\0node:".length);
      return builtinsWhenNeeded[`node:${name}`]
        .map((called) => `export const ${called} = (...given) => require("${name}").${called}(...given);`)
        .join("\n");
    },
  },
};

const common = {
  platform: "node",
  external: outside,
  plugins: [widthsWhenNeeded],
  // React's development build would be laid in beside the one that is used.
  transform: { define: { "process.env.NODE_ENV": JSON.stringify("production") } },
};
const output = {
  dir: folder,
  minify: true,
  // Names of functions in traces are what a report of a fault is read by.
  keepNames: true,
};

rmSync(folder, { recursive: true, force: true });
await write(
  {
    ...common,
    input: {
      main: join(compiled, "src/train/main.js"),
      probe: join(compiled, "src/cli/doctor/probe.js"),
      "executor-thread": join(compiled, "src/engine/thread/executor-thread.js"),
      "first-weights-thread": join(compiled, "src/engine/first-weights-thread.js"),
      api: join(compiled, "src/api/index.js"),
      mount,
    },
  },
  { ...output, format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
);
const command = await write(
  {
    ...common,
    input: { command: join(compiled, "src/cli/main.js") },
    plugins: [
      ...common.plugins,
      lazyBuiltins,
      {
        name: "ink-stays-an-es-module",
        load: {
          filter: { id: /ui.monitor.load-mount\.js$/ },
          // What `src/cli/start/code-cache.ts` gives to each module that it runs.
          handler: () => 'export const loadMount = () => importModule("./mount.js");',
        },
      },
    ],
  },
  {
    ...output,
    format: "cjs",
    entryFileNames: "[name]-[hash].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    // Node 20 imports nothing from within code that was kept.
    dynamicImportInCjs: false,
  },
);
const names = command.map((file) => file.fileName).sort();
await write(
  {
    ...common,
    input: { lerac: join(compiled, "src/cli/start/launcher.js") },
    transform: {
      define: {
        COMMAND_FILE: JSON.stringify(command.find((file) => file.isEntry).fileName),
        // Names hold the hash of what lies in them.
        BUNDLE_DIGEST: JSON.stringify(createHash("sha256").update(names.join()).digest("hex").slice(0, 16)),
      },
    },
  },
  { ...output, format: "cjs", entryFileNames: "[name].cjs", banner: "#!/usr/bin/env node" },
);
await compileSchemas(compiled, folder);
chmodSync(join(folder, "lerac.cjs"), 0o755);

/** What one build writes. */
async function write(input, output) {
  const bundle = await rolldown(input);
  const { output: files } = await bundle.write(output);
  await bundle.close();
  return files;
}
