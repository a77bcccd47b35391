import { type Attributes, type Op, type StepGraph, typeText } from "./types.js";

/**
 * A graph as text: one line a value, the same for equal graphs and nothing else. Tests keep such texts, and the hash of
 * a graph is taken over its text.
 */
export function printGraph(graph: StepGraph): string {
  const typed = (value: number) => {
    const type = graph.values[value];
    return type === undefined ? "?" : typeText(type);
  };
  const lines = [`graph ${graph.name} batch=${graph.batch}`];
  for (const { name, value, role, level } of graph.states) {
    lines.push(
      `state  %${value} = ${name} : ${typed(value)} ${role}${level === undefined ? "" : ` level=${level}`}`,
    );
  }
  if (graph.columns.length > 0) lines.push(`plan   ${graph.columns.join(", ")}`);
  for (const { name, value } of graph.inputs) lines.push(`input  %${value} = ${name} : ${typed(value)}`);
  for (const { value, numbers } of graph.constants) {
    lines.push(`const  %${value} = ${numbers.map(numberText).join(" ")} : ${typed(value)}`);
  }
  for (const op of graph.ops) lines.push(opText(op, typed));
  for (const { name, next } of graph.states) if (next !== undefined) lines.push(`next   ${name} = %${next}`);
  for (const { name, value } of graph.outputs) lines.push(`output ${name} = %${value}`);
  return `${lines.join("\n")}\n`;
}

function opText(
  { kind, inputs, attributes, outputs, at, part }: Op,
  typed: (value: number) => string,
): string {
  const left = outputs.map((output) => `%${output}`).join(", ");
  const call = `${kind}(${inputs.map((input) => `%${input}`).join(", ")})${attributesText(attributes)}`;
  return `  ${left} = ${call} : ${outputs.map(typed).join(", ")}   ; ${at === "" ? part : `${at} ${part}`}`;
}

function attributesText(attributes: Attributes): string {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return "";
  return ` {${names.map((name) => `${name}=${attributeText(attributes[name] ?? "")}`).join(" ")}}`;
}

function attributeText(value: Attributes[string]): string {
  if (typeof value === "number") return numberText(value);
  return typeof value === "object" ? `[${value.map(numberText).join(",")}]` : String(value);
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
