// What events and audit cost a training step: of each step that the trainer takes, the time that is neither the
// executor's nor the data's nor the event loop's turn, in which the engine's own garbage is collected. And what the norms
// and ratios of levels cost the steps in which they are measured. Both are taken within one run, step by step, so a busy
// machine slows both alike.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const from = (path) => import(join(root, "dist/src", path));

/** Prints the figures of so many steps (default 400) of a spec (default the quick start) on a backend (default wasm). */
export async function run([backend = "wasm", steps = "400", spec = "examples/01-fashion.lerac"]) {
  const { openSession, takeStep, ...parts } = await modules();
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  try {
    const created = await newRun(folder, resolve(root, spec), backend, parts);
    const log = new parts.EventLog(created.paths.events, created.record.name);
    const control = new parts.Control();
    const session = await openSession({ run: created, log, control, resume: false, version: "0.1.0" });
    console.log(`node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} threads`);
    console.log(`${spec}, ${backend}, ${steps} steps\n`);
    const clock = stopped(session);
    const before = log.seq;
    const took = { whole: [], step: [] };
    for (let i = 0; i < Number(steps) + 20; i++) {
      clock.spent = 0;
      const begun = performance.now();
      await takeStep(session);
      const whole = performance.now() - begun;
      session.progress.settled = true;
      // The first steps compile kernels.
      if (i < 20) continue;
      took.whole.push(whole - clock.spent);
      took.step.push(clock.spent);
    }
    report(took, log.seq - before);
    await measuring(session, Number(steps));
    await session.batches.close();
    await session.dataset.close();
    session.executor.dispose();
    log.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Books the time that the session's executor and data take. */
function stopped(session) {
  const clock = { spent: 0 };
  for (const [owner, name] of [
    [session.executor, "step"],
    [session.batches, "at"],
  ]) {
    const work = owner[name].bind(owner);
    owner[name] = async (...args) => {
      const begun = performance.now();
      try {
        return await work(...args);
      } finally {
        clock.spent += performance.now() - begun;
      }
    };
  }
  const soon = globalThis.setImmediate;
  globalThis.setImmediate = (done) => {
    const asked = performance.now();
    return soon(() => {
      clock.spent += performance.now() - asked;
      done();
    });
  };
  return clock;
}

/** Steps with and without norms and ratios in turn. */
async function measuring({ executor, batches, window, progress }, steps) {
  const took = { with: [], without: [] };
  for (let i = 0; i < steps; i++) {
    const measure = i % 2 === 0;
    window.cover(progress.step, executor);
    const batch = await batches.at(progress.step++);
    const begun = performance.now();
    await executor.step(batch, { measure });
    took[measure ? "with" : "without"].push(performance.now() - begun);
  }
  const more = median(took.with) - median(took.without);
  const share = (100 * more) / median(took.without);
  console.log(
    `\nnorms and ratios: ${more.toFixed(2)} ms, ${share.toFixed(1)} % of a step that is measured; ` +
      `one in sixteen is: ${(share / 16).toFixed(2)} %`,
  );
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function report({ whole, step }, events) {
  console.log("                                  median       mean");
  for (const [name, values] of [
    ["executor, data, event loop", step],
    ["events, audit, health", whole],
  ]) {
    const ms = (of) => `${of(values).toFixed(3)} ms`.padStart(11);
    console.log(`${name.padEnd(30)}${ms(median)}${ms(mean)}`);
  }
  const share = (of) => `${((of(whole) / of(step)) * 100).toFixed(2)} %`.padStart(11);
  console.log(`${"share".padEnd(30)}${share(median)}${share(mean)}   ${events} events`);
}

async function modules() {
  const [{ openSession }, { takeStep }, runs, { Control }, check, { SourceFile }] = await Promise.all([
    from("train/session.js"),
    from("train/step.js"),
    from("runs/index.js"),
    from("train/control.js"),
    from("check/index.js"),
    from("diagnostics/index.js"),
  ]);
  return { openSession, takeStep, Control, SourceFile, ...runs, ...check };
}

async function newRun(folder, file, backend, { createRun, compile, fileLoader, SourceFile }) {
  const text = readFileSync(file, "utf8");
  const { program } = compile(new SourceFile(file, text), { loader: fileLoader(file) });
  return await createRun({
    runsFolder: folder,
    spec: { name: file, text },
    program,
    version: "0.1.0",
    seed: program.experiment.seeds[0],
    fold: null,
    options: {
      data: resolve(file, "..", program.data.source.path),
      backend,
      threads: null,
      epochs: null,
      steps: null,
      init: null,
    },
  });
}
