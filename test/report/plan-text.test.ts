import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/check/index.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { planText } from "../../src/report/index.js";

const example = new URL("../../examples/01-fashion.lerac", import.meta.url);

describe("the plan as text", () => {
  it("shows every layer, every rate and what follows", () => {
    const { program, diagnostics } = compile(
      new SourceFile("01-fashion.lerac", readFileSync(example, "utf8")),
    );
    expect(diagnostics).toEqual([]);
    if (program === null) throw new Error("the example does not compile");
    const text = planText(program, { samples: 9000 });
    const lines = text.split("\n");
    expect(lines[0]).toMatch(
      /^plan {3}small CNN on Fashion-MNIST {3}lerac 1 {3}curriculum lerac {3}plan [0-9a-f]{8}$/,
    );
    expect(lines.slice(1).join("\n")).toBe(`model  cnn   1,117,056 multiply-adds a sample

level   parameters  output            operator        address
    1          160  [28, 28, 16]      conv2d 3x3      conv1
    1           32  [28, 28, 16]      batch_norm      conv1.batch_norm
    -            -  [28, 28, 16]      relu            conv1.relu
    -            -  [14, 14, 16]      max_pool 2x2    conv1.max_pool
    2        4,640  [14, 14, 32]      conv2d 3x3      conv2
    2           64  [14, 14, 32]      batch_norm      conv2.batch_norm
    -            -  [14, 14, 32]      relu            conv2.relu
    -            -  [7, 7, 32]        max_pool 2x2    conv2.max_pool
    -            -  [1568]            flatten         conv2.flatten
    3      100,416  [64]              dense           fc
    -            -  [64]              relu            fc.relu
    -            -  [64]              dropout 0.2     fc.dropout
    4          650  [10]              dense           head
total      105,962

rates  0.03 -> 1e-5, log spacing, k = 2 epochs; in force from epoch t to t + 1
level  t = 0    t = 1    t = 2    t = 3     address
    1  3.000e-2 3.000e-2 3.000e-2 2.799e-2  conv1
    2  2.080e-3 7.900e-3 3.000e-2 2.799e-2  conv2
    3  1.442e-4 2.080e-3 3.000e-2 2.799e-2  fc
    4  1.000e-5 5.477e-4 3.000e-2 2.799e-2  head

after  every level follows cosine over 6 epochs, its clock starting at t = 2:
       t=3 2.799e-2  t=4 2.250e-2  t=6 7.500e-3  t=7 2.010e-3
train  9,000 samples, 141 steps an epoch (last batch 40), 8 epochs
claim  1  lerac.test.accuracy >= 0.85: the mean of 5 seeds, no test
`);
  });
});
