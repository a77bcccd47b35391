// How soon the monitor shows a long run and answers a key: the built monitor in a process and a terminal of its own,
// over a generated file of events, as `lerac watch` has it. The start of the command itself is not in it.
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawn } from "@lydell/node-pty";

const built = resolve(import.meta.dirname, "../dist/src");
const levels = ["conv1", "conv2", "fc", "head"];
const stepsPerEpoch = 844;

/** Prints the figures for a run of so many steps (default 100,000), each of them recorded, at three sizes of window. */
export async function run([steps = "100000", shown]) {
  if (shown !== undefined) return await show(shown, Number(steps));
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  try {
    const file = join(folder, "events.jsonl");
    const bytes = await generate(file, Number(steps));
    console.log(`node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} threads`);
    console.log(`${steps} steps, ${(bytes / 1e6).toFixed(1)} MB of events\n`);
    console.log(
      "window  first frame  all read  keys while reading  keys after: median, slowest  peak memory",
    );
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
      [200, 60],
    ]) {
      console.log(await measure(file, steps, columns, rows));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(file, steps, columns, rows) {
  const begin = performance.now();
  const terminal = spawn(process.execPath, [join(import.meta.dirname, "main.mjs"), "monitor", steps, file], {
    cols: columns,
    rows,
    name: "xterm-256color",
    env: { PATH: process.env.PATH ?? "", TERM: "xterm-256color", LANG: "C.UTF-8" },
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
  const reading = [await press("?", "Esc closes"), await press("?", "rate plan")];
  const all = (await shows(Number(steps).toLocaleString("en"))) - begin;
  const after = [];
  for (let i = 0; i < 10; i++) {
    // Apart, as a person presses keys: one that follows another within 100 ms waits for its turn.
    await new Promise((done) => setTimeout(done, 150));
    after.push(await press("?", i % 2 === 0 ? "Esc closes" : "rate plan"));
  }
  const from = written.length;
  terminal.write("q");
  await ended;
  const peak = Number(/peak (\d+)/.exec(written.slice(from))?.[1] ?? Number.NaN);
  after.sort((a, b) => a - b);
  const ms = (value) => `${Math.round(value)} ms`;
  return [
    `${columns}x${rows}`.padEnd(7),
    ms(first).padStart(11),
    ms(all).padStart(9),
    reading.map(ms).join(", ").padStart(19),
    `${ms(after[5])}, ${ms(after[9])}`.padStart(29),
    `${Math.round(peak / 1000)} MB`.padStart(12),
  ].join(" ");
}

/** The process that is measured. */
async function show(file, steps) {
  const { followEvents } = await import(join(built, "runs/follow.js"));
  const bundle = join(built, "../bundle");
  const chunk = readdirSync(bundle).find((name) => name.startsWith("run-monitor-"));
  const { runMonitor } = await import(join(bundle, chunk));
  const stop = new AbortController();
  await runMonitor({
    events: followEvents(file, { poll: 50, signal: stop.signal }),
    plan: { rates: (t) => ratesAt(t), until: 5, epochs: steps / stepsPerEpoch },
    send: () => undefined,
    stdin: process.stdin,
    stdout: process.stderr,
    env: process.env,
    mode: "watch",
  });
  stop.abort();
  process.stdout.write(`peak ${process.resourceUsage().maxRSS * 1.024}\n`.replace(/\.\d+/, ""));
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
    lerac: JSON.parse(readFileSync(join(built, "../../package.json"), "utf8")).version,
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
