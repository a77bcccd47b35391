import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compile, fileLoader } from "../../src/check/index.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { type RecordedTensor, recordModel } from "../../src/export/record/index.js";
import type { TrainingProgram } from "../../src/program/types.js";

function programOfSpec(name: string): TrainingProgram {
  const path = join("specs", `${name}.lerac`);
  const { program } = compile(new SourceFile(path, readFileSync(path, "utf8")), { loader: fileLoader(path) });
  if (program === null) throw new Error(`${name} does not compile`);
  return program;
}

/** Tensors of zeros, made when they are asked for: the memory of a large model is never touched. */
function zeros({ model }: TrainingProgram): ReadonlyMap<string, RecordedTensor> {
  const shapes = new Map(
    model.layers.flatMap((layer) => layer.tensors.map(({ address, shape }) => [address, shape] as const)),
  );
  return {
    get: (address: string) => {
      const shape = shapes.get(address);
      return shape && { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
    },
  } as unknown as ReadonlyMap<string, RecordedTensor>;
}

it.each([
  "quickstart",
  "resnet18",
  "wrn-52-2",
  "densenet121",
  "cvt13",
  "septr-esc50",
  "utkface-age",
  "lstm-boolq",
  "bert-rte",
])("the model of %s is recorded whole, with the shapes of its program", (name) => {
  const program = programOfSpec(name);
  const graph = recordModel(program, zeros(program));
  const made = new Set([...graph.inputs, ...graph.constants, ...graph.nodes.map(({ output }) => output)]);
  const names = new Set([...made].map((value) => value.name));
  expect(names.size).toBe(made.size);
  const missing = graph.nodes.flatMap(({ inputs }) => inputs).filter((input) => !names.has(input.name));
  expect(missing).toEqual([]);
  const width = program.model.layers.at(-1)?.output ?? [];
  for (const output of graph.outputs) expect(output.shape).toEqual([-1, ...width]);
});
