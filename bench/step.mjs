// The training step of each engine, one engine a process. All of them are started, then asked in turn, round after round:
// what the machine does besides meets all alike, and ratios within a round say more than milliseconds.
import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { median, summary } from "./common/summary.mjs";
import { cases } from "./step/cases.mjs";

const folder = join(import.meta.dirname, "step");
const usage =
  "npm run bench -- step [--json] [--case a,b] [--engines torch,onnx,eager] [--rounds 9] [--seconds 1.5] [--graphs train|all]";

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: "boolean", default: false },
      case: { type: "string", default: Object.keys(cases).join() },
      engines: { type: "string", default: "torch,onnx,eager" },
      rounds: { type: "string", default: "9" },
      seconds: { type: "string", default: "1.5" },
      threads: { type: "string", default: "2" },
      // `all`: as a run has them, a smaller last batch, evaluation, and the copy for a checkpoint besides.
      graphs: { type: "string", default: "train" },
    },
  });
  const python = process.env.LERAC_BENCH_PYTHON;
  const engines = values.engines.split(",").filter((name) => name !== "torch" || python);
  const letters = values.case.split(",");
  if (!letters.every((letter) => letter in cases) || !["train", "all"].includes(values.graphs)) {
    console.error(
      `there are the cases ${Object.keys(cases).join(", ")}, and the graphs train, all\n${usage}`,
    );
    process.exitCode = 2;
    return;
  }
  if (!python) console.error("LERAC_BENCH_PYTHON names no python with torch: without PyTorch");
  if (!values.json)
    console.log(`node ${process.versions.node}, ${cpus()[0]?.model}, ${values.threads} threads\n${usage}`);
  for (const letter of letters) {
    const workers = [];
    for (const name of engines) {
      const worker = await start(name, letter, { ...values, python });
      if ("reason" in worker) console.error(`${name}: ${worker.reason}`);
      else workers.push(worker);
    }
    const rounds = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      // Each round begins with another engine.
      const order = workers.map((_, i) => workers[(i + round) % workers.length]);
      const medians = {};
      for (const worker of order) medians[worker.name] = await worker.ask(Number(values.seconds) * 1000);
      rounds.push(medians);
    }
    for (const worker of workers) worker.end();
    report(letter, workers, rounds, values);
  }
}

/** Starts a process and waits until it has taken its first steps. */
async function start(name, letter, { threads, graphs, python }) {
  const [command, ...args] =
    name === "torch"
      ? [python, join(folder, "pytorch_step.py"), letter, threads]
      : [process.execPath, join(folder, "worker.mjs"), letter, name, threads, graphs];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    return done ? null : JSON.parse(value);
  };
  const greeting = await next();
  if (greeting === null) return { reason: errors.trim() };
  const worker = { name, engine: greeting.engine, firstStep: greeting.first_step, rss: 0 };
  worker.ask = async (milliseconds) => {
    child.stdin.write(`${milliseconds}\n`);
    const answer = await next();
    if (answer === null) throw new Error(`${name} ended: ${errors.trim()}`);
    worker.rss = answer.rss;
    return median(answer.times);
  };
  worker.end = () => child.stdin.end();
  return worker;
}

function report(letter, workers, rounds, { json, graphs }) {
  if (!json) {
    const loaded =
      graphs === "all"
        ? ", with the graphs of a smaller batch and of evaluation (PyTorch: the step alone)"
        : "";
    console.log(`\n(${letter}) ${cases[letter].title}, ${rounds.length} rounds${loaded}`);
    console.log("      ms  ÷ PyTorch (interval)    ÷ eager (interval)      peak MB  first step");
  }
  for (const { name, engine, rss, firstStep } of workers) {
    const ratio = (other) => summary(rounds.flatMap((r) => (other in r ? [r[name] / r[other]] : [])));
    const [torch, eager] = [ratio("torch"), ratio("eager")];
    const ms = median(rounds.map((r) => r[name]));
    if (json) {
      const line = { case: letter, engine: name, version: engine, ms, ratio_torch: torch.middle };
      const rest = {
        interval_torch: torch.interval,
        ratio_eager: eager.middle,
        interval_eager: eager.interval,
      };
      console.log(
        JSON.stringify({
          ...line,
          ...rest,
          graphs: name === "torch" ? "train" : graphs,
          rss,
          first_step: firstStep,
          rounds: rounds.length,
        }),
      );
    } else {
      const cells = [torch, eager].map((one) => ratioText(one).padEnd(23)).join(" ");
      const first = `${(firstStep / 1000).toFixed(2)} s`.padStart(11);
      console.log(`${ms.toFixed(1).padStart(8)}  ${cells} ${rss.toFixed(0).padStart(7)} ${first}  ${engine}`);
    }
  }
}

function ratioText({ middle, interval }) {
  if (middle === null) return "-";
  return `${middle.toFixed(2)} (${interval.map((end) => end.toFixed(2)).join(" to ")})`;
}
