import path from "node:path";
import { describe, expect, it } from "vitest";
import { compile, fileLoader } from "../../src/check/index.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { type Batch, loadExecutor } from "../../src/engine/index.js";
import type { TrainingProgram } from "../../src/program/types.js";

/** A spec that would stand in the project's folder of specs. */
const place = path.resolve(import.meta.dirname, "../../specs/test.lerac");

function compiled(layers: string, inputs = "tokens(12)"): TrainingProgram {
  const text = `lerac 1

import std.transformer

dataset reviews {
  source   tsv("data", text: review, label: label)
  classes  [bad, good]
  tokens   words(size: 50, fit: train, max: 12)
  train    split("train.tsv")
}

model net {
  input  ${inputs}

  words: embedding(50, 16)
         sinusoidal_positions
${layers}
  pool:  mean(axis: length)
  head:  dense(2)
}

train {
  data       reviews
  model      net
  loss       cross_entropy
  optimizer  adamw(rate: 0.003)
  batch      4
  epochs     2
}
`;
  const result = compile(new SourceFile(place, text), { loader: fileLoader(place) });
  expect(result.diagnostics.filter((one) => one.severity === "error")).toEqual([]);
  if (result.program === null) throw new Error("no program");
  return result.program;
}

/** Trainable numbers of a layer of width d: attention 4d(d + 1), feed-forward, norms 2d each. */
const attention = (d: number) => 4 * d * (d + 1);
const feedForward = (d: number, hidden: number) => d * hidden + hidden + hidden * d + d;
const outside = 50 * 16 + 16 * 2 + 2;

describe("std.transformer", () => {
  it("is a stack of layers as published", () => {
    const { model } = compiled("  base:  transformer(depth: 3, heads: 4)");
    expect(model.parameters - outside).toBe(3 * (attention(16) + feedForward(16, 64) + 4 * 16));
    const addresses = model.layers.map((layer) => layer.address);
    expect(addresses).toContain("base.layers.2.attend.attention");
    expect(addresses).toContain("base.layers.0.ffn.up");
    expect(addresses).toContain("base.layers.1.norm2");
  });

  it("has layers that normalise first, and those of a decoder", () => {
    const before = compiled("  one:   transformer.pre_norm_layer(heads: 2, expansion: 2)").model.parameters;
    expect(before - outside).toBe(attention(16) + feedForward(16, 32) + 4 * 16);
    const decoder = compiled(
      "  mind:  layer_norm\n  two:   transformer.decoder_layer(heads: 2) from words, mind",
    );
    const own = 2 * attention(16) + feedForward(16, 64) + 6 * 16;
    expect(decoder.model.parameters - outside - 2 * 16).toBe(own);
    const masks = decoder.model.layers
      .map(({ attributes }) => attributes.mask)
      .filter((mask) => mask !== undefined);
    expect(masks).toEqual(["causal", "none"]);
  });

  it("learns, and what stands behind the end of a text does not matter to it", async () => {
    const program = compiled(
      "  base:  transformer(depth: 1, heads: 2, drop: 0)\n  end:   transformer.decoder_layer(heads: 2, drop: 0) from words, base",
    );
    const executor = await loadExecutor(program, { backend: "wasm", seed: 1 });
    const name = program.model.inputs[0]?.name ?? "";
    const lengths = Int32Array.of(12, 5, 7, 2);
    const batch = (padding: number): Batch => {
      const values = Float32Array.from({ length: 48 }, (_, i) =>
        i % 12 < (lengths[Math.floor(i / 12)] as number) ? (i * 7) % 49 : padding,
      );
      const labels = Int32Array.of(0, 1, 1, 0);
      return { size: 4, inputs: new Map([[name, { shape: [4, 12], values, lengths }]]), labels };
    };
    expect(await executor.predict(batch(0))).toEqual(await executor.predict(batch(49)));
    const row = Float32Array.from(program.plan.levels, () => 0.003);
    executor.writePlan(
      0,
      Array.from({ length: 20 }, () => row),
    );
    const first = await executor.step(batch(0));
    let last = first;
    for (let i = 1; i < 20; i++) last = await executor.step(batch(0));
    expect(last.loss).toBeLessThan(0.3 * first.loss);
    executor.dispose();
  });
});
