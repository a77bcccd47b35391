import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface GpuLoad {
  readonly percent: number | null;
  /** Memory in use, by whatever program. */
  readonly bytes: number | null;
}

const unknown: GpuLoad = { percent: null, bytes: null };
const mebibyte = 2 ** 20;

/**
 * Follows what a GPU does, by `nvidia-smi`, which comes with NVIDIA's drivers; nothing is known of others. Of several GPUs it
 * is the first that CUDA shows to the process.
 * @param every seconds
 */
export function watchGpu(every: number): { readonly load: () => GpuLoad; readonly stop: () => void } {
  let load = unknown;
  const first = /^\d+/.exec(process.env.CUDA_VISIBLE_DEVICES ?? "")?.[0] ?? "0";
  const query = ["--query-gpu=utilization.gpu,memory.used", "--format=csv,noheader,nounits"];
  const tool = spawn("nvidia-smi", [...query, `--id=${first}`, `--loop=${every}`], {
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
  const ended = () => {
    load = unknown;
  };
  // Where there is no such tool.
  tool.on("error", ended);
  tool.on("exit", ended);
  createInterface({ input: tool.stdout }).on("line", (line) => {
    const [percent = null, used = null] = line.split(",").map(numberIn);
    load = { percent, bytes: used === null ? null : used * mebibyte };
  });
  return { load: () => load, stop: () => tool.kill() };
}

/** A number, or null: `[N/A]` where the GPU does not tell. */
function numberIn(field: string): number | null {
  const text = field.trim();
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
