/**
 * One backend, tried in a process of its own: `node probe.js NAME [DEVICE]`. It loads the library, takes training steps of a
 * small net through the executor that runs use, and prints one line of JSON. A native library that crashes takes only
 * this process with it.
 */
import { performance } from "node:perf_hooks";
import { compile } from "../../check/index.js";
import { LeracError, SourceFile } from "../../diagnostics/index.js";
import { loadExecutor, readBackendName, readDeviceName } from "../../engine/index.js";
import type { TrainingProgram } from "../../program/index.js";
import { inputName } from "../../train/run-program.js";

const BATCH = 64;
/** Not counted: the first steps compile kernels. */
const WARM_UP = 2;
const MOST_STEPS = 20;
/** Milliseconds after which no further step is begun. */
const ENOUGH = 2000;

/** The net of examples/01-fashion.lerac in little: two convolutions, 28 x 28 pixels, batches of 64. */
const spec = `lerac 1

dataset digits {
  source   idx("none")
  classes  10
  train    split(train)
}

model cnn {
  input  image(28, 28, 1)

  conv1: conv2d(16, 3)
         relu
         max_pool(2)
  conv2: conv2d(32, 3)
         relu
         max_pool(2)
         flatten
  head:  dense(10)
}

curriculum lerac {
  rates  0.01 -> 1e-5
  until  1 epochs
}

train {
  data       digits
  model      cnn
  loss       cross_entropy
  optimizer  sgd(rate: 0.01, momentum: 0.9)
  batch      ${BATCH}
  epochs     2
}
`;

/** Milliseconds of a step: the median, so that a busy moment of the machine does not count. */
async function measure(name: string, on: string): Promise<object> {
  const program = smallProgram();
  const backend = readBackendName(name);
  const executor = await loadExecutor(program, { backend, seed: 1, device: readDeviceName(on, backend) });
  const rates = new Float32Array(program.plan.levels.length).fill(0.01);
  executor.writePlan(
    0,
    Array.from({ length: WARM_UP + MOST_STEPS }, () => rates),
  );
  const values = Float32Array.from({ length: BATCH * 784 }, (_, i) => Math.sin(i * 0.37));
  const batch = {
    size: BATCH,
    inputs: new Map([[inputName(program), { shape: [BATCH, 28, 28, 1], values }]]),
    labels: Int32Array.from({ length: BATCH }, (_, i) => i % 10),
  };
  const times: number[] = [];
  const begun = performance.now();
  for (let step = 0; step < WARM_UP + MOST_STEPS; step++) {
    const before = performance.now();
    const { loss } = await executor.step(batch);
    if (!Number.isFinite(loss)) return { ok: false, reason: `computes a loss of ${loss}` };
    if (step >= WARM_UP) times.push(performance.now() - before);
    if (times.length > 0 && performance.now() - begun > ENOUGH) break;
  }
  times.sort((a, b) => a - b);
  const { version, device, threads } = executor.info;
  return { ok: true, version, device, threads, steps: times.length, ms: times[times.length >> 1] };
}

function smallProgram(): TrainingProgram {
  const { program, diagnostics } = compile(new SourceFile("doctor.lerac", spec));
  if (program === null) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return program;
}

async function answer(): Promise<object> {
  try {
    return await measure(process.argv[2] ?? "auto", process.argv[3] ?? "cpu");
  } catch (error) {
    const [first] = error instanceof LeracError ? error.diagnostics : [];
    const reason = first?.notes[0] ?? first?.message ?? String(error);
    return { ok: false, reason, ...(first === undefined ? {} : { code: first.code }) };
  }
}

process.stdout.write(`${JSON.stringify(await answer())}\n`, () => process.exit(0));
