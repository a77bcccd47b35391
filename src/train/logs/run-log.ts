import type { RunEvent, StepEvent } from "../../runs/index.js";

/** Files for another program, made of the events of a run in their order. */
export interface RunLog {
  take(event: RunEvent): void;
  flush(): void;
  close(): void;
}

/** `01-conv1`: a level as a name that sorts as levels do. */
export function levelName(level: { readonly level: number; readonly address: string }): string {
  return `${String(level.level).padStart(2, "0")}-${level.address}`;
}

/** Numbers that a step has for each level. */
export const perLevel = [
  "rates",
  "update_ratio",
  "grad_norm",
] as const satisfies readonly (keyof StepEvent)[];
