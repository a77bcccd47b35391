import { describe, expect, it } from "vitest";
import { elements, isMisfit } from "../../../src/language/operators/index.js";
import { type Arguments, complete, fitting, inferred, operatorNamed } from "../../harness/operators.js";

type Sizes = readonly number[];

/** Operator, inputs, arguments; then output, trainable numbers and multiply-adds, worked out by hand. */
const fits: readonly (readonly [string, readonly Sizes[], Arguments, Sizes, number, number])[] = [
  ["conv2d", [[28, 28, 1]], { filters: 32, size: 3 }, [28, 28, 32], 320, 28 * 28 * 32 * 9],
  ["conv2d", [[32, 32, 3]], { filters: 64, size: 7, stride: 4, padding: 2 }, [8, 8, 64], 9472, 64 * 64 * 147],
  ["conv2d", [[8, 8, 6]], { filters: 4, size: 3, groups: 2, bias: false }, [8, 8, 4], 108, 64 * 4 * 27],
  [
    "grouped_conv",
    [[32, 32, 64]],
    { filters: 128, size: 3, groups: 64 },
    [32, 32, 128],
    1280,
    1024 * 128 * 9,
  ],
  ["depthwise_conv2d", [[16, 16, 64]], { size: 3, stride: 2, bias: false }, [8, 8, 64], 576, 64 * 64 * 9],
  ["depthwise_conv2d", [[5, 5, 3]], { size: 3, multiplier: 2 }, [5, 5, 6], 60, 25 * 6 * 9],
  ["separable_conv2d", [[8, 8, 4]], { filters: 10, size: 3 }, [8, 8, 10], 86, 64 * (4 * 9 + 40)],
  ["conv1d", [[100, 8]], { filters: 16, size: 5, stride: 2 }, [50, 16], 656, 50 * 16 * 40],
  [
    "conv_transpose2d",
    [[7, 7, 64]],
    { filters: 32, size: 3, stride: 2, output_padding: 1 },
    [14, 14, 32],
    18464,
    49 * 64 * 288,
  ],
  [
    "conv_transpose2d",
    [[4, 4, 6]],
    { filters: 4, size: 4, stride: 2, padding: 1, groups: 2 },
    [8, 8, 4],
    196,
    96 * 32,
  ],
  ["batch_norm", [[8, 8, 5]], {}, [8, 8, 5], 10, 0],
  ["layer_norm", [[128, 40, 256]], {}, [128, 40, 256], 512, 0],
  ["group_norm", [[8, 8, 6]], { groups: 3 }, [8, 8, 6], 12, 0],
  ["rms_norm", [[10, 6]], {}, [10, 6], 6, 0],
  ["prelu", [[8, 8, 6]], {}, [8, 8, 6], 6, 0],
  ["prelu", [[8, 8, 6]], { shared: true }, [8, 8, 6], 1, 0],
  ["max_pool", [[112, 112, 64]], { size: 3, stride: 2, padding: 1 }, [56, 56, 64], 0, 0],
  ["avg_pool", [[7, 9, 3]], { size: 2 }, [3, 4, 3], 0, 0],
  ["global_max_pool", [[7, 7, 5]], {}, [5], 0, 0],
  ["adaptive_avg_pool", [[13, 7, 5]], { rows: 6 }, [6, 6, 5], 0, 0],
  ["upsample", [[20, 10, 3]], { factor: 2 }, [40, 20, 3], 0, 0],
  ["reshape", [[64, 192]], { sizes: [8, 8, 192] }, [8, 8, 192], 0, 0],
  ["transpose", [[2, 3, 4]], { order: [2, 0, 1] }, [4, 2, 3], 0, 0],
  ["pad", [[4, 5, 3]], { before: 1, after: 2 }, [7, 8, 3], 0, 0],
  ["pad", [[10, 3]], { before: 1 }, [12, 3], 0, 0],
  ["crop", [[4, 5, 3]], { before: 1, axis: "width" }, [4, 3, 3], 0, 0],
  ["slice", [[65, 384]], { count: 1, axis: "length" }, [1, 384], 0, 0],
  ["slice", [[129, 40, 8]], { start: 1, axis: "bands" }, [128, 40, 8], 0, 0],
  ["pick", [[129, 40, 8]], { index: 0, axis: "bands" }, [40, 8], 0, 0],
  ["pick", [[65, 384]], { index: 0 }, [384], 0, 0],
  ["mean", [[40, 8]], { axis: "frames" }, [8], 0, 0],
  [
    "concat",
    [
      [4, 4, 2],
      [4, 4, 3],
    ],
    {},
    [4, 4, 5],
    0,
    0,
  ],
  [
    "concat",
    [
      [1, 384],
      [64, 384],
    ],
    { axis: "length" },
    [65, 384],
    0,
    0,
  ],
  ["multiply", [[4, 4, 2], [2]], {}, [4, 4, 2], 0, 0],
  ["softmax", [[10]], {}, [10], 0, 0],
  ["drop_path", [[4, 4, 2]], { rate: 0.1 }, [4, 4, 2], 0, 0],
  ["gelu", [[9]], { approximate: "tanh" }, [9], 0, 0],
];

