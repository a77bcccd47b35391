import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { printable } from "../../base/format.js";
import { backendNames } from "../../engine/backends.js";
import { devicesOf } from "../../engine/devices.js";
import { loadRuntime } from "../../engine/executors/onnx/runtime.js";

/** What a backend did when it was tried. */
export type BackendReport =
  | WorkingBackend
  | {
      readonly name: string;
      readonly ok: false;
      readonly reason: string;
      /** The code of the message, where it was refused with one. */
      readonly code?: string;
    };

export interface WorkingBackend {
  readonly name: string;
  readonly ok: true;
  readonly version: string;
  readonly device: string;
  readonly threads: number;
  /** How many steps were timed. */
  readonly steps: number;
  /** Milliseconds of a step: the median. */
  readonly ms: number;
}

/** Those that are one library each; in the order of the list, fastest first. */
const names = backendNames.filter((name) => name !== "auto" && name !== "eager");
const TIME_LIMIT = 30_000;

/**
 * Tries one backend after the other, so that they don't slow each other down. Devices besides the processor that onnxruntime
 * knows are listed where they are there, whether they work or not: few machines have any of them.
 */
export async function tryBackends(): Promise<BackendReport[]> {
  const reports: BackendReport[] = [];
  for (const name of names) reports.push(await tryBackend(name));
  const loaded = await loadRuntime();
  for (const device of "runtime" in loaded ? devicesOf(loaded.runtime) : []) {
    if (device === "cpu") continue;
    const report = await tryBackend("onnx", device);
    if (report.ok) reports.push(report);
    else if (report.code !== "L0901") reports.push({ ...report, name: `onnx on ${device}` });
  }
  return reports;
}

/** One backend: whether it loads, and how long a step takes. */
export function tryBackend(name: string, device = "cpu"): Promise<BackendReport> {
  const probe = fileURLToPath(new URL("./probe.js", import.meta.url));
  return new Promise((done) => {
    execFile(
      process.execPath,
      [probe, name, device],
      { timeout: TIME_LIMIT, killSignal: "SIGKILL", windowsHide: true },
      (error, stdout) => {
        const last = stdout.trim().split("\n").at(-1) ?? "";
        if (error === null && last.startsWith("{")) {
          const told = JSON.parse(last) as BackendReport;
          done({
            ...told,
            name,
            ...(told.ok ? {} : { reason: printable(told.reason).replace(`${name} `, "") }),
          });
        } else if (error?.killed === true) done({ name, ok: false, reason: "gave no answer within 30 s" });
        else done({ name, ok: false, reason: `crashed (${error?.signal ?? `exit ${error?.code ?? 0}`})` });
      },
    );
  });
}
