import { formatRate } from "../../base/format.js";
import { healthText } from "../log-text.js";
import type { RunState } from "../state.js";

/** What ended a run by its numbers: where they broke first, and whether its rate had just been raised. */
export function failureText(state: RunState): string | null {
  const { health } = state;
  if (health === null || health.action !== "stop") return null;
  const rise = rateRise(state, health.address, health.epoch);
  return rise === null ? healthText(health) : `${healthText(health)}   ${rise}`;
}

/** `its rate rose to 1.00e-1 at t = 7`, where the level of an address got a higher rate at the last change; else null. */
function rateRise(state: RunState, address: string | null, epoch: number): string | null {
  const levels = state.start?.levels ?? [];
  const level = levels.findIndex((one) => address === one.address || address?.startsWith(`${one.address}.`));
  const t = Math.floor(Math.min(epoch, state.plan.epochs));
  if (level === -1 || t < 1) return null;
  const [now, before] = [t, t - 1].map((at) => state.plan.rates(at)[level] ?? 0) as [number, number];
  return now > before ? `its rate rose to ${formatRate(now, 3)} at t = ${t}` : null;
}
