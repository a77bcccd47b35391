import path from "node:path";
import { describe, expect, it } from "vitest";
import { compile, fileLoader } from "../../src/check/index.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { illegality } from "../../src/program/legality.js";
import type { LayerProgram } from "../../src/program/types.js";

/** A spec that would stand in the project's folder of specs. */
const place = path.resolve(import.meta.dirname, "../../specs/test.lerac");

function programWith(layers: string) {
  const text = `lerac 1

import std.squeeze_excite

dataset fashion {
  source   idx("data/fashion-mnist")
  classes  10
  train    split(train)
}

model cnn {
  input  image(28, 28, 1)

${layers}
  head:  dense(10)
}

train {
  data       fashion
  model      cnn
  loss       cross_entropy
  optimizer  sgd(rate: 0.1)
  batch      64
  epochs     2
}
`;
  const result = compile(new SourceFile(place, text), { loader: fileLoader(place) });
  expect(result.diagnostics.filter((one) => one.severity === "error")).toEqual([]);
  if (result.program === null) throw new Error("no program");
  return result.program;
}

const compiled = (layers: string) => programWith(layers).model;

describe("std.squeeze_excite", () => {
  it("adds 2 C²/r + C/r + C parameters, and keeps the shape", () => {
    const model = compiled(`  conv:  conv2d(32, 3)
  gate:  squeeze_excite(8)
         max_pool(2)
         flatten`);
    const gate = model.layers.filter((layer) => layer.address.startsWith("gate."));
    expect(gate.map((layer) => [layer.address, layer.operator])).toEqual([
      ["gate.pool", "global_avg_pool"],
      ["gate.squeeze", "dense"],
      ["gate.squeeze.relu", "relu"],
      ["gate.excite", "dense"],
      ["gate.excite.sigmoid", "sigmoid"],
      ["gate.weigh", "multiply"],
      ["gate.max_pool", "max_pool"],
      ["gate.flatten", "flatten"],
    ]);
    const sizes = gate.flatMap((layer) => layer.tensors.map((tensor) => tensor.shape));
    expect(sizes).toEqual([[32, 4], [4], [4, 32], [32]]);
    const weigh = gate.find((layer) => layer.operator === "multiply");
    expect(weigh?.output).toEqual([28, 28, 32]);
    expect(weigh?.inputs).toEqual(["conv", "gate.excite.sigmoid"]);
  });

  it("leaves at least one number between squeeze and excitation", () => {
    const model = compiled(`  conv:  conv2d(8, 3)
  gate:  squeeze_excite
         flatten`);
    expect(model.layers.find((layer) => layer.address === "gate.squeeze")?.output).toEqual([1]);
  });
});

describe("streams", () => {
  it("part in `split` and meet again, each by its own name", () => {
    const model = compiled(`  conv:  conv2d(12, 3)
  parts: split(3)
  again: concat from parts
  first: conv2d(4, 3) from parts.0
  join:  concat from again, first
         flatten`);
    const inputs = Object.fromEntries(model.layers.map((layer) => [layer.address, layer.inputs]));
    expect(inputs.again).toEqual(["parts:0", "parts:1", "parts:2"]);
    expect(inputs.first).toEqual(["parts:0"]);
    expect(model.layers.find((layer) => layer.address === "parts")?.outputs).toHaveLength(3);
  });

  it("are held against their operator in a program that was changed", () => {
    const program = programWith(`  parts: split(2, axis: height)
  join:  concat from parts
         flatten`);
    expect(illegality(program)).toBeNull();
    const changed = (change: (layer: LayerProgram) => LayerProgram) => ({
      ...program,
      model: { ...program.model, layers: program.model.layers.map(change) },
    });
    const onlyOne = changed((layer) => (layer.outputs ? { ...layer, outputs: [layer.output] } : layer));
    expect(illegality(onlyOne)).toBe("layer `parts`: its outputs are not those of its operator");
    const beyond = changed((layer) =>
      layer.address === "join" ? { ...layer, inputs: ["parts:0", "parts:2"] } : layer,
    );
    expect(illegality(beyond)).toBe("layer `join`: its input `parts:2` does not stand above it");
  });
});
