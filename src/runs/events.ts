/**
 * The records of `events.jsonl`, schema "lerac events 1": what a run says while it runs. Names carry units; readers
 * ignore unknown fields and types; a changed meaning raises `v`.
 */
export type RunEvent = EventHead & EventBody;

export interface EventHead {
  readonly v: 1;
  /** Without gaps from 1, over resumes as well. */
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly run: string;
  /** Completed optimizer steps. */
  readonly step: number;
  /** Completed epochs, a real number. */
  readonly epoch: number;
}

export type EventBody =
  | RunStartEvent
  | PhaseEvent
  | StepEvent
  | EpochEvent
  | EvaluationEvent
  | RatesEvent
  | CheckpointEvent
  | CommandEvent
  | WarningEvent
  | HealthEvent
  | SystemEvent
  | HeartbeatEvent
  | LogEvent
  | RunEndEvent;

export interface RunStartEvent {
  readonly type: "run.start";
  readonly lerac: string;
  /** sha256 of the program. */
  readonly program: string;
  readonly experiment: string;
  readonly spec: string;
  readonly curriculum: string;
  readonly seed: number;
  readonly seeds: number;
  readonly fold: number | null;
  readonly backend: string;
  readonly device: string;
  readonly threads: number;
  /** Length of the plan in epochs; `steps` is where this run ends (less with --epochs or --steps). */
  readonly epochs: number;
  readonly steps: number;
  readonly steps_per_epoch: number;
  readonly samples: number;
  readonly levels: readonly {
    readonly level: number;
    readonly address: string;
    readonly parameters: number;
  }[];
  readonly resumed_from_step: number | null;
}

export interface PhaseEvent {
  readonly type: "phase";
  readonly phase: "compile" | "train" | "evaluate" | "checkpoint" | "pause";
  readonly state: "begin" | "progress" | "end";
  readonly done: number;
  readonly total: number | null;
  readonly seconds: number;
}

export interface StepEvent {
  readonly type: "step";
  /** Mean over the steps since the last record. */
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly rates: readonly number[];
  /** These two as of the last step that was measured: the first after a change of epochs, or one in sixteen. */
  readonly update_ratio: readonly number[];
  readonly grad_norm: readonly number[];
  readonly steps_per_second: number;
  readonly samples_per_second: number;
  /** Where the wall time since the last record went. */
  readonly seconds: {
    readonly step: number;
    readonly data: number;
    readonly evaluate: number;
    readonly checkpoint: number;
    readonly other: number;
  };
  /** Null until 20 steps and 5 seconds are in. */
  readonly left_seconds: number | null;
}

export interface EpochEvent {
  readonly type: "epoch";
  readonly train: { readonly loss: number; readonly [metric: string]: number };
  readonly val: { readonly loss: number; readonly [metric: string]: number } | null;
  readonly best: boolean;
  readonly seconds: number;
}

export interface EvaluationEvent {
  readonly type: "evaluation";
  readonly split: string;
  /** Includes `loss`. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly samples: number;
  readonly seconds: number;
  readonly checkpoint: string | null;
}

export interface RatesEvent {
  readonly type: "rates";
  /** Epochs completed, as the plan's column says it. */
  readonly t: number;
  readonly planned: readonly number[];
  readonly applied: readonly number[];
  readonly equal: boolean;
}

export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly name: string;
  /** Relative to the run folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly reason: "epoch" | "best" | "request" | "stop" | "end";
  readonly best: boolean;
}

export type CommandName =
  | "pause"
  | "continue"
  | "checkpoint"
  | "evaluate"
  | "stop_after_epoch"
  | "stop"
  | "abort";

export interface CommandEvent {
  readonly type: "command";
  readonly command: CommandName;
  readonly from: "monitor" | "signal" | "cli" | "api";
  readonly accepted: boolean;
  readonly reason: string | null;
}

export interface WarningEvent {
  readonly type: "warning";
  readonly code: string;
  readonly message: string;
  readonly address: string | null;
  readonly count: number;
}

export interface HealthEvent {
  readonly type: "health";
  readonly kind: "nan" | "inf" | "diverged" | "dead" | "exploding";
  readonly address: string | null;
  readonly tensor: string | null;
  readonly pass: "forward" | "backward" | "update";
  readonly action: "stop" | "rewind" | "skip";
}

export interface SystemEvent {
  readonly type: "system";
  readonly rss_bytes: number;
  readonly cpu_percent: number | null;
  readonly gpu_percent: number | null;
  readonly gpu_memory_bytes: number | null;
  readonly disk_free_bytes: number | null;
  readonly tensors: number | null;
}

export interface HeartbeatEvent {
  readonly type: "heartbeat";
  readonly pid: number;
  readonly uptime_seconds: number;
}

export interface LogEvent {
  readonly type: "log";
  readonly level: "debug" | "info" | "warn" | "error";
  readonly text: string;
}

export interface RunEndEvent {
  readonly type: "run.end";
  readonly outcome: "completed" | "stopped" | "failed" | "aborted";
  readonly exit: number;
  /** Seconds of training, pauses left out. */
  readonly seconds: number;
  /** The kept checkpoint: its epoch and the metric it was kept for; empty when none. */
  readonly best: {
    readonly checkpoint?: string;
    readonly metric?: string;
    readonly value?: number;
    readonly epoch?: number;
  };
  /** Metrics of the kept checkpoint by `SPLIT.METRIC`. */
  readonly final: Readonly<Record<string, number>>;
  /** Code of the error, when it failed. */
  readonly code: string | null;
  /** The error in full, when it failed: enough for whoever started the run to print it. */
  readonly error?: RunError;
}

export interface RunError {
  /** Null for a fault of lerac itself. */
  readonly code: string | null;
  readonly message: string;
  /** The file, folder or flag it is about. */
  readonly place: string | null;
  readonly notes: readonly string[];
  readonly helps: readonly string[];
}
