import { describe, expect, it } from "vitest";
import { elements, isMisfit } from "../../../src/language/operators/index.js";
import { type Arguments, fitting, inferred } from "../../harness/operators.js";

type Sizes = readonly number[];

/** Operator, inputs, arguments; then output, trainable numbers and multiply-adds, worked out by hand. */
const fits: readonly (readonly [string, readonly Sizes[], Arguments, Sizes, number, number])[] = [
  ["embedding", [[200]], { vocabulary: 30000, width: 128 }, [200, 128], 3_840_000, 0],
  ["learned_positions", [[512, 1024]], { count: 512 }, [512, 1024], 524_288, 0],
  ["learned_positions", [[129, 40, 256]], { axis: "bands" }, [129, 40, 256], 33_024, 0],
  ["sinusoidal_positions", [[20, 64]], {}, [20, 64], 0, 0],
  ["parameter", [], { sizes: [1, 384] }, [1, 384], 384, 0],
  ["prepend", [[128, 40, 256], [256]], { axis: "bands" }, [129, 40, 256], 0, 0],
  [
    "prepend",
    [
      [64, 384],
      [1, 384],
    ],
    {},
    [65, 384],
    0,
    0,
  ],
  ["tokens", [[8, 4, 64]], {}, [32, 64], 0, 0],
  // 4 gates; the paper's two layers have 921,600 numbers together.
  [
    "lstm",
    [[200, 128]],
    { units: 256, sequence: true, recurrent_bias: true },
    [200, 256],
    395_264,
    200 * 393_216,
  ],
  ["lstm", [[200, 256]], { units: 256, recurrent_bias: true }, [256], 526_336, 200 * 524_288],
  ["gru", [[10, 4]], { units: 3 }, [3], 72, 10 * 63],
  [
    "gru",
    [[10, 4]],
    { units: 3, layers: 2, bidirectional: true, sequence: true },
    [10, 6],
    2 * 72 + 2 * 90,
    10 * 2 * (63 + 81),
  ],
  // Four projections with biases; products of 12 x 12 places over 64 channels, twice.
  ["attention", [[12, 64]], { heads: 4 }, [12, 64], 4 * 64 * 65, 4 * 12 * 4096 + 2 * 144 * 64],
  [
    "attention",
    [[129, 40, 256]],
    { heads: 5, head_width: 256, axis: "bands", qkv_bias: false },
    [129, 40, 256],
    3 * 256 * 1280 + 1280 * 256 + 256,
    4 * 129 * 40 * 256 * 1280 + 2 * 129 * 129 * 40 * 1280,
  ],
  [
    "attention",
    [
      [12, 64],
      [7, 32],
    ],
    { heads: 4 },
    [12, 64],
    2 * 64 * 65 + 2 * (32 * 64 + 64),
    2 * 12 * 4096 + 2 * 7 * 2048 + 2 * 12 * 7 * 64,
  ],
];

describe("shapes, parameters and multiply-adds", () => {
  it.each(fits)("%s of %j with %j", (name, inputs, args, output, parameters, multiplyAdds) => {
    const result = fitting(name, inputs, args);
    expect(result.output).toEqual(output);
    expect(result.tensors.reduce((sum, tensor) => sum + elements(tensor.shape), 0)).toBe(parameters);
    expect(result.multiplyAdds).toBe(multiplyAdds);
  });

  it("tensors are named so that published weights can be mapped to them", () => {
    const names = (name: string, inputs: readonly Sizes[], args: Arguments) =>
      fitting(name, inputs, args).tensors.map((tensor) => tensor.name);
    expect(names("attention", [[4, 8]], { heads: 2, qkv_bias: false })).toEqual([
      "query.weight",
      "key.weight",
      "value.weight",
      "out.weight",
      "out.bias",
    ]);
    expect(names("lstm", [[4, 8]], { units: 2 })).toEqual(["input", "recurrent", "bias"]);
    expect(names("lstm", [[4, 8]], { units: 2, bidirectional: true, recurrent_bias: true })).toEqual([
      "forward.input",
      "forward.recurrent",
      "forward.bias",
      "forward.recurrent_bias",
      "backward.input",
      "backward.recurrent",
      "backward.bias",
      "backward.recurrent_bias",
    ]);
    expect(names("gru", [[4, 8]], { units: 2, layers: 2 })).toEqual([
      "0.input",
      "0.recurrent",
      "0.bias",
      "1.input",
      "1.recurrent",
      "1.bias",
    ]);
  });

  it("a look-up starts as N(0, 1) under the default, as PyTorch's", () => {
    const [weight] = fitting("embedding", [[4]], { vocabulary: 10, width: 3 }).tensors;
    expect(weight?.init).toMatchObject({ kind: "random", fanIn: 2 });
  });
});

/** Operator, inputs, arguments; then the code, and words of the message or its label. */
const misfits: readonly (readonly [string, readonly Sizes[], Arguments, string, string])[] = [
  ["lstm", [[200]], { units: 4 }, "L0232", "needs a sequence but is given [200]"],
  ["gru", [[8, 8, 3]], { units: 4 }, "L0232", "gru takes [length, channels]"],
  ["attention", [[12, 64]], { heads: 5 }, "L0230", "64 is no multiple of 5"],
  ["attention", [[12, 64]], { heads: 4, axis: "channels" }, "L0243", "channels"],
  ["attention", [[8, 8, 64]], { heads: 4 }, "L0243", "works along `length`, which [8, 8, 64] does not have"],
  ["attention", [[64]], { heads: 4 }, "L0243", "which [64] does not have"],
  [
    "attention",
    [
      [12, 64],
      [7, 64],
      [6, 64],
    ],
    { heads: 4 },
    "L0231",
    "can't relate [12, 64], [7, 64] and [6, 64]",
  ],
  ["learned_positions", [[20, 64]], { count: 10 }, "L0230", "has 10 positions but its input has 20"],
  ["learned_positions", [[64]], {}, "L0243", "[64] does not have"],
  ["sinusoidal_positions", [[8, 8, 64]], {}, "L0243", "[8, 8, 64] does not have"],
  ["prepend", [[20, 64], [32]], {}, "L0231", "can't put [32] in front of [20, 64]"],
  ["prepend", [[20, 64], [64]], { axis: "channels" }, "L0243", "channels"],
  ["parameter", [], { sizes: [1, 2, 3, 4] }, "L0230", "samples have at most 3"],
  ["tokens", [[20, 64]], {}, "L0232", "needs an image"],
];

describe("what does not fit", () => {
  it.each(misfits)("%s of %j with %j: %s", (name, inputs, args, code, words) => {
    const result = inferred(name, inputs, args);
    if (!isMisfit(result)) throw new Error("it fits");
    expect(result.code).toBe(code);
    expect(`${result.message("x")}: ${result.label}`).toContain(words);
  });
});
