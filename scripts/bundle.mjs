/**
 * Makes of the compiled files few, in dist/bundle: Node opens, resolves and links every module it loads, and some
 * hundred of them cost `lerac check` more than half a second on a slow machine. `lerac.js` is the command, `main.js` the trainer
 * that it starts (`src/train/launch.ts` looks for a file of this name beside itself), `probe.js` what `lerac doctor`
 * starts, `api.js` the library; what they share lies in chunks.
 *
 * Packages that hold native code or find files beside themselves stay outside, and so do those that only training
 * loads. Ink and React lie in a chunk of their own: opened file by file they cost the monitor's first picture a second or two.
 *
 * node scripts/bundle.mjs [FOLDER]: FOLDER holds what tsc wrote; dist when left out.
 */
import { chmodSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { compileSchemas } from "./compile-schemas.mjs";

const compiled = resolve(import.meta.dirname, "..", process.argv[2] ?? "dist");
const folder = join(compiled, "bundle");
const outside = [/^@tensorflow\//, /^onnxruntime-/, /^sharp$/, /^react-devtools-core$/, /^ajv(\/|$)/];

rmSync(folder, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    lerac: join(compiled, "src/cli/main.js"),
    main: join(compiled, "src/train/main.js"),
    probe: join(compiled, "src/cli/doctor/probe.js"),
    api: join(compiled, "src/api/index.js"),
  },
  platform: "node",
  external: outside,
  // React's development build would be laid in beside the one that is used.
  transform: { define: { "process.env.NODE_ENV": JSON.stringify("production") } },
});
await bundle.write({
  dir: folder,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
  minify: true,
  // Names of functions in traces are what a report of a fault is read by.
  keepNames: true,
  // Left to itself the bundler lays this beside what every command needs, and it is slow to start: it loads the
  // segmentation of Unicode text.
  codeSplitting: {
    groups: [
      { name: "cells", test: /node_modules.(string-width|strip-ansi|ansi-regex|get-east-asian-width)/ },
    ],
  },
});
await bundle.close();
await compileSchemas(compiled, folder);
chmodSync(join(folder, "lerac.js"), 0o755);
