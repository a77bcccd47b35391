import type { Time } from "./types.js";

/** "5 epochs", "1 step", "10 % of the run". */
export function timeText(time: Time): string {
  const value = Number((time.unit === "share" ? time.value * 100 : time.value).toPrecision(12));
  if (time.unit === "share") return `${value} % of the run`;
  return value === 1 ? `1 ${time.unit.slice(0, -1)}` : `${value} ${time.unit}`;
}
