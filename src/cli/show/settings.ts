import { describeRates, isTime, timeText } from "../../plan/index.js";
import type { TrainingProgram } from "../../program/types.js";
import type { Run } from "../../runs/index.js";

/** Everything that decides the numbers of a run, a line each: its name and its value as text. Missing is not there. */
export type Settings = ReadonlyMap<string, string>;

/** Parts of a program whose own name says nothing more than those of their settings. */
const unnamed = /^(plan|train|rule)\./;

/**
 * What a run was made with. The rates stand for the start rates of all levels and for the table, which follow from
 * them; everything else of the program stands by its own path.
 */
export function settingsOf(run: Run, program: TrainingProgram): Settings {
  const { record } = run;
  const { options, environment } = record;
  const settings = new Map<string, string>();
  const set = (name: string, value: unknown) => {
    if (value !== null && value !== undefined) settings.set(name, String(value));
  };
  set("seed", record.seed);
  set("fold", record.fold);
  set("rates", describeRates(program.plan));
  const { table: _, ...plan } = program.plan;
  const levels = plan.levels.map(({ start: _, ...level }) => level);
  const { name: _name, seeds: _seeds, ...experiment } = program.experiment;
  flatten({ ...program, experiment, plan: { ...plan, levels } }, "", settings);
  set("--epochs", options.epochs);
  set("--steps", options.steps);
  set("--init", options.init?.sha256 ?? options.init?.file);
  set("data sha256", environment.data?.slice(0, 8));
  const { backend } = environment;
  set("backend", backend === null ? null : `${backend.executor} ${backend.device}`);
  set("threads", backend?.threads);
  set("library", backend === null ? null : `${backend.library} ${backend.version}`);
  set("lerac", record.lerac);
  set("node", environment.node);
  set("cpu", environment.cpu);
  const { commit } = environment;
  set("commit", commit === null ? null : `${commit.sha.slice(0, 7)}${commit.clean ? "" : " (changed)"}`);
  return settings;
}

/** The leaves of a JSON value by their paths. Items of a list go by their address or name where they have one. */
function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (isTime(value)) into.set(shortened(path), timeText(value));
  else if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
    if (value.length > 0) into.set(shortened(path), value.join(", "));
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, i) => {
      flatten(item, joined(path, nameOf(item) ?? `${i + 1}`), into);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, joined(path, key), into);
  } else if (value !== null && value !== undefined) into.set(shortened(path), String(value));
}

function nameOf(item: unknown): string | null {
  const { address, name } = item as { readonly address?: unknown; readonly name?: unknown };
  if (typeof address === "string") return address;
  return typeof name === "string" ? name : null;
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** `train.optimizer.rate` is known as `optimizer.rate`, `plan.rule.until` as `until`. */
function shortened(path: string): string {
  const shorter = path.replace(unnamed, "");
  return shorter === path ? path : shortened(shorter);
}
