import { formatBytes, formatCount, plural, printable } from "../base/format.js";
import type { RunEvent } from "../runs/events.js";
import { formatEpoch, formatMetric } from "./wording.js";

export type LogKind = "info" | "good" | "warn" | "error";

export interface LogText {
  readonly text: string;
  readonly kind: LogKind;
}

/**
 * The sentence that the log pane shows for an event, null where it shows none. Text of others is made printable.
 *
 * @param takenBack the event answers a command that took an earlier one back
 */
export function logText(event: RunEvent, takenBack = false): LogText | null {
  switch (event.type) {
    case "epoch":
      return info(epochText(event), event.best ? "good" : "info");
    case "evaluation":
      return info(
        `evaluated ${printable(event.split)} on ${plural(event.samples, "sample")}: ${metricList(event.metrics)}`,
      );
    case "rates":
      return ratesText(event);
    case "checkpoint":
      return info(`checkpoint ${printable(event.name)} saved (${formatBytes(event.bytes)})`);
    case "command":
      return commandText(event, takenBack);
    case "warning":
      return info(
        `warning: ${printable(event.message)}${event.count > 1 ? ` (${formatCount(event.count)} times)` : ""}`,
        "warn",
      );
    case "health":
      return info(healthText(event), event.action === "stop" ? "error" : "warn");
    case "log":
      return event.level === "debug" ? null : info(printable(event.text), logKind(event.level));
    case "phase":
      return event.phase === "pause" && event.state === "begin" ? info("paused") : null;
    case "run.end":
      return info(endText(event), event.outcome === "failed" ? "error" : "info");
    default:
      return null;
  }
}

function info(text: string, kind: LogKind = "info"): LogText {
  return { text, kind };
}

function logKind(level: "info" | "warn" | "error"): LogKind {
  return level;
}

/** `layer4.1.conv2 gave Inf first (forward); stopped`. */
export function healthText(event: RunEvent & { type: "health" }): string {
  const kind = {
    nan: "NaN",
    inf: "Inf",
    diverged: "diverging losses",
    dead: "only zeros",
    exploding: "huge values",
  };
  const done = { stop: "stopped", rewind: "went back to the last checkpoint", skip: "skipped the step" };
  const where = event.address === null ? "the loss" : printable(event.address);
  return `step ${formatCount(event.step)}: ${where} gave ${kind[event.kind]} first (${event.pass}); ${done[event.action]}`;
}

function epochText(event: RunEvent & { type: "epoch" }): string {
  const facts = [`loss ${formatMetric("loss", event.train.loss)}`];
  for (const [name, value] of Object.entries(event.val ?? {})) {
    facts.push(`val.${printable(name)} ${formatMetric(name, value)}`);
  }
  const best = event.best ? ": best so far" : "";
  return `epoch ${formatEpoch(event.epoch)}: ${facts.join(", ")}${best}`;
}

/** Rates that change within an epoch would fill the log: only whole epochs, and every difference, are told. */
function ratesText(event: RunEvent & { type: "rates" }): LogText | null {
  if (!event.equal) return info(`rates at t = ${formatEpoch(event.t)} differ from the plan`, "error");
  return Number.isInteger(event.t) ? info(`rates now those of t = ${event.t}, audit ok`) : null;
}

function commandText(event: RunEvent & { type: "command" }, takenBack: boolean): LogText {
  const command = event.command.replaceAll("_", " ");
  if (event.accepted) return info(`${command}: ${takenBack ? "taken back" : "taken up"}`);
  return info(`${command}: not now${event.reason === null ? "" : `, ${printable(event.reason)}`}`, "warn");
}

function endText(event: RunEvent & { type: "run.end" }): string {
  const at = `at epoch ${formatEpoch(event.epoch)}`;
  switch (event.outcome) {
    case "completed":
      return "finished";
    case "stopped":
      return `stopped ${at}`;
    case "aborted":
      return `aborted ${at}`;
    case "failed":
      return `failed ${at}${event.code === null ? "" : ` (${printable(event.code)})`}`;
  }
}

export function metricList(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${printable(name)} ${formatMetric(name, value)}`)
    .join(", ");
}
