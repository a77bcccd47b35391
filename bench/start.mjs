// How long a user waits: from the start of `lerac run` to the end of the first step, of ResNet-18 on a folder of 32 x 32 images of
// noise. Whole processes of the built command, backends in turn, times taken from the run's own events.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { median } from "./common/summary.mjs";

const root = resolve(import.meta.dirname, "..");
const batch = 32;

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      engines: { type: "string", default: "onnx" },
      rounds: { type: "string", default: "7" },
      json: { type: "boolean", default: false },
    },
  });
  const engines = values.engines.split(",");
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  try {
    const spec = await writeSpec(folder);
    const times = Object.fromEntries(engines.map((engine) => [engine, []]));
    for (let round = 0; round < Number(values.rounds); round++)
      for (const engine of engines) times[engine].push(await start(spec, engine, folder));
    report(times, values.json);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `specs/resnet18.lerac` on images of our own, and a batch of the size of `npm run bench -- step`. */
async function writeSpec(folder) {
  const text = readFileSync(join(root, "specs/resnet18.lerac"), "utf8");
  const ours = `dataset cifar10 {
  source   image_folder("images")
  classes  10
  train    split(train)
  val      split(val)
  test     split(test)
  scale    standard(mean: 0.5, std: 0.5)
}`;
  const spec = text.replace(/dataset cifar10 \{[^}]*\}/, ours).replace(/batch +\d+/, `batch      ${batch}`);
  for (const [part, count] of Object.entries({ train: 2 * batch, val: 10, test: 10 }))
    for (let i = 0; i < count; i++) {
      const into = join(folder, "images", part, `class${i % 10}`);
      mkdirSync(into, { recursive: true });
      const raw = { width: 32, height: 32, channels: 3 };
      await sharp(randomBytes(32 * 32 * 3), { raw })
        .png()
        .toFile(join(into, `${i}.png`));
    }
  const file = join(folder, "resnet18.lerac");
  writeFileSync(file, spec);
  return file;
}

/** Seconds from the start of the command until its trainer is at work, is ready, and has taken a step. */
async function start(spec, engine, folder) {
  const begun = Date.now();
  const options = ["--arm", "paper", "--backend", engine, "--steps", "1", "--threads", "2", "--json"];
  const child = spawn(process.execPath, [join(root, "dist/bundle/lerac.cjs"), "run", spec, ...options], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const exit = new Promise((done) => child.once("exit", done));
  const at = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    const seconds = (Date.parse(event.at) - begun) / 1000;
    if (event.type === "phase" && event.phase === "compile") at[event.state] ??= seconds;
    if (event.type === "step") at.step ??= seconds;
  }
  if ((await exit) !== 0 || at.step === undefined) throw new Error(`${engine}: no step was taken\n${errors}`);
  return at;
}

function report(times, json) {
  const parts = { begin: "trainer at work", end: "ready", step: "first step" };
  if (!json) {
    console.log(`node ${process.versions.node}, ${cpus()[0]?.model}, 2 threads; fastest, median`);
    console.log(["", ...Object.values(parts)].map((text) => text.padEnd(18)).join(""));
  }
  for (const [engine, runs] of Object.entries(times)) {
    const figures = Object.keys(parts).map((part) => {
      const seconds = runs.map((run) => run[part]);
      return { fastest: Math.min(...seconds), median: median(seconds) };
    });
    if (json)
      console.log(
        JSON.stringify({
          engine,
          ...Object.fromEntries(Object.keys(parts).map((part, i) => [part, figures[i]])),
        }),
      );
    else {
      const cells = figures.map((each) => `${each.fastest.toFixed(2)}, ${each.median.toFixed(2)} s`);
      console.log([engine, ...cells].map((text) => text.padEnd(18)).join(""));
    }
  }
}
