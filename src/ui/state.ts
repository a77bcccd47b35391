import { printable } from "../base/format.js";
import type {
  PhaseEvent,
  RunEndEvent,
  RunEvent,
  RunStartEvent,
  StepEvent,
  SystemEvent,
} from "../runs/events.js";
import { TrainingClock } from "./elapsed.js";
import { type LogKind, logText } from "./log-text.js";
import { type PlanView, type RateScale, rateScale } from "./rate-view.js";
import { Series } from "./series.js";
import { TimeLeft } from "./time-left.js";
import { added, noTime, type Shares } from "./time-shares.js";
import { epochsOf, formatSpan, mainMetric } from "./wording.js";

export interface LogEntry {
  /** Position in the run's log, counted from 1: it stays when old entries are dropped. */
  readonly number: number;
  /** Seconds of training when it happened. */
  readonly seconds: number;
  readonly step: number;
  readonly text: string;
  readonly kind: LogKind;
}

/** How the trainer's process ended, as the caller saw it. */
export interface TrainerExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Last lines that it wrote on stderr. */
  readonly stderr: readonly string[];
}

export interface Best {
  readonly metric: string;
  readonly value: number;
  readonly epoch: number;
}

const keptLogEntries = 1000;
const keptSystemSamples = 60;

/**
 * All that screens show of a run, accumulated from its events in bounded memory. It says only what events said: nothing
 * is assumed about what the trainer does in between.
 */
export class RunState {
  readonly plan: PlanView;
  readonly scale: RateScale;
  readonly clock = new TrainingClock();
  readonly left = new TimeLeft();
  readonly trainLoss = new Series();
  readonly valLoss = new Series();
  readonly trainMetric = new Series();
  readonly valMetric = new Series();
  /** Epochs at which the run was resumed. */
  readonly seams: number[] = [];
  readonly log: LogEntry[] = [];
  readonly cpu: number[] = [];
  readonly gpu: number[] = [];

  start: RunStartEvent | null = null;
  run = "";
  step = 0;
  epoch = 0;
  /** The metric of the second chart, without its split. */
  metric: string | null = null;
  lastStep: StepEvent | null = null;
  best: Best | null = null;
  checkpoint: { readonly name: string; readonly step: number; readonly seconds: number } | null = null;
  /** A phase besides training that has begun and not ended. */
  phase: (PhaseEvent & { readonly since: number }) | null = null;
  system: SystemEvent | null = null;
  health: (RunEvent & { type: "health" }) | null = null;
  /** Rates compared so far: how often they were as planned, and which levels were not. */
  audit: { readonly checks: number; readonly equal: number; readonly differing: readonly number[] } = {
    checks: 0,
    equal: 0,
    differing: [],
  };
  stopsAfterEpoch = false;
  stopping = false;
  end: RunEndEvent | null = null;
  trainerExit: TrainerExit | null = null;
  timeOfEpoch: Shares | null = null;
  timeSoFar: Shares = noTime;
  epochSeconds = 0;
  /** Changes with every change: what was drawn at a version need not be drawn again. */
  version = 0;
  #rates: readonly number[] | null = null;

  constructor(plan: PlanView) {
    this.plan = plan;
    this.scale = rateScale(plan);
  }

  apply(event: RunEvent): void {
    this.version++;
    const at = Date.parse(event.at);
    const previous = this.clock.last;
    this.clock.tick(at, event.type === "run.start");
    this.run = printable(event.run);
    if (event.type !== "run.start") {
      this.step = event.step;
      this.epoch = event.epoch;
    }
    switch (event.type) {
      case "run.start":
        this.#begin(event, previous === null ? null : (at - previous) / 1000);
        break;
      case "phase":
        this.#enter(event);
        break;
      case "step":
        this.#stepped(event, at / 1000);
        break;
      case "epoch":
        this.#epochEnded(event);
        break;
      case "rates":
        this.#audited(event);
        break;
      case "checkpoint":
        this.checkpoint = { name: printable(event.name), step: event.step, seconds: this.clock.seconds };
        break;
      case "command":
        this.#answered(event);
        break;
      case "health":
        this.health = event;
        break;
      case "system":
        this.#measured(event);
        break;
      case "run.end":
        this.end = event;
        this.phase = null;
        this.clock.pause(false);
        break;
    }
    this.#tell(event);
  }

  /** The trainer's process is gone; only news where no `run.end` said so. */
  exited(exit: TrainerExit): void {
    this.version++;
    this.trainerExit = exit;
  }

  /** The run can still take commands. */
  get live(): boolean {
    return this.end === null && this.trainerExit === null;
  }

  get paused(): boolean {
    return this.phase?.phase === "pause";
  }

  /** Whole steps of the run, 0 where not yet known. */
  get steps(): number {
    return this.start?.steps ?? 0;
  }

  /** Epochs done when the run is over; the plan may go on after that. */
  get epochs(): number {
    if (this.start !== null) return epochsOf(this.start);
    return Math.min(this.plan.epochs, this.plan.ends ?? this.plan.epochs);
  }

