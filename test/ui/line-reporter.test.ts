import { expect, test } from "vitest";
import type { EventBody, RunEvent } from "../../src/runs/events.js";
import { LineReporter } from "../../src/ui/line-reporter.js";
import { EventWriter, fashion, planView, scenarioEvents, startEvent } from "../harness/events.js";

const folder = "runs/fashion-lerac-s1-7f3a";
const noSeconds = { step: 0, data: 0, evaluate: 0, checkpoint: 0, other: 0 };

function stepBody(loss: number, left: number | null): EventBody {
  return {
    type: "step",
    loss,
    metrics: {},
    rates: [],
    update_ratio: [],
    grad_norm: [],
    steps_per_second: 17.2,
    samples_per_second: 1101,
    seconds: noSeconds,
    left_seconds: left,
  };
}

function rates(t: number): EventBody {
  const planned = planView(fashion).rates(t);
  return { type: "rates", t, planned, applied: planned, equal: true };
}

test("the lines of a run, to the character", () => {
  const writer = new EventWriter(fashion.run);
  const reporter = new LineReporter({ folder });
  const lines: string[] = [];
  const say = (body: EventBody, later: number) => lines.push(...reporter.report(writer.write(body, later)));
  say(startEvent(fashion), 0);
  writer.step = 100;
  writer.epoch = 100 / 844;
  say(stepBody(1.31, null), 6);
  writer.step = 168;
  writer.epoch = 168 / 844;
  say(stepBody(1.02, 24 * 60 + 10), 4);
  writer.step = 1688;
  writer.epoch = 2;
  const epoch: EventBody = {
    type: "epoch",
    train: { loss: 0.448, accuracy: 0.85 },
    val: { loss: 0.371, accuracy: 0.874 },
    best: true,
    seconds: 50,
  };
  say(epoch, 90);
  say(rates(2), 0);
  const saved: EventBody = {
    type: "checkpoint",
    name: "ckpt-001688",
    file: "checkpoints/ckpt-001688",
    bytes: 13_020_000,
    sha256: "",
    reason: "epoch",
    best: true,
  };
  say(saved, 0);
  say(
    {
      type: "warning",
      code: "L0317",
      message: "3 images skipped: data/cifar-10/skipped.txt",
      address: null,
      count: 3,
    },
    26,
  );
  writer.step = 25_320;
  writer.epoch = 30;
  say(
    {
      type: "run.end",
      outcome: "completed",
      exit: 0,
      seconds: 1471,
      best: {},
      final: { "test.loss": 0.25, "test.accuracy": 0.913 },
      code: null,
    },
    24 * 60 + 31 - 126,
  );
  expect(lines).toEqual([
    "0:00:00 start  fashion-lerac-s1-7f3a   onnx cpu   30 epochs, 25,320 steps",
    "0:00:10 step   168/25,320   epoch 0.20   loss 1.02   17.2 steps/s   left 24 min",
    "0:01:40 epoch  2/30   loss 0.448   val.loss 0.371   val.accuracy 87.4 %   best",
    "0:01:40 rates  t=2   conv1 1.00e-1   conv2 1.00e-2   fc 1.00e-3   head 1.00e-4",
    "0:01:40 saved  ckpt-001688   13 MB   epoch",
    "0:02:06 warn   L0317   3 images skipped: data/cifar-10/skipped.txt",
    "0:24:31 end    completed   test.accuracy 91.3 %   runs/fashion-lerac-s1-7f3a",
  ]);
});

test("a run that stops before its plan does is counted up to its own end", () => {
  const reporter = new LineReporter({ folder: "runs/short" });
  const writer = new EventWriter(fashion.run);
  const start = { ...startEvent(fashion), steps: 6 * 844 };
  writer.step = 844;
  writer.epoch = 1;
  const epoch = { type: "epoch", train: { loss: 1 }, val: null, best: false, seconds: 49 } as const;
  expect(all(reporter, [writer.write(start), writer.write(epoch)])).toEqual([
    "0:00:00 start  fashion-lerac-s1-7f3a   onnx cpu   6 of 30 epochs, 5,064 steps",
    "0:00:00 epoch  1/6   loss 1.00",
  ]);
});

function all(reporter: LineReporter, events: Iterable<RunEvent>): string[] {
  return [...events].flatMap((event) => reporter.report(event));
}

test("a step line every 10 seconds, or every so many steps", () => {
  const stepLines = (lines: string[]) => lines.filter((line) => line.slice(8).startsWith("step"));
  // 844 steps at 17.2 a second take 49 seconds.
  expect(stepLines(all(new LineReporter({ folder }), scenarioEvents(fashion, 843)))).toHaveLength(4);
  const every = stepLines(all(new LineReporter({ folder, logEvery: 200 }), scenarioEvents(fashion, 843)));
  expect(every.map((line) => line.split("/")[0]?.slice(15))).toEqual(["200", "400", "600", "800"]);
});

test("quiet keeps warnings and the end", () => {
  const writer = new EventWriter(fashion.run);
  const reporter = new LineReporter({ folder, quiet: true });
  expect(all(reporter, scenarioEvents(fashion, 900, writer))).toEqual([]);
  const warning: EventBody = { type: "warning", code: "L0317", message: "x", address: null, count: 1 };
  expect(reporter.report(writer.write(warning))).toHaveLength(1);
  const end: EventBody = {
    type: "run.end",
    outcome: "failed",
    exit: 5,
    seconds: 1,
    best: {},
    final: {},
    code: "L0501",
  };
  expect(reporter.report(writer.write(end))).toEqual([`0:00:56 end    failed   L0501   ${folder}`]);
});

test("pauses do not count as training", () => {
  const writer = new EventWriter("r");
  const reporter = new LineReporter({ folder });
  const pause = (state: "begin" | "end"): EventBody => {
    return { type: "phase", phase: "pause", state, done: 0, total: null, seconds: 0 };
  };
  reporter.report(writer.write(startEvent(fashion)));
  reporter.report(writer.write(pause("begin"), 5));
  reporter.report(writer.write(pause("end"), 3600));
  expect(reporter.report(writer.write({ type: "log", level: "info", text: "on" }, 2))).toEqual([
    "0:00:07 note   on",
  ]);
});

test("rates within an epoch are silent, differences are not, many levels are folded", () => {
  const writer = new EventWriter("r");
  const reporter = new LineReporter({ folder });
  reporter.report(writer.write(startEvent(fashion)));
  expect(reporter.report(writer.write(rates(0.5)))).toEqual([]);
  expect(reporter.report(writer.write({ ...rates(0.5), equal: false } as EventBody))).toEqual([
    "0:00:00 rates  t=0.50   differ from the plan",
  ]);
  const many = Array.from({ length: 13 }, (_, i) => 10 ** -i);
  expect(
    reporter.report(writer.write({ type: "rates", t: 1, planned: many, applied: many, equal: true })),
  ).toEqual(["0:00:00 rates  t=1   conv1 1.00e0   11 levels between   level 13 1.00e-12"]);
});

test("text of strangers stays on its line", () => {
  const writer = new EventWriter("r");
  const reporter = new LineReporter({ folder });
  const [line] = reporter.report(writer.write({ type: "log", level: "warn", text: "a\nb\u001b[31m" }));
  expect(line).toBe("0:00:00 warn   a\\x0ab\\x1b[31m");
});
