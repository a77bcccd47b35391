// How soon `lerac watch` shows a long run and answers a key: the built command in a terminal of its own, over a run of the
// quick start whose events are generated.
import { execFileSync } from "node:child_process";
import { cpSync, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawn } from "@lydell/node-pty";

const root = resolve(import.meta.dirname, "..");
const lerac = join(root, "dist/bundle/lerac.cjs");
const levels = ["conv1", "conv2", "fc", "head"];
/** 9,000 samples in batches of 64. */
const stepsPerEpoch = 141;

/** Prints the figures for a run of so many steps (default 100,000), each of them recorded, at three sizes of window. */
export async function run([steps = "100000", rounds = "1"]) {
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  try {
    const run = startedRun(folder, Number(steps));
    const bytes = await generate(join(run, "events.jsonl"), Number(steps));
    console.log(`node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} threads`);
    console.log(`${steps} steps, ${(bytes / 1e6).toFixed(1)} MB of events\n`);
    console.log(
      "window  load  first frame  all read  keys while reading: first; median, slowest  after: median, slowest  peak memory",
    );
    for (let round = 0; round < Number(rounds); round++) {
      for (const [columns, rows] of [
        [80, 24],
        [120, 40],
        [200, 60],
      ]) {
        console.log(await measure(run, steps, columns, rows));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run folder of the quick start, made so long, which has done one step of it. */
function startedRun(folder, steps) {
  cpSync(join(root, "examples/data"), join(folder, "data"), { recursive: true });
  const quickStart = readFileSync(join(root, "examples/01-fashion.lerac"), "utf8");
  const spec = join(folder, "long.lerac");
  writeFileSync(spec, quickStart.replace(/^ {2}epochs .*$/m, `  steps      ${steps}`));
  const out = join(folder, "run");
  execFileSync(process.execPath, [lerac, "run", spec, "--steps", "1", "--quiet", "--out", out]);
  return out;
}

async function measure(run, steps, columns, rows) {
  const begin = performance.now();
  const terminal = spawn(process.execPath, [lerac, "watch", run], {
    cols: columns,
    rows,
    name: "xterm-256color",
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      TERM: "xterm-256color",
      LANG: "C.UTF-8",
    },
  });
  let written = "";
  const waiting = new Set();
  terminal.onData((data) => {
    written += data;
    for (const look of waiting) look();
  });
  const ended = new Promise((done) => terminal.onExit(done));
  const shows = (wanted, from = 0) =>
    new Promise((done, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`never shown: ${wanted}\n${written.slice(-2000)}`)),
        60_000,
      );
      const look = () => {
        if (!written.slice(from).includes(wanted)) return;
        waiting.delete(look);
        clearTimeout(timer);
        done(performance.now());
      };
      waiting.add(look);
      look();
    });
  const press = async (key, wanted) => {
    const from = written.length;
    const pressed = performance.now();
    terminal.write(key);
    return (await shows(wanted, from)) - pressed;
  };

  const first = (await shows("rate plan")) - begin;
  // Open and shut: the first at once, the others apart.
  const whole = Number(steps).toLocaleString("en");
  let all = null;
  const read = shows(`${whole}/${whole}`).then((at) => {
    all = at - begin;
  });
  const reading = [];
  while (all === null) {
    reading.push(await press("?", "Esc closes"), await press("?", "rate plan"));
    await Promise.race([read, new Promise((done) => setTimeout(done, 150))]);
  }
  const after = [];
  for (let i = 0; i < 10; i++) {
    // Apart, as a person presses keys: one that follows another within 100 ms waits for its turn.
    await new Promise((done) => setTimeout(done, 150));
    after.push(await press("?", i % 2 === 0 ? "Esc closes" : "rate plan"));
  }
  const peak = peakMemory(terminal.pid);
  terminal.write("q");
  await ended;
  const summary = (times) => {
    const sorted = [...times].sort((a, b) => a - b);
    return `${ms(sorted[sorted.length >> 1])}, ${ms(sorted.at(-1))}`;
  };
  const ms = (value) => `${Math.round(value)} ms`;
  return [
    `${columns}x${rows}`.padEnd(7),
    loadavg()[0].toFixed(1).padStart(4),
    ms(first).padStart(11),
    ms(all).padStart(9),
    `${ms(reading[0])}; ${reading.length}: ${summary(reading)}`.padStart(39),
    summary(after).padStart(25),
    `${Math.round(peak / 1e6)} MB`.padStart(12),
  ].join(" ");
}

/** In bytes; NaN where /proc does not tell. */
function peakMemory(pid) {
  try {
    return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return Number.NaN;
  }
}

/** Rates of the quick start: 0.1 down to 1e-6, meeting at 0.1 after five epochs. */
function ratesAt(t) {
  return levels.map((_, i) => 0.1 * 10 ** ((-5 / 3) * i * Math.max(0, 1 - Math.floor(t) / 5)));
}

async function generate(file, steps) {
  const out = createWriteStream(file);
  let seq = 0;
  const write = async (step, body) => {
    const head = {
      v: 1,
      seq: ++seq,
      at: new Date(Date.UTC(2026, 2, 1) + step * 58).toISOString(),
      run: "bench-lerac-s1-7f3a",
      step,
      epoch: step / stepsPerEpoch,
    };
    if (!out.write(`${JSON.stringify({ ...head, ...body })}\n`))
      await new Promise((go) => out.once("drain", go));
  };
  await write(0, {
    type: "run.start",
    lerac: JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version,
    program: "4be1".repeat(16),
    experiment: "a long run",
    spec: "long.lerac",
    curriculum: "lerac",
    seed: 1,
    seeds: 1,
    fold: null,
    backend: "wasm",
    device: "cpu",
    threads: 2,
    epochs: steps / stepsPerEpoch,
    steps,
    steps_per_epoch: stepsPerEpoch,
    samples: 54_000,
    levels: levels.map((address, i) => ({ level: i + 1, address, parameters: 73_984 })),
    resumed_from_step: null,
  });
  for (let step = 1; step <= steps; step++) {
    const loss = 0.3 + 2 * Math.exp(-step / 2000) + 0.05 * Math.sin(step * 37);
    await write(step, {
      type: "step",
      loss,
      metrics: { accuracy: 1 / (1 + loss) },
      rates: ratesAt(step / stepsPerEpoch),
      update_ratio: [1e-3, 1e-4, 1e-5, 1e-6],
      grad_norm: [1.9, 0.8, 0.7, 1.2],
      steps_per_second: 17.2,
      samples_per_second: 1101,
      seconds: { step: 0.05, data: 0.001, evaluate: 0, checkpoint: 0, other: 0.001 },
      left_seconds: (steps - step) / 17.2,
    });
    if (step % stepsPerEpoch !== 0) continue;
    const accuracy = 1 / (1 + loss);
    await write(step, {
      type: "epoch",
      train: { loss, accuracy },
      val: { loss, accuracy },
      best: false,
      seconds: 49,
    });
  }
  await new Promise((done) => out.end(done));
  return out.bytesWritten;
}