describe("shapes, parameters and multiply-adds", () => {
  it.each(fits)("%s of %j with %j", (name, inputs, args, output, parameters, multiplyAdds) => {
    const result = fitting(name, inputs, args);
    expect(result.output).toEqual(output);
    const trained = result.tensors.filter((tensor) => tensor.trainable);
    expect(trained.reduce((sum, tensor) => sum + elements(tensor.shape), 0)).toBe(parameters);
    expect(result.multiplyAdds).toBe(multiplyAdds);
    expect(result.outputs).toBeUndefined();
  });

  it("split gives a stream for each part", () => {
    const { output, outputs } = fitting("split", [[4, 4, 12]], { parts: 3 });
    expect(output).toEqual([4, 4, 4]);
    expect(outputs).toEqual([output, output, output]);
  });

  it("detect gives each image its map of boxes: (5 + classes) for every anchor", () => {
    const anchors = [
      [10, 13, 16, 30, 33, 23],
      [30, 61, 62, 45, 59, 119],
      [116, 90, 156, 198, 373, 326],
    ];
    const inputs = [
      [80, 80, 128],
      [40, 40, 256],
      [20, 20, 512],
    ];
    const result = fitting("detect", inputs, { classes: 20, anchors });
    expect(result.outputs).toEqual([
      [80, 80, 75],
      [40, 40, 75],
      [20, 20, 75],
    ]);
    // YOLOv5s: 896 channels in all, and three biases.
    expect(result.tensors.reduce((sum, tensor) => sum + elements(tensor.shape), 0)).toBe(896 * 75 + 225);
    expect(result.tensors.map((tensor) => tensor.name)).toContain("2.bias");
    expect(result.multiplyAdds).toBe(75 * (6400 * 128 + 1600 * 256 + 400 * 512));
  });

  it("an odd kernel keeps the size by itself, an even one must say its padding", () => {
    expect(complete(operatorNamed("conv2d"), { filters: 1, size: 5 }).padding).toBe(2);
    expect(() => complete(operatorNamed("conv2d"), { filters: 1, size: 4 })).toThrow("needs padding");
  });

  it("fan-in counts what one output sees", () => {
    const random = (name: string, inputs: readonly Sizes[], args: Arguments) =>
      fitting(name, inputs, args).tensors.flatMap(({ init }) => (init.kind === "random" ? [init.fanIn] : []));
    expect(random("conv2d", [[8, 8, 6]], { filters: 4, size: 3, groups: 2 })).toEqual([27]);
    expect(random("depthwise_conv2d", [[8, 8, 6]], { size: 3 })).toEqual([9]);
    expect(random("separable_conv2d", [[8, 8, 6]], { filters: 4, size: 3 })).toEqual([9, 6]);
    expect(random("conv1d", [[8, 6]], { filters: 4, size: 5 })).toEqual([30]);
  });
});

