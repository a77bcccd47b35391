import { statfs } from "node:fs/promises";
import { cpus } from "node:os";
import type { Executor } from "../engine/executor.js";
import type { EventLog, SystemEvent } from "../runs/index.js";
import { watchGpu } from "./gpu.js";

/** Seconds of silence after which a sign of life is due, and between two looks at the machine. */
const heartbeatAfter = 5;
const systemEvery = 2;

/**
 * Says from a timer that the trainer lives and what the machine does, also while a step, an evaluation or a load takes long.
 * Where the executor has no thread of its own, what it computes holds timers back; the first event after it is then the
 * sign of life.
 * @param executor what computes, null while there is none.
 * @returns ends it.
 */
export function startPulse(
  log: EventLog,
  folder: string,
  executor: () => Pick<Executor, "info" | "tensorCount"> | null,
): () => void {
  const began = performance.now();
  let gpu: ReturnType<typeof watchGpu> | null = null;
  let before = processorTimes();
  let ended = false;

  const look = async (): Promise<void> => {
    const now = processorTimes();
    const device = executor()?.info.device ?? "cpu";
    if (!device.startsWith("cpu")) gpu ??= watchGpu(systemEvery);
    const load = gpu?.load() ?? null;
    const event: SystemEvent = {
      type: "system",
      rss_bytes: process.memoryUsage.rss(),
      cpu_percent: busyShare(before, now),
      gpu_percent: load?.percent ?? null,
      gpu_memory_bytes: load?.bytes ?? null,
      disk_free_bytes: await freeBytes(folder),
      tensors: executor()?.tensorCount() ?? null,
    };
    before = now;
    if (!ended) log.write(event);
  };
  const beat = (): void => {
    if (log.silence < heartbeatAfter) return;
    log.write({
      type: "heartbeat",
      pid: process.pid,
      uptime_seconds: (performance.now() - began) / 1000,
    });
  };

  // A log that can't be written is found, and reported, by the training loop at its next event.
  const system = setInterval(() => void look().catch(() => {}), systemEvery * 1000);
  const heartbeat = setInterval(() => {
    try {
      beat();
    } catch {}
  }, 1000);
  system.unref();
  heartbeat.unref();
  return () => {
    ended = true;
    clearInterval(system);
    clearInterval(heartbeat);
    gpu?.stop();
  };
}

interface ProcessorTimes {
  readonly busy: number;
  readonly total: number;
}

/** Of all cores together, since boot. */
function processorTimes(): ProcessorTimes {
  let busy = 0;
  let total = 0;
  for (const { times } of cpus()) {
    const worked = times.user + times.nice + times.sys + times.irq;
    busy += worked;
    total += worked + times.idle;
  }
  return { busy, total };
}

function busyShare(before: ProcessorTimes, now: ProcessorTimes): number | null {
  const total = now.total - before.total;
  return total > 0 ? Math.round((1000 * (now.busy - before.busy)) / total) / 10 : null;
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