  get stepsPerEpoch(): number {
    return this.start?.steps_per_epoch ?? 1;
  }

  /** Rates in force: what the trainer applied last, or else the plan. */
  get rates(): readonly number[] {
    return this.#rates ?? this.plan.rates(Math.min(this.epoch, this.plan.epochs));
  }

  #begin(event: RunEvent & { type: "run.start" }, gap: number | null): void {
    this.start = event;
    this.end = null;
    this.trainerExit = null;
    this.phase = null;
    this.stopping = false;
    this.stopsAfterEpoch = false;
    this.health = null;
    this.left.estimate(0, null, 1);
    if (event.resumed_from_step === null) return;
    this.step = event.resumed_from_step;
    this.epoch = event.resumed_from_step / event.steps_per_epoch;
    for (const series of [this.trainLoss, this.valLoss, this.trainMetric, this.valMetric]) {
      series.truncate(this.epoch);
    }
    this.seams.push(this.epoch);
    if (this.seams.length > 100) this.seams.shift();
    const after = gap === null ? "" : ` after ${formatSpan(gap)}`;
    const from = this.checkpoint?.step === this.step ? this.checkpoint.name : `step ${this.step}`;
    this.#write({ text: `resumed from ${from}${after}`, kind: "info" }, event.resumed_from_step);
  }

  #enter(event: RunEvent & { type: "phase" }): void {
    if (event.state === "end" || event.phase === "train") {
      this.phase = null;
    } else {
      const since =
        this.phase?.phase === event.phase ? this.phase.since : Date.parse(event.at) - event.seconds * 1000;
      this.phase = { ...event, since };
    }
    this.clock.pause(this.paused);
  }

  #stepped(event: RunEvent & { type: "step" }, at: number): void {
    this.lastStep = event;
    this.#rates = event.rates;
    if (this.phase !== null && this.phase.phase !== "pause") this.phase = null;
    this.trainLoss.push(event.epoch, event.loss);
    this.metric ??= mainMetric(event.metrics);
    if (this.metric !== null && Object.hasOwn(event.metrics, this.metric)) {
      this.trainMetric.push(event.epoch, event.metrics[this.metric] ?? Number.NaN);
    }
    this.timeSoFar = added(this.timeSoFar, event.seconds);
    this.left.estimate(at, event.left_seconds, this.epochSeconds || 30);
  }

  #epochEnded(event: RunEvent & { type: "epoch" }): void {
    this.epochSeconds = event.seconds;
    this.timeOfEpoch = this.timeSoFar;
    this.timeSoFar = noTime;
    if (this.stopsAfterEpoch) this.stopping = true;
    const { val } = event;
    if (val === null) return;
    this.valLoss.push(event.epoch, val.loss);
    this.metric ??= mainMetric(val);
    const metric = this.metric !== null && Object.hasOwn(val, this.metric) ? this.metric : "loss";
    const value = val[metric] ?? Number.NaN;
    if (metric !== "loss") this.valMetric.push(event.epoch, value);
    if (event.best) this.best = { metric: `val.${printable(metric)}`, value, epoch: event.epoch };
  }

  #audited(event: RunEvent & { type: "rates" }): void {
    const differing = event.planned.flatMap((rate, level) => (rate === event.applied[level] ? [] : [level]));
    const { checks, equal } = this.audit;
    this.audit = {
      checks: checks + 1,
      equal: equal + (event.equal ? 1 : 0),
      differing: event.equal ? this.audit.differing : differing,
    };
    this.#rates = event.applied;
  }

  #answered(event: RunEvent & { type: "command" }): void {
    if (!event.accepted) return;
    if (event.command === "stop_after_epoch") this.stopsAfterEpoch = !this.stopsAfterEpoch;
    if (event.command === "stop" || event.command === "abort") this.stopping = true;
  }

  #measured(event: RunEvent & { type: "system" }): void {
    this.system = event;
    keep(this.cpu, event.cpu_percent, keptSystemSamples);
    keep(this.gpu, event.gpu_percent, keptSystemSamples);
  }

  #tell(event: RunEvent): void {
    const asksAgain = event.type === "command" && event.command === "stop_after_epoch";
    const entry = logText(event, asksAgain && !this.stopsAfterEpoch);
    if (entry === null) return;
    const last = this.log.at(-1);
    // What a checkpoint and the new rates say belongs together: one line, one moment.
    if (
      event.type === "rates" &&
      event.equal &&
      last?.step === event.step &&
      last.text.startsWith("checkpoint ")
    ) {
      this.log[this.log.length - 1] = { ...last, text: `${last.text}, rates now those of t = ${event.t}` };
      return;
    }
    this.#write(entry, event.step);
  }

  #write(entry: { text: string; kind: LogKind }, step: number): void {
    const number = (this.log.at(-1)?.number ?? 0) + 1;
    this.log.push({ ...entry, number, step, seconds: this.clock.seconds });
    if (this.log.length > keptLogEntries) this.log.shift();
  }
}

function keep(values: number[], value: number | null, limit: number): void {
  if (value === null) return;
  values.push(value);
  if (values.length > limit) values.shift();
}