/** Operator, inputs, arguments; then the code, and words of the message or its label. */
const misfits: readonly (readonly [string, readonly Sizes[], Arguments, string, string])[] = [
  ["conv2d", [[784]], { filters: 8, size: 3 }, "L0232", "needs an image but is given [784]"],
  [
    "conv2d",
    [[8, 8, 64]],
    { filters: 128, size: 3, groups: 128 },
    "L0230",
    "needs a multiple of 128 channels but is given 64",
  ],
  [
    "conv2d",
    [[8, 8, 64]],
    { filters: 9, size: 3, groups: 2 },
    "L0230",
    "makes 9 channels, which 2 groups can't share",
  ],
  ["conv2d", [[2, 2, 1]], { filters: 8, size: 5, padding: 0 }, "L0233", "5x5 does not fit into 2x2"],
  [
    "conv2d",
    [[4, 4, 1]],
    { filters: 8, size: 3, padding: 0, dilation: 2 },
    "L0233",
    "3x3 (dilation 2) does not fit into 4x4",
  ],
  [
    "grouped_conv",
    [[8, 8, 6]],
    { filters: 8, size: 3, groups: 4 },
    "L0230",
    "needs a multiple of 4 channels",
  ],
  ["depthwise_conv2d", [[10, 4]], { size: 3 }, "L0232", "needs an image"],
  ["separable_conv2d", [[2, 2, 1]], { filters: 8, size: 3, padding: 0 }, "L0233", "larger than its input"],
  ["conv1d", [[16000]], { filters: 8, size: 3 }, "L0232", "needs a sequence but is given [16000]"],
  ["conv1d", [[3, 2]], { filters: 8, size: 5, padding: 0 }, "L0233", "5 does not fit into 3"],
  [
    "conv_transpose2d",
    [[4, 4, 3]],
    { filters: 2, size: 3, stride: 2, output_padding: 2 },
    "L0211",
    "less than the larger of stride 2 and dilation 1",
  ],
  [
    "conv_transpose2d",
    [[1, 1, 3]],
    { filters: 2, size: 3, padding: 2 },
    "L0233",
    "cuts off more than it makes",
  ],
  ["group_norm", [[8, 8, 6]], { groups: 4 }, "L0230", "6 is no multiple of 4"],
  ["softmax", [[10]], { axis: "height" }, "L0243", "works along `height`, which [10] does not have"],
  ["max_pool", [[4, 4, 1]], { size: 2, padding: 2 }, "L0234", "a window of 2 takes at most 1"],
  ["avg_pool", [[2, 2, 1]], { size: 3 }, "L0233", "the window of `x` is larger than its input"],
  ["global_max_pool", [[5]], {}, "L0232", "needs an image"],
  ["adaptive_avg_pool", [[5, 3]], { rows: 1 }, "L0232", "needs an image"],
  ["upsample", [[5]], { factor: 2 }, "L0232", "needs an image"],
  ["reshape", [[14, 14, 8]], { sizes: [7, 7, 8] }, "L0244", "makes 392 numbers a sample out of 1,568"],
  ["transpose", [[2, 3, 4]], { order: [1, 0] }, "L0246", "the axes are 0, 1, 2"],
  ["transpose", [[2, 3]], { order: [1, 1] }, "L0246", "each axis of [2, 3] once"],
  ["pad", [[10]], { before: 1, axis: "width" }, "L0243", "does not have"],
  ["crop", [[4, 5, 3]], { before: 2 }, "L0245", "takes off more than there is"],
  ["slice", [[8, 3]], { start: 8 }, "L0245", "nothing is left from place 8 on"],
  ["slice", [[8, 3]], { start: 6, count: 3 }, "L0245", "places 6 to 8 of 0 to 7"],
  ["pick", [[8, 3]], { index: 8 }, "L0245", "takes place 8 of 8"],
  ["mean", [[8]], {}, "L0243", "does not have"],
  [
    "concat",
    [
      [4, 4, 2],
      [4, 5, 2],
    ],
    {},
    "L0231",
    "must agree in every size but channels",
  ],
  ["multiply", [[2], [4, 4, 2]], {}, "L0231", "can't weigh [2] by [4, 4, 2]"],
  ["split", [[4, 4, 8]], { parts: 3 }, "L0247", "8 is no multiple of 3"],
  [
    "detect",
    [[4, 4, 8]],
    {
      classes: 2,
      anchors: [
        [1, 2],
        [3, 4],
      ],
    },
    "L0248",
    "has 2 lists of anchors for 1 input",
  ],
  ["detect", [[4, 4, 8]], { classes: 2, anchors: [[1, 2, 3]] }, "L0248", "anchors are pairs"],
];

describe("what does not fit", () => {
  it.each(misfits)("%s of %j with %j: %s", (name, inputs, args, code, words) => {
    const result = inferred(name, inputs, args);
    if (!isMisfit(result)) throw new Error(`${name} fits: ${JSON.stringify(result.output)}`);
    expect(result.code).toBe(code);
    expect(`${result.message("x")}; ${result.label}`).toContain(words);
    const argument = result.argument;
    if (argument !== undefined) expect(Object.keys(operatorNamed(name).arguments)).toContain(argument);
  });

  it("says which way round a product works", () => {
    const result = inferred("multiply", [[2], [4, 4, 2]]);
    expect(isMisfit(result) && result.helps).toEqual(["name the larger of the two first in `from`"]);
  });
});
