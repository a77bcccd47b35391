// What the monitor costs the training that it shows: one trainer and one `lerac watch` in a terminal of its own, which is
// held (SIGSTOP) for an epoch, let go (SIGCONT) for one in which it catches up and which counts for nothing, and watches
// the next. So both kinds of epochs lie seconds apart in one process each, and other work on the machine meets both.
//
// Wall time of steps is what other work disturbs most. Processor time is told by the system for each process: what a step
// takes of it in the trainer, threads that wait for a delayed one included, and in the monitor beside it. Where a trainer
// keeps all threads busy, both together are what a step takes of the machine.
import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawn } from "@lydell/node-pty";
import { median, summary } from "./common/summary.mjs";

const root = resolve(import.meta.dirname, "..");
const lerac = join(root, "dist/bundle/lerac.cjs");
/** What becomes of the monitor, epoch after epoch. */
const turns = ["held", "catching up", "watching"];
/** Epochs before the first that counts: kernels are compiled, the monitor has opened. */
const warmUp = 3;

/** Trains the quick start, in short epochs, on a backend, and watches every third of them, so many times. */
export async function run([backend = "onnx", rounds = "40", size = "120x40"]) {
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  const out = join(folder, "run");
  let monitor = null;
  try {
    train(folder, out, backend);
    const trainer = JSON.parse(readFileSync(join(out, "trainer.lock"), "utf8")).pid;
    monitor = attach(out, size);
    await monitor.shown;
    console.log(
      `node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} threads, load ${load()}`,
    );
    console.log(`the quick start on ${backend}, a monitor of ${size}, ${rounds} times held and watching\n`);
    report(await epochs(out, trainer, monitor.pid, warmUp + turns.length * Number(rounds) + 1));
  } finally {
    monitor?.end();
    spawnSync(process.execPath, [lerac, "stop", out]);
    await new Promise((done) => setTimeout(done, 2000));
    rmSync(folder, { recursive: true, force: true });
  }
}

function train(folder, out, backend) {
  cpSync(join(root, "examples/data"), join(folder, "data"), { recursive: true });
  const quickStart = readFileSync(join(root, "examples/01-fashion.lerac"), "utf8");
  // Short epochs: held and watching lie some seconds apart.
  const short = quickStart.replace("first: 90%", "first: 30%").replace("last: 10%", "last: 2%");
  writeFileSync(join(folder, "long.lerac"), short.replace(/epochs {5}8/, "epochs     10000"));
  execFileSync(process.execPath, [
    ...[lerac, "run", join(folder, "long.lerac"), "--detach", "--quiet"],
    ...["--backend", backend, "--out", out],
  ]);
}

function attach(out, size) {
  const [cols, rows] = size.split("x").map(Number);
  const terminal = spawn(process.execPath, [lerac, "watch", out], {
    cols,
    rows,
    name: "xterm-256color",
    env: { PATH: process.env.PATH ?? "", TERM: "xterm-256color", COLORTERM: "truecolor", LANG: "C.UTF-8" },
  });
  const ended = new Promise((done) => terminal.onExit(done));
  const shown = new Promise((done, fail) => {
    let written = "";
    terminal.onData((data) => {
      if (written.includes("rate plan")) return;
      written += data;
      if (written.includes("rate plan")) done();
    });
    ended.then(() => fail(new Error(`no monitor was shown:\n${written}`)));
  });
  const end = () => {
    process.kill(terminal.pid, "SIGCONT");
    terminal.kill();
  };
  return { shown, pid: terminal.pid, end };
}

/** What each epoch took, and in which turn of the monitor it was; the first ones and the one under way are left out. */
async function epochs(out, trainer, monitor, count) {
  const events = openSync(join(out, "events.jsonl"), "r");
  const found = [];
  let [rest, ms, steps, seen] = ["", 0, 0, 0];
  let before = null;
  const buffer = Buffer.alloc(1 << 20);
  while (found.length < count) {
    const bytes = readSync(events, buffer, 0, buffer.length, null);
    rest += buffer.toString("utf8", 0, bytes);
    const lines = rest.split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const { type, step, seconds } = JSON.parse(line);
      if (type === "step") {
        ms += 1000 * (seconds.step + seconds.data + seconds.other);
        steps = step;
      }
      if (type !== "epoch") continue;
      const now = { step: steps, trainer: cpu(trainer), monitor: cpu(monitor), at: performance.now() };
      if (before !== null && seen > warmUp)
        found.push({ turn: turns[(seen - 1) % turns.length], ms, ...since(before, now) });
      before = now;
      ms = 0;
      process.kill(monitor, turns[seen % turns.length] === "held" ? "SIGSTOP" : "SIGCONT");
      seen++;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  closeSync(events);
  return found;
}

function since(before, now) {
  return {
    steps: now.step - before.step,
    trainer: now.trainer - before.trainer,
    monitor: now.monitor - before.monitor,
    wall: now.at - before.at,
  };
}

/** Milliseconds of processor time of a process so far, all its threads together, as Linux counts them. */
function cpu(pid) {
  const task = `/proc/${pid}/task`;
  return readdirSync(task).reduce(
    (sum, thread) => sum + Number(readFileSync(`${task}/${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6,
    0,
  );
}

function report(found) {
  // Held before, watching, held after: what drifts evenly is in both alike.
  const rounds = found.flatMap((epoch, i) => {
    const [before, after] = [found[i - 2], found[i + 1]];
    return epoch.turn === "watching" && before !== undefined && after !== undefined
      ? [{ watching: epoch, held: [before, after] }]
      : [];
  });
  const ratios = (of) =>
    rounds.map(({ watching, held }) => {
      const alone = (of(held[0]) / held[0].steps + of(held[1]) / held[1].steps) / 2;
      return of(watching) / watching.steps / alone;
    });
  const say = (what, of) => {
    const { middle, interval } = summary(ratios(of));
    const [low, high] = interval.map((end) => end.toFixed(4));
    console.log(`${what.padEnd(44)}${middle.toFixed(4)} (${low} to ${high})`);
  };
  console.log(`watching ÷ held, for each step, ${rounds.length} rounds, load ${load()}`);
  say("  wall time", ({ ms }) => ms);
  say("  processor time of the trainer", ({ trainer }) => trainer);
  say("  processor time of trainer and monitor", ({ trainer, monitor }) => trainer + monitor);
  const watching = rounds.map((round) => round.watching);
  const share = median(watching.map(({ monitor, wall }) => monitor / wall));
  const step = (list, of) => median(list.map((epoch) => of(epoch) / epoch.steps)).toFixed(1);
  const held = rounds.flatMap((round) => round.held);
  console.log(`a step held ${step(held, ({ ms }) => ms)} ms, watching ${step(watching, ({ ms }) => ms)} ms`);
  console.log(
    `  of processor time ${step(held, ({ trainer }) => trainer)} and ${step(watching, ({ trainer }) => trainer)} ms`,
  );
  console.log(`the monitor: ${(60 * share).toFixed(2)} s of processor time a minute`);
}

function load() {
  return loadavg()[0].toFixed(1);
}
