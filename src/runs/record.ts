import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validatorOf } from "../base/validators.js";
import { fail } from "../diagnostics/index.js";
import { describeFault } from "../program/schema-fault.js";
import { writeFileAtomic } from "./atomic-file.js";

/** `run.json`: what a run is, apart from its program. Written when the run is created, completed by its trainer. */
export interface RunRecord {
  readonly format: "lerac run 1";
  /** Four or more hexadecimal digits, unique in the folder of runs. */
  readonly id: string;
  readonly name: string;
  /** UTC, ISO 8601. */
  readonly created: string;
  /** Version of lerac that created it. */
  readonly lerac: string;
  /** sha256 of the program. */
  readonly program: string;
  /** The spec as the author named it: a file name or path. */
  readonly spec: string;
  readonly experiment: string;
  readonly curriculum: string;
  /** The rates in a word, as the plan says them: `0.1 -> 1e-6`. */
  readonly rates: string;
  readonly seed: number;
  readonly fold: number | null;
  readonly options: RunOptions;
  /**
   * Where the data lie seen from the run folder, with `/`: a project that was moved as a whole finds them. Null where
   * there is no such path (another drive).
   */
  readonly dataNearby: string | null;
  readonly environment: Environment;
}

/** Files for other programs that a trainer can write beside the events. */
export const logNames = ["tensorboard", "csv"] as const;
export type LogName = (typeof logNames)[number];

/** What was asked for; over resumes only the place of the data may change, and logs may be added. */
export interface RunOptions {
  /** Where the data lie: an absolute path. */
  readonly data: string;
  readonly backend: string;
  /** Null: as many as the backend likes. */
  readonly threads: number | null;
  /** End before the plan does, after so many epochs or steps; null: run it to its end. */
  readonly epochs: number | null;
  readonly steps: number | null;
  /** Weights to start from; its sha256 is filled in when they are first read. */
  readonly init: { readonly file: string; readonly sha256: string | null } | null;
  /** What the backend computes on; left out, the processor or what the backend takes by itself. */
  readonly device?: string;
  /** Logs for other programs; left out, none. */
  readonly logs?: readonly LogName[];
}

/** What it ran on. Parts that only the trainer can know are null until it has started. */
export interface Environment {
  readonly node: string;
  readonly platform: string;
  /** Version of the operating system. */
  readonly release: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  /** Installed packages that compute, with their versions. */
  readonly libraries: Readonly<Record<string, string>>;
  /** The commit that the spec belongs to; null where there is none. */
  readonly commit: Commit | null;
  readonly backend: {
    readonly executor: string;
    readonly library: string;
    readonly version: string;
    readonly device: string;
    readonly threads: number;
    readonly remark: string;
  } | null;
  /** sha256 over the data used. */
  readonly data: string | null;
}

/** A state of the sources. */
export interface Commit {
  readonly sha: string;
  /** The spec is part of it, and nothing that it holds was changed. */
  readonly clean: boolean;
}

export const recordFile = "run.json";

const text = { type: "string" } as const;
const nullableText = { type: ["string", "null"] } as const;
const nullableCount = { type: ["number", "null"], minimum: 0 } as const;

/** Checks what a reader relies on; unknown members are left to later versions. */
const validator = validatorOf<RunRecord>(
  "run record",
  {
    type: "object",
    required: [
      "format",
      "id",
      "name",
      "created",
      "lerac",
      "program",
      "spec",
      "experiment",
      "curriculum",
      "rates",
      "seed",
      "fold",
      "options",
      "dataNearby",
      "environment",
    ],
    properties: {
      format: { const: "lerac run 1" },
      id: { type: "string", pattern: "^[0-9a-f]{4,32}$" },
      name: text,
      created: text,
      lerac: text,
      program: { type: "string", pattern: "^[0-9a-f]{64}$" },
      spec: text,
      experiment: text,
      curriculum: text,
      rates: text,
      dataNearby: nullableText,
      seed: { type: "integer" },
      fold: { type: ["integer", "null"] },
      options: {
        type: "object",
        required: ["data", "backend", "threads", "epochs", "steps", "init"],
        properties: {
          data: text,
          backend: text,
          device: text,
          threads: nullableCount,
          epochs: nullableCount,
          steps: nullableCount,
          logs: { type: "array", items: { enum: logNames } },
          init: {
            type: ["object", "null"],
            required: ["file", "sha256"],
            properties: { file: text, sha256: nullableText },
          },
        },
      },
      environment: {
        type: "object",
        required: ["node", "platform", "arch", "cpu", "cores", "libraries", "commit", "backend", "data"],
        properties: {
          libraries: { type: "object", additionalProperties: text },
          commit: {
            type: ["object", "null"],
            required: ["sha", "clean"],
            properties: { sha: text, clean: { type: "boolean" } },
          },
          backend: {
            type: ["object", "null"],
            required: ["executor", "library", "version", "device", "threads", "remark"],
          },
          data: nullableText,
        },
      },
    },
  },
  { allowUnionTypes: true },
);

/**
 * Reads the record of a run folder.
 * @throws LeracError L0708 when there is none or it is damaged.
 */
export function readRecord(folder: string): RunRecord {
  const path = join(folder, recordFile);
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch {
    throw fail("missing", "L0708", `${folder} is not a run: it has no ${recordFile}`, {
      at: { place: folder },
      helps: ["`lerac runs` lists the runs there are"],
    });
  }
  let record: unknown = null;
  try {
    record = JSON.parse(content);
  } catch {
    // Said below, in the same words as for a record that lacks something.
  }
  const isRunRecord = validator();
  if (isRunRecord(record)) return record;
  throw fail("missing", "L0708", `${recordFile} of the run ${folder} is damaged`, {
    at: { place: path },
    notes: record === null ? ["it is not JSON"] : [describeFault(isRunRecord.errors ?? [])],
  });
}

export async function writeRecord(folder: string, record: RunRecord): Promise<void> {
  await writeFileAtomic(join(folder, recordFile), `${JSON.stringify(record, null, 2)}\n`);
}
