// What the monitor costs the training that it shows: one trainer, to which `lerac watch` is attached and from which it is
// detached in turn, in a terminal of its own. The trainer's own records of its steps are compared, so that other work on
// the machine slows both alike.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawn } from "@lydell/node-pty";
import { median, summary } from "./common/summary.mjs";

const root = resolve(import.meta.dirname, "..");
const lerac = join(root, "dist/bundle/lerac.cjs");
/** Seconds until a monitor that was started or left has settled; they count for neither side. */
const settling = 1.5;

/** Trains the quick start on a backend, and watches it for so many seconds and leaves it for as many, so many times. */
export async function run([backend = "onnx", rounds = "30", seconds = "4", size = "120x40"]) {
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  const out = join(folder, "run");
  try {
    train(folder, out, backend);
    await steady(out);
    console.log(
      `node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} threads, load ${load()}`,
    );
    console.log(
      `the quick start on ${backend}; ${rounds} times ${seconds} s with and without a monitor of ${size}\n`,
    );
    const spans = [];
    for (let round = 0; round < Number(rounds); round++) {
      // The one first, then the other: what drifts meets both.
      const order = round % 2 === 0 ? [true, false] : [false, true];
      for (const watched of order)
        spans.push({ round, ...(await span(out, watched, Number(seconds), size)) });
    }
    report(out, spans);
  } finally {
    spawnSync(process.execPath, [lerac, "stop", out]);
    await new Promise((done) => setTimeout(done, 2000));
    rmSync(folder, { recursive: true, force: true });
  }
}

function train(folder, out, backend) {
  cpSync(join(root, "examples/data"), join(folder, "data"), { recursive: true });
  const quickStart = readFileSync(join(root, "examples/01-fashion.lerac"), "utf8");
  writeFileSync(join(folder, "long.lerac"), quickStart.replace(/epochs {5}8/, "epochs     1000"));
  execFileSync(process.execPath, [
    ...[lerac, "run", join(folder, "long.lerac"), "--detach", "--quiet"],
    ...["--backend", backend, "--out", out],
  ]);
}

/** The first steps compile kernels. */
async function steady(out) {
  while (steps(out).length < 50) await new Promise((done) => setTimeout(done, 500));
}

/** The trainer's records: when each begins and ends, and how long a step of it took, without evaluation and checkpoints. */
function steps(out) {
  const records = readFileSync(join(out, "events.jsonl"), "utf8").split("\n").slice(0, -1).map(JSON.parse);
  const found = [];
  let before = { at: 0, step: 0 };
  for (const { type, at, step, seconds } of records) {
    if (type !== "step") continue;
    const end = Date.parse(at);
    const spent = seconds.step + seconds.data + seconds.other;
    if (step > before.step) found.push({ begin: before.at, end, ms: (1000 * spent) / (step - before.step) });
    before = { at: end, step };
  }
  return found;
}

async function span(out, watched, seconds, size) {
  const monitor = watched ? attach(out, size) : null;
  await monitor?.shown;
  await new Promise((done) => setTimeout(done, settling * 1000));
  const begin = Date.now();
  const opening = monitor?.cpu() ?? 0;
  const written = monitor?.bytes() ?? 0;
  await new Promise((done) => setTimeout(done, seconds * 1000));
  const end = Date.now();
  const cpu = (monitor?.cpu() ?? 0) - opening;
  const bytes = (monitor?.bytes() ?? 0) - written;
  await monitor?.leave();
  return { watched, begin, end, cpu: cpu / seconds, opening, bytes: bytes / seconds };
}

function attach(out, size) {
  const [cols, rows] = size.split("x").map(Number);
  const terminal = spawn(process.execPath, [lerac, "watch", out], {
    cols,
    rows,
    name: "xterm-256color",
    env: { PATH: process.env.PATH ?? "", TERM: "xterm-256color", COLORTERM: "truecolor", LANG: "C.UTF-8" },
  });
  let written = "";
  const ended = new Promise((done) => terminal.onExit(done));
  const shown = new Promise((done, fail) => {
    terminal.onData((data) => {
      written += data;
      if (written.includes("rate plan")) done();
    });
    ended.then(() => fail(new Error(`no monitor was shown:\n${written}`)));
  });
  return {
    shown,
    cpu: () => processorSeconds(terminal.pid),
    bytes: () => Buffer.byteLength(written),
    leave: async () => {
      terminal.write("q");
      await ended;
    },
  };
}

/** Processor time of a process so far, of all its threads; NaN where /proc does not tell. */
function processorSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  } catch {
    return Number.NaN;
  }
}

function report(out, spans) {
  const records = steps(out);
  const timed = spans.map(({ begin, end, ...rest }) => {
    const inside = records.filter((record) => record.begin >= begin && record.end <= end);
    return { ...rest, count: inside.length, ms: median(inside.map(({ ms }) => ms)) };
  });
  const watched = timed.filter((one) => one.watched);
  const alone = timed.filter((one) => !one.watched);
  const ratios = watched.map((one) => one.ms / alone.find(({ round }) => round === one.round).ms);
  const { middle, interval } = summary(ratios);
  const of = (list, key) => median(list.map((one) => one[key]));
  const [low, high] = interval.map((end) => end.toFixed(3));
  console.log(`a step alone ${of(alone, "ms").toFixed(1)} ms, watched ${of(watched, "ms").toFixed(1)} ms`);
  console.log(
    `watched ÷ alone ${middle.toFixed(3)} (${low} to ${high}), ${ratios.length} rounds, load ${load()}`,
  );
  console.log(`the monitor: ${(60 * of(watched, "cpu")).toFixed(2)} s of processor time a minute`);
  console.log(
    `             ${of(watched, "opening").toFixed(2)} s to open, ${(of(watched, "bytes") / 1000).toFixed(1)} kB a second`,
  );
}

function load() {
  return loadavg()[0].toFixed(1);
}
