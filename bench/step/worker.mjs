// One engine of lerac in a process of its own: worker.mjs CASE BACKEND THREADS [train|all]. Each line on standard input, a number of
// milliseconds, is answered by a line of JSON: the times of the steps taken in at least so long, and the peak memory.
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { cases, programOf } from "./cases.mjs";

const [letter, backend, threads, graphs = "train"] = process.argv.slice(2);
const engine = join(resolve(import.meta.dirname, "../.."), "dist/src/engine/index.js");
const { loadThreadExecutor, startExecutorThread } = await import(engine);
const options = { backend, seed: 1, threads: Number(threads) };
// As the trainer has it: a thread that computes, and loads its libraries while the spec is compiled.
const thread = startExecutorThread(options);
const program = await programOf(cases[letter]);
const executor = await loadThreadExecutor(program, options, thread);
const { batch: full } = cases[letter];
/** What is left of an epoch: three quarters of a batch. */
const last = Math.ceil(0.75 * full);
const rates = new Float32Array(program.plan.levels.length).fill(0.001);
const window = 4096;
let steps = 0;

await step();
// Of the process: Node, the spec, the graph, the session, and one step.
const firstStep = process.uptime() * 1000;
await step();
await step();
await others();
const { info } = executor;
print({ ready: true, engine: `${info.executor} (${info.library} ${info.version})`, first_step: firstStep });

for await (const line of createInterface({ input: process.stdin })) {
  const times = [];
  const until = performance.now() + Number(line);
  do times.push(await step());
  while (performance.now() < until);
  await others();
  print({ times, rss: process.resourceUsage().maxRSS / 1024 });
}
// Else its thread would wait for more.
executor.dispose();

async function step(size = full) {
  // Handed over with the step, so each is made anew; not timed.
  const batch = batchOf(size === full ? steps % 4 : 4, size);
  if (steps % window === 0) executor.writePlan(steps, Array(window).fill(rates));
  const start = performance.now();
  const { loss } = await executor.step(batch);
  steps++;
  const took = performance.now() - start;
  if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
  return took;
}

/** What a run does at the end of an epoch. */
async function others() {
  if (graphs !== "all") return;
  await step(last);
  await executor.evaluate(batchOf(0, full));
  await executor.read();
}

/** Noise and labels that are the same in every run. */
function batchOf(index, size) {
  const [{ name, shape }] = program.model.inputs;
  const count = shape.reduce((product, extent) => product * extent, size);
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * (12.9898 + index)));
  const labels = Int32Array.from({ length: size }, (_, i) => (i * 7 + index) % 10);
  return { size, inputs: new Map([[name, { shape: [size, ...shape], values }]]), labels };
}

function print(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
