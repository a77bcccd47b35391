import { kinds } from "../kinds/index.js";
import { type Op, type StepGraph, typeText, type ValueType } from "./types.js";

/**
 * What is wrong with a graph; empty where nothing is. A graph that passes reads only what was made before, has the types
 * that its kinds infer, writes each state at most once, and lets every update of a parameter consume the rate of the
 * parameter's own level: the column of the plan is followed from the update back to the row of the step.
 */
export function faultsOf(graph: StepGraph): string[] {
  return [...valueFaults(graph), ...stateFaults(graph), ...rateFaults(graph)];
}

function valueFaults({ values, states, inputs, constants, ops, outputs }: StepGraph): string[] {
  const faults: string[] = [];
  const made = new Set<number>();
  const make = (value: number, by: string) => {
    if (made.has(value)) faults.push(`%${value} is made twice (${by})`);
    if (values[value] === undefined) faults.push(`%${value} has no type (${by})`);
    made.add(value);
  };
  for (const { value, name } of [...states, ...inputs]) make(value, name);
  for (const { value, numbers } of constants) {
    make(value, "a constant");
    const size = values[value]?.shape.reduce((product, extent) => product * extent, 1);
    if (numbers.length !== 1 && numbers.length !== size)
      faults.push(`constant %${value} has ${numbers.length} numbers`);
  }
  for (const { kind, inputs, attributes, outputs, at } of ops) {
    const place = `${kind} of ${at || "the step"}`;
    for (const input of inputs)
      if (!made.has(input)) faults.push(`${place} reads %${input} before it is made`);
    for (const output of outputs) make(output, place);
    const known = kinds.get(kind);
    if (known === undefined) {
      faults.push(`${place}: no such kind`);
      continue;
    }
    const unknown = Object.keys(attributes).filter((name) => !known.attributes.includes(name));
    const missing = known.attributes.filter((name) => attributes[name] === undefined);
    for (const name of [...unknown, ...missing])
      faults.push(`${place}: attribute ${name} is unknown or missing`);
    if (unknown.length + missing.length > 0) continue;
    try {
      const inferred = known.infer(typesOf(inputs, values), attributes).map(typeText).join(", ");
      const found = typesOf(outputs, values).map(typeText).join(", ");
      if (inferred !== found) faults.push(`${place} gives ${inferred}, the graph says ${found}`);
    } catch (error) {
      faults.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const { name, value } of outputs) if (!made.has(value)) faults.push(`output ${name} is not made`);
  return faults;
}

function typesOf(ids: readonly number[], values: readonly ValueType[]): ValueType[] {
  return ids.map((id) => values[id] ?? { dtype: "float32", shape: [] });
}

function stateFaults({ states, values }: StepGraph): string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  for (const { name, value, next, role } of states) {
    if (names.has(name)) faults.push(`state ${name} is there twice`);
    names.add(name);
    if (next === undefined) continue;
    if (role === "plan" || role === "keys") faults.push(`the step writes ${name}, which is the host's`);
    const [before, after] = typesOf([value, next], values).map(typeText);
    if (before !== after) faults.push(`state ${name} is ${before} before the step and ${after} after it`);
  }
  return faults;
}

/** Every parameter that is written is written by an update whose rate is the column of its level, in the step's row. */
function rateFaults({ states, ops }: StepGraph): string[] {
  const makers = new Map(ops.flatMap((op) => op.outputs.map((output) => [output, op] as const)));
  const named = new Map(states.map((state) => [state.name, state.value]));
  return states.flatMap(({ name, role, value, next, level }) => {
    if (role !== "parameter" || next === undefined) return [];
    const { update, written, from } = updateBehind(next, makers);
    const operand = update === undefined ? undefined : kinds.get(update.kind)?.rateOperand;
    if (update === undefined || operand === undefined || update.outputs[0] !== written)
      return [`${name} is written by ${update?.kind ?? "nothing"}, which is no update rule`];
    if (from !== value) return [`the update of ${name} starts from another tensor`];
    const column = makers.get(update.inputs[operand] ?? -1);
    if (column?.kind !== "lerac.Column") return [`the rate of ${name} does not come out of the plan`];
    const row = makers.get(column.inputs[0] ?? -1);
    const readsPlan =
      row?.kind === "lerac.PlanRow" &&
      ["plan", "step", "plan.base"].every((state, i) => row.inputs[i] === named.get(state));
    if (!readsPlan) return [`the rate of ${name} is not of the row of the step`];
    if (column.attributes.column !== level)
      return [`${name} of level ${level} is updated at the rate of level ${column.attributes.column}`];
    return [];
  });
}

/**
 * The update that makes a value, and the tensor that it starts from: either alone, or a part of several that lie side by side
 * (`passes/pack-small-state.ts`), where the part that comes out must be the one that went in.
 */
function updateBehind(next: number, makers: ReadonlyMap<number, Op>) {
  const asRow = (value: number) => {
    const maker = makers.get(value);
    return maker?.kind === "Reshape" ? (maker.inputs[0] ?? -1) : value;
  };
  const part = asRow(next);
  const split = makers.get(part);
  if (split?.kind !== "lerac.Split") {
    const update = makers.get(next);
    return { update, written: next, from: update?.inputs[0] };
  }
  const written = split.inputs[0] ?? -1;
  const update = makers.get(written);
  const joined = makers.get(update?.inputs[0] ?? -1);
  const index = split.outputs.indexOf(part);
  const from = joined?.kind === "lerac.Concat" ? joined.inputs[index] : undefined;
  return { update, written, from: from === undefined ? undefined : asRow(from) };
}
