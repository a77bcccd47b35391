import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ValidateFunction } from "ajv";
import { validatorOf } from "../base/validators.js";
import { fail, LeracError } from "../diagnostics/index.js";
import { writeFileAtomic } from "../runs/atomic-file.js";
import { type CheckpointEvent, type Run, referenceTo } from "../runs/index.js";
import {
  encodeSafetensors,
  float32Bytes,
  readSafetensors,
  readSafetensorsHeader,
  type StoredTensor,
} from "../runs/safetensors.js";
import type { Progress } from "./progress.js";

/** What a checkpoint says about itself, besides the tensors. */
export interface CheckpointState {
  /** sha256 of the program. */
  readonly program: string;
  /** sha256 of its rate plan. */
  readonly plan: string;
  readonly seed: number;
  readonly reason: CheckpointEvent["reason"];
  /** Number of the newest event when it was made. */
  readonly seq: number;
  readonly progress: Progress;
}

export interface SavedCheckpoint {
  readonly name: string;
  /** Relative to the run folder, with `/`. */
  readonly file: string;
  readonly bytes: number;
  /** Of the whole file. */
  readonly sha256: string;
}

export interface LoadedCheckpoint {
  readonly name: string;
  readonly state: CheckpointState;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const format = "lerac checkpoint 1";
const suffix = ".safetensors";
const namePattern = /^ckpt-\d{6,}$/;

/** `ckpt-000168`: after so many steps. */
export function checkpointName(step: number): string {
  return `ckpt-${step.toString().padStart(6, "0")}`;
}

/** Writes a checkpoint: whole or not at all. One of the same step is replaced. */
export async function saveCheckpoint(
  run: Run,
  tensors: ReadonlyMap<string, StoredTensor>,
  state: CheckpointState,
): Promise<SavedCheckpoint> {
  const name = checkpointName(state.progress.step);
  const text = JSON.stringify(state);
  const pieces = encodeSafetensors(tensors, { format, state: text, content: contentDigest(text, tensors) });
  await writeFileAtomic(checkpointPath(run, name), pieces);
  const digest = createHash("sha256");
  for (const piece of pieces) digest.update(piece);
  return {
    name,
    file: `checkpoints/${name}${suffix}`,
    bytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
    sha256: digest.digest("hex"),
  };
}

/**
 * Reads a checkpoint and makes sure that it is whole, unchanged and of this run.
 * @throws LeracError L0706 when it is torn or was changed, naming an older one that is intact; L0711 when it belongs
 *   to another program or seed; L0714 when there is none of that name.
 */
export async function loadCheckpoint(run: Run, name: string): Promise<LoadedCheckpoint> {
  const names = listCheckpoints(run);
  if (!names.includes(name))
    throw fail("missing", "L0714", `the run ${run.record.name} has no checkpoint ${name}`, {
      at: { place: run.paths.checkpoints },
      notes: [names.length > 0 ? `it has ${names.join(", ")}` : "it has none at all"],
    });
  let checkpoint: LoadedCheckpoint;
  try {
    checkpoint = await readCheckpoint(run, name);
  } catch (error) {
    if (!(error instanceof LeracError)) throw error;
    throw await damagedCheckpoint(run, name, error.message);
  }
  const { program, seed } = checkpoint.state;
  if (program !== run.record.program || seed !== run.record.seed)
    throw fail("missing", "L0711", `the checkpoint ${name} belongs to another run`, {
      at: { place: checkpointPath(run, name) },
      notes: [
        program === run.record.program
          ? `it was made with seed ${seed}, this run has seed ${run.record.seed}`
          : `its program is ${program.slice(0, 8)}, that of this run ${run.record.program.slice(0, 8)}`,
      ],
    });
  return checkpoint;
}

/** Names of the checkpoints of a run, oldest first. */
export function listCheckpoints(run: Run): string[] {
  let files: string[];
  try {
    files = readdirSync(run.paths.checkpoints);
  } catch {
    return [];
  }
  return files
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .filter((name) => namePattern.test(name))
    .sort((a, b) => stepOf(a) - stepOf(b));
}

/** Deletes the checkpoints that are neither in `keep` nor were asked for by a user. */
export async function pruneCheckpoints(run: Run, keep: ReadonlySet<string>): Promise<void> {
  for (const name of listCheckpoints(run)) {
    if (keep.has(name) || (await wasRequested(run, name))) continue;
    await rm(checkpointPath(run, name), { force: true });
  }
}

export function checkpointPath(run: Run, name: string): string {
  return join(run.paths.checkpoints, `${name}${suffix}`);
}

function stepOf(name: string): number {
  return Number(name.slice("ckpt-".length));
}

/** Over the state and all tensors: what `content` in the metadata has to be. */
function contentDigest(state: string, tensors: ReadonlyMap<string, StoredTensor>): string {
  const digest = createHash("sha256").update(state);
  for (const [name, { shape, values }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1)))
    digest.update(`\0${name}\0${shape.join(",")}\0`).update(float32Bytes(values));
  return digest.digest("hex");
}

