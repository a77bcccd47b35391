// What the plan, its audit, events and data cost a training step: of each step that the trainer takes, the time that the
// executor takes, the time in which the trainer waits for a batch, and the time that is neither these nor the event loop's
// turn, in which the engine's own garbage is collected. And what the norms and ratios of levels cost the steps in which
// they are measured. All are taken within one run, step by step, so a busy machine slows all alike.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Steps that are not counted. */
const warmUp = 20;

const root = resolve(import.meta.dirname, "..");
const from = (path) => import(join(root, "dist/src", path));

/**
 * Prints the figures of so many steps (default 400) of a spec (default the quick start) on a backend (default wasm), with
 * data from another folder than the spec says where one is given.
 */
export async function run([backend = "wasm", steps = "400", spec = "examples/01-fashion.lerac", data]) {
  const { openSession, takeStep, ...parts } = await modules();
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  try {
    const created = await newRun(folder, { file: resolve(root, spec), backend, data }, parts);
    const log = new parts.EventLog(created.paths.events, created.record.name);
    const control = new parts.Control();
    const session = await openSession({ run: created, log, control, resume: false, version: "0.1.0" });
    console.log(`node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} threads`);
    console.log(`${spec}, ${backend}, ${steps} steps\n`);
    const clock = stopped(session);
    const before = log.seq;
    const took = { rest: [], step: [], data: [] };
    for (let i = 0; i < Number(steps) + warmUp; i++) {
      Object.assign(clock, { step: 0, data: 0, loop: 0 });
      const begun = performance.now();
      await takeStep(session);
      const whole = performance.now() - begun;
      session.progress.settled = true;
      // The first steps compile kernels.
      if (i < warmUp) continue;
      took.rest.push(whole - clock.step - clock.data - clock.loop);
      took.step.push(clock.step);
      took.data.push(clock.data);
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

/** Books the time that the session's executor, its data and the event loop take. */
function stopped(session) {
  const clock = { step: 0, data: 0, loop: 0 };
  for (const [owner, name, part] of [
    [session.executor, "step", "step"],
    [session.batches, "at", "data"],
  ]) {
    const work = owner[name].bind(owner);
    owner[name] = async (...args) => {
      const begun = performance.now();
      try {
        return await work(...args);
      } finally {
        clock[part] += performance.now() - begun;
      }
    };
  }
  const soon = globalThis.setImmediate;
  globalThis.setImmediate = (done) => {
    const asked = performance.now();
    return soon(() => {
      clock.loop += performance.now() - asked;
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

function report({ rest, step, data }, events) {
  console.log("                                  median       mean   share: median      mean");
  for (const [name, values] of [
    ["executor", step],
    ["waiting for the batch", data],
    ["rates, audit, health, events", rest],
    ["both of these", rest.map((ms, i) => ms + data[i])],
  ]) {
    const ms = (of) => `${of(values).toFixed(3)} ms`.padStart(11);
    const share = (of) => `${((100 * of(values)) / of(step)).toFixed(2)} %`;
    const shares = values === step ? "" : `${share(median).padStart(14)}${share(mean).padStart(10)}`;
    console.log(`${name.padEnd(30)}${ms(median)}${ms(mean)}${shares}`);
  }
  console.log(`${events} events`);
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

async function newRun(folder, { file, backend, data }, { createRun, compile, fileLoader, SourceFile }) {
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
      data: data === undefined ? resolve(file, "..", program.data.source.path) : resolve(data),
      backend,
      threads: null,
      epochs: null,
      steps: null,
      init: null,
    },
  });
}
