import { InternalError } from "../../base/invariant.js";
import { type ExitCode, LeracError } from "../../diagnostics/index.js";
import type { TrainingProgram } from "../../program/types.js";
import type { BackendInfo, Executor } from "../executor.js";
import type { ExecutorOptions } from "../load.js";

/** What crosses between a thread that trains and the one that asks it to. */

/** What the thread is started with: what is known before there is a program, so that libraries load meanwhile. */
export type ThreadHint = Pick<ExecutorOptions, "backend" | "threads" | "device">;

/** The first message to the thread. */
export interface ThreadOrder {
  readonly program: TrainingProgram;
  readonly options: ExecutorOptions;
}

/** The methods of an executor that are answered. */
export type AnsweredName = "step" | "evaluate" | "predict" | "read" | "write";

/** What the thread is asked for, in the order in which it is to be done. */
export type Request =
  | { readonly ask: AnsweredName; readonly args: readonly unknown[] }
  | { readonly ask: "writePlan"; readonly args: Parameters<Executor["writePlan"]> }
  | { readonly ask: "stepsDone"; readonly args: readonly [number] }
  | { readonly ask: "dispose"; readonly args: readonly [] };

/** What the thread says: first that it is ready, or why not; then an answer to each request that has one, in order. */
export type Reply =
  | { readonly kind: "ready"; readonly info: BackendInfo; readonly tensors: number | null }
  | { readonly kind: "answer"; readonly value: unknown; readonly tensors: number | null }
  | { readonly kind: "failure"; readonly error: PlainError };

/** An error as data: classes do not cross. */
export type PlainError =
  | {
      readonly kind: "lerac";
      readonly exitCode: ExitCode;
      readonly diagnostics: LeracError["diagnostics"];
    }
  | {
      readonly kind: "internal" | "other";
      readonly message: string;
      readonly stack: string | undefined;
    };

export function asPlain(error: unknown): PlainError {
  if (error instanceof LeracError)
    return { kind: "lerac", exitCode: error.exitCode, diagnostics: error.diagnostics };
  const kind = error instanceof InternalError ? "internal" : "other";
  if (!(error instanceof Error)) return { kind, message: String(error), stack: undefined };
  return { kind, message: error.message, stack: error.stack };
}

/** The error that was, with its own stack: that is where the fault lies. */
export function asError(plain: PlainError): Error {
  if (plain.kind === "lerac") return new LeracError(plain.exitCode, plain.diagnostics);
  const error = plain.kind === "internal" ? new InternalError(plain.message) : new Error(plain.message);
  if (plain.stack !== undefined) error.stack = plain.stack;
  return error;
}

/** The memory of arrays that fill all of theirs: it can be handed over instead of copied. */
export function ownMemory(arrays: Iterable<Float32Array>): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer, byteLength } of arrays)
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffers.add(buffer);
  return [...buffers];
}