const means = { type: "object", additionalProperties: { type: "number" } } as const;
const count = { type: "integer", minimum: 0 } as const;
const watched = {
  type: "object",
  required: ["best", "since"],
  properties: { best: { type: ["number", "null"] }, since: count },
} as const;
const stateSchema = {
  type: "object",
  required: ["program", "plan", "seed", "reason", "seq", "progress"],
  properties: {
    program: { type: "string" },
    plan: { type: "string" },
    seed: { type: "integer" },
    reason: { enum: ["epoch", "best", "request", "stop", "end"] },
    seq: count,
    progress: {
      type: "object",
      required: ["step", "settled", "epoch", "lastEpoch", "best", "seconds"],
      properties: {
        step: count,
        settled: { type: "boolean" },
        epoch: {
          type: "object",
          required: ["samples", "lossSum", "metricSums", "seconds"],
          properties: {
            samples: count,
            lossSum: { type: "number" },
            metricSums: means,
            seconds: { type: "number" },
          },
        },
        lastEpoch: { anyOf: [means, { type: "null" }] },
        best: {
          type: ["object", "null"],
          required: ["checkpoint", "metric", "value", "epoch"],
          properties: {
            checkpoint: { type: "string", pattern: namePattern.source },
            metric: { type: "string" },
            value: { type: "number" },
            epoch: { type: "number" },
          },
        },
        seconds: { type: "number" },
        plateau: {
          type: "object",
          required: ["watched", "drops"],
          properties: { watched, drops: count },
        },
        early: watched,
        ended: { type: "boolean" },
      },
    },
  },
} as const;
const validator = validatorOf<CheckpointState>("checkpoint state", stateSchema, { allowUnionTypes: true });

/** @throws LeracError L0721 with what is wrong, as the message. */
async function readCheckpoint(run: Run, name: string): Promise<LoadedCheckpoint> {
  const path = checkpointPath(run, name);
  const { metadata, tensors } = await readSafetensors(path);
  const wrong = (what: string) => fail("missing", "L0721", what, { at: { place: path } });
  if (metadata.format !== format) throw wrong(`it is not of the format "${format}"`);
  const text = metadata.state ?? "";
  if (metadata.content !== contentDigest(text, tensors))
    throw wrong("its content is not what was written: the sha256 it carries is another");
  const state: unknown = JSON.parse(text);
  const isState: ValidateFunction<CheckpointState> = validator();
  if (!isState(state)) throw wrong("its state lacks something");
  return { name, state, tensors };
}

async function damagedCheckpoint(run: Run, name: string, reason: string): Promise<LeracError> {
  const older = await newestIntact(run, name);
  return fail("missing", "L0706", `the checkpoint ${name} of the run ${run.record.name} is damaged`, {
    at: { place: checkpointPath(run, name) },
    notes: [reason, older === null ? "no older checkpoint is intact" : `${older} is older and intact`],
    helps: [
      older === null
        ? "train it anew: the run can't be resumed"
        : `delete ${checkpointPath(run, name)}; \`lerac resume ${referenceTo(run)}\` then goes on from ${older}`,
    ],
  });
}

async function newestIntact(run: Run, before: string): Promise<string | null> {
  const older = listCheckpoints(run).filter((name) => stepOf(name) < stepOf(before));
  for (const name of older.reverse()) {
    try {
      await readCheckpoint(run, name);
      return name;
    } catch (error) {
      if (!(error instanceof LeracError)) throw error;
    }
  }
  return null;
}

async function wasRequested(run: Run, name: string): Promise<boolean> {
  try {
    const { metadata } = await readSafetensorsHeader(checkpointPath(run, name));
    return (JSON.parse(metadata.state ?? "{}") as { reason?: unknown }).reason === "request";
  } catch {
    // Damaged ones are left for the user to see.
    return true;
  }
}
