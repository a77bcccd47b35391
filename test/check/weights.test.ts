import { describe, expect, test } from "vitest";
import { compileText, faults, programOfText, specOf } from "./compile-text.js";

const net = `names published {
  layout  torch
  map     parts.*.fc   -> "encoder.*.linear"
  map     parts.*.norm -> "encoder.*.bn"
  ignore  "head.**"
}

block cell {
  fc:   dense(6)
  norm: batch_norm
}

model net {
  input  image(2, 3, 1)
  flat:  flatten
  body:  wrap
  head:  dense(10)
}

block wrap {
  parts: repeat 2 { cell }
}
`;

function withWeights(lines: string, model = net): string {
  const data = '  source   idx("data")\n  classes  10\n  train    split(train) |> resize(2, 3)';
  return specOf({
    data,
    model,
    train: `  ${lines}\n  loss       cross_entropy\n  optimizer  sgd(rate: 0.1)`,
  });
}

describe("weights", () => {
  test("every tensor below an address has its key, layout names included", () => {
    const spec = withWeights(
      'weights  body from safetensors("a.safetensors", prefix: "m.", names: published)',
    );
    const [weights] = programOfText(spec).weights ?? [];
    expect(weights).toMatchObject({ address: "body", file: "a.safetensors", prefix: "m.", layout: "torch" });
    expect(weights?.ignore).toEqual(["head.**"]);
    expect(weights?.tensors.slice(0, 6)).toEqual([
      { address: "body.parts.0.fc.weight", key: "encoder.0.linear.weight" },
      { address: "body.parts.0.fc.bias", key: "encoder.0.linear.bias" },
      { address: "body.parts.0.norm.weight", key: "encoder.0.bn.weight" },
      { address: "body.parts.0.norm.bias", key: "encoder.0.bn.bias" },
      { address: "body.parts.0.norm.mean", key: "encoder.0.bn.running_mean" },
      { address: "body.parts.0.norm.variance", key: "encoder.0.bn.running_var" },
    ]);
    expect(weights?.tensors).toHaveLength(12);
  });

  test("without a map keys are addresses", () => {
    const spec = withWeights('weights  head from safetensors("a.safetensors")');
    expect(programOfText(spec).weights).toEqual([
      {
        address: "head",
        file: "a.safetensors",
        prefix: "",
        layout: "lerac",
        tensors: [
          { address: "head.weight", key: "weight" },
          { address: "head.bias", key: "bias" },
        ],
        ignore: [],
      },
    ]);
  });

  test("a spec without weights has none in its program", () => {
    expect(programOfText(withWeights(""))).not.toHaveProperty("weights");
  });

  test.each([
    ['weights  bdy from safetensors("a.safetensors")', "L0530 bdy"],
    ['weights  flat from safetensors("a.safetensors")', "L0530 flat"],
    ['weights  body from safetensors("/a.safetensors")', 'L0301 "/a.safetensors"'],
    ['weights  body from torch("a.pt")', "L0218 torch"],
    ['weights  body from safetensors("a.safetensors", names: publish)', "L0510 publish"],
    ["weights  body", "L0535 weights  body"],
    ['weights  body.* from safetensors("a.safetensors")', "L0530 body.*"],
    ['weights  head from safetensors("a.safetensors", layout: keras)', "L0218 keras"],
    [
      'weights  head from safetensors("a.safetensors")\n  weights  head from safetensors("b.safetensors")',
      "L0534 head",
    ],
  ])("%s", (line, fault) => {
    expect(faults(compileText(withWeights(line)))).toEqual([fault]);
  });

  test.each([
    ["map     parts.*.norm", "map     parts.*.nrom", ["L0531 body"]],
    ['ignore  "head.**"', 'map     pasts.*.fc -> "a.*.b"', ['L0532 pasts.*.fc -> "a.*.b"']],
    ['"encoder.*.bn"', '"encoder.bn"', ['L0533 parts.*.norm -> "encoder.bn"']],
    ['"encoder.*.bn"', '"encoder.*.linear"', ["L0533 body"]],
    ["layout  torch", "layout  keras", ["L0218 keras"]],
    ['ignore  "head.**"', "ignore  head", ["L0533 head"]],
    ['ignore  "head.**"', 'map     "fc" -> "b"', ['L0533 "fc"']],
    ['ignore  "head.**"', "maps    fc", ["L0215 maps"]],
  ])("a map: %s as %s", (from, to, expected) => {
    const spec = withWeights(
      'weights  body from safetensors("a.safetensors", names: published)',
      net.replace(from, to),
    );
    expect(faults(compileText(spec)).slice(0, 1)).toEqual(expected);
  });
});
