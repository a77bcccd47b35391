import type { RunEvent } from "../../runs/events.js";

/** Longest stretch of reading events before a picture may be drawn, in milliseconds. */
const readingSlice = 4;

/** Hands over all events one by one, and lets go of the process now and then, so that keys and pictures have their turn. */
export async function takeIn(
  batches: AsyncIterable<readonly RunEvent[]>,
  take: (event: RunEvent) => void,
  afterBatch: (batch: readonly RunEvent[]) => void,
  closed: () => boolean,
): Promise<void> {
  let begin = performance.now();
  for await (const batch of batches) {
    for (const event of batch) {
      if (closed()) return;
      take(event);
      if (performance.now() - begin > readingSlice) {
        await new Promise((resolve) => setImmediate(resolve));
        begin = performance.now();
      }
    }
    afterBatch(batch);
  }
}

/** Events that come all the time and only say that the run goes on. */
export function isProgress(event: RunEvent): boolean {
  return event.type === "step" || event.type === "heartbeat" || event.type === "system";
}
