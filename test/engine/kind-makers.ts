import type { Attributes } from "../../src/engine/graph/types.js";
import { kinds } from "../../src/engine/kinds/index.js";
import type { Fill, KindCase, Operand } from "./kind-cases.js";
import type { Dice } from "./kind-dice.js";
import { conv, f32, pool } from "./kind-windows.js";

const count = (number: number): Operand => ({ dtype: "int32", shape: [], fill: { number } });
const rates = { beta1: 0.9, beta2: 0.99, eps: 1e-8 };

type Maker = (dice: Dice, kind: string) => KindCase;

/** One operation of the kind, on what is given. */
function one(kind: string, given: readonly Operand[], attributes: Attributes = {}): KindCase {
  return { given, ops: [{ kind, operands: [...given.keys()], attributes }] };
}

const unary: Maker = (dice, kind) => one(kind, [f32(dice.anything(), dice.of("signed", "tied"))]);

const binary: Maker = (dice, kind) => {
  const shape = dice.anything();
  const other = dice.of(
    shape,
    shape.slice(-1),
    [],
    shape.map((size) => dice.of(size, 1)),
  );
  return one(kind, [f32(shape), f32(other)]);
};

const curves = [
  "leaky_relu",
  "elu",
  "gelu",
  "gelu_tanh",
  "quick_gelu",
  "silu",
  "hard_swish",
  "tanh",
  "sigmoid",
] as const;

const normalised = (dice: Dice) => {
  const shape = dice.of<number[]>(dice.image(), [dice.whole(2, 9), dice.channels()]);
  const channels = [shape.at(-1) ?? 1];
  return { shape, channels, eps: dice.of(1e-5, 1e-3) };
};

const rows = (dice: Dice): [number, number] => [dice.whole(1, 9), dice.whole(2, 12)];

/** Logits or outputs, what is right, and often a weight for each row. */
const withTruth = (
  dice: Dice,
  kind: string,
  truth: (shape: [number, number]) => Operand,
  attributes: Attributes,
) => {
  const shape = rows(dice);
  return one(kind, [f32(shape), truth(shape), ...dice.of([], [f32([shape[0]], "positive")])], attributes);
};
const labels = ([batch, classes]: [number, number]): Operand => ({
  dtype: "int32",
  shape: [batch],
  fill: { below: classes },
});

/** A tensor, its gradient and slots, then scalars. */
function updated(dice: Dice, slots: readonly Fill[], scalars: number): Operand[] {
  const shape = dice.of([dice.whole(1, 40)], dice.anything());
  return [
    f32(shape),
    f32(shape),
    ...slots.map((fill) => f32(shape, fill)),
    ...Array.from({ length: scalars }, () => f32([], "positive")),
  ];
}

/** How a case of each kind is made. */
export const makers: Readonly<Record<string, Maker>> = {
  Add: binary,
  Multiply: binary,
  Reshape: (dice, kind) => {
    const shape = dice.anything();
    return one(kind, [f32(shape)], {
      shape: dice.of(shape.toReversed(), [shape.reduce((a, b) => a * b, 1)]),
    });
  },
  "lerac.Relu": unary,
  "lerac.ReluGrad": (dice, kind) => {
    const shape = dice.anything();
    return one(kind, [f32(shape), f32(shape, "tied")]);
  },
  "lerac.Activation": (dice, kind) =>
    one(kind, [f32(dice.anything())], { curve: dice.of(...curves), parameter: dice.of(0.1, 1) }),
  "lerac.ActivationGrad": (dice, kind) => {
    const shape = dice.anything();
    return one(kind, [f32(shape), f32(shape)], { curve: dice.of(...curves), parameter: dice.of(0.1, 1) });
  },
  "lerac.Prelu": (dice, kind) => {
    const shape = dice.anything();
    return one(kind, [f32(shape, "tied"), f32(dice.of(shape.slice(-1), [1]))]);
  },
  "lerac.PreluGrad": (dice, kind) => {
    const shape = dice.anything();
    return one(kind, [f32(shape), f32(shape, "tied"), f32(dice.of(shape.slice(-1), [1]))]);
  },
  "lerac.Linear": (dice, kind) => {
    const [[batch, features], units] = [rows(dice), dice.channels()];
    return one(kind, [f32([batch, features]), f32([features, units]), ...dice.of([], [f32([units])])]);
  },
  "lerac.LinearInputGrad": (dice, kind) => {
    const [[batch, features], units] = [rows(dice), dice.channels()];
    return one(kind, [f32([batch, units]), f32([features, units])]);
  },
  "lerac.LinearWeightGrad": (dice, kind) => {
    const [[batch, features], units] = [rows(dice), dice.channels()];
    return one(kind, [f32([batch, features]), f32([batch, units])]);
  },
  "lerac.SumByChannel": unary,
  "lerac.Conv2d": (dice, kind) => {
    const { x, kernel, attributes } = conv(dice);
    return one(kind, [f32(x), f32(kernel), ...dice.of([], [f32(kernel.slice(-1))])], attributes);
  },
  "lerac.Conv2dInputGrad": (dice, kind) => {
    const { y, kernel, attributes, size } = conv(dice);
    return one(kind, [f32(y), f32(kernel)], { ...attributes, size });
  },
  "lerac.Conv2dFilterGrad": (dice, kind) => {
    const { x, y, kernel, attributes } = conv(dice);
    return one(kind, [f32(y), f32(x), f32(kernel)], attributes);
  },
  "lerac.MaxPool": (dice, kind) => {
    const { image, attributes } = pool(dice);
    return one(kind, [f32(image, dice.of("signed", "tied"))], attributes);
  },
  "lerac.MaxPoolGrad": (dice, kind) => {
    const { image, attributes } = pool(dice);
    const y = kinds.get("lerac.MaxPool")?.infer([f32(image)], attributes)[0]?.shape ?? [];
    return {
      given: [f32(image, dice.of("signed", "tied")), f32(y)],
      ops: [
        { kind: "lerac.MaxPool", operands: [0], attributes },
        { kind, operands: [1, 0, 2], attributes },
      ],
    };
  },
  "lerac.AvgPool": (dice, kind) => {
    const { image, attributes } = pool(dice);
    return one(kind, [f32(image)], attributes);
  },
  "lerac.AvgPoolGrad": (dice, kind) => {
    const { image, attributes } = pool(dice);
    const y = kinds.get("lerac.AvgPool")?.infer([f32(image)], attributes)[0]?.shape ?? [];
    return one(kind, [f32(y)], { ...attributes, extent: image.slice(1, 3) });
  },
  "lerac.BatchNorm": (dice, kind) => {
    const { shape, channels, eps } = normalised(dice);
    return one(kind, [f32(shape), f32(channels), f32(channels)], { eps });
  },
  "lerac.BatchNormGrad": (dice, kind) => {
    const { shape, channels, eps } = normalised(dice);
    return {
      given: [f32(shape), f32(channels), f32(channels), f32(shape)],
      ops: [
        { kind: "lerac.BatchNorm", operands: [0, 1, 2], attributes: { eps } },
        { kind, operands: [3, 5, 6, 1], attributes: {} },
      ],
    };
  },
  "lerac.BatchNormWith": (dice, kind) => {
    const { shape, channels, eps } = normalised(dice);
    const statistics = [f32(channels), f32(channels, "positive")];
    return one(kind, [f32(shape), f32(channels), f32(channels), ...statistics], { eps });
  },
  "lerac.BatchNormWithGrad": (dice, kind) => {
    const { shape, channels, eps } = normalised(dice);
    return {
      given: [f32(shape), f32(channels), f32(channels), f32(channels), f32(channels, "positive"), f32(shape)],
      ops: [
        { kind: "lerac.BatchNormWith", operands: [0, 1, 2, 3, 4], attributes: { eps } },
        { kind, operands: [5, 7, 8, 1], attributes: {} },
      ],
    };
  },
  "lerac.Moved": (dice, kind) => {
    const shape = [dice.channels()];
    return one(kind, [f32(shape), f32(shape)], { keep: 0.9, take: 0.1 });
  },
  "lerac.UnitRows": (dice, kind) =>
    one(kind, [f32(rows(dice))], { eps: 1e-5, centred: dice.of(true, false) }),
  "lerac.UnitRowsGrad": (dice, kind) => {
    const [[count, width], centred] = [rows(dice), dice.of(true, false)];
    return {
      given: [f32([count, width]), f32([count, width])],
      ops: [
        { kind: "lerac.UnitRows", operands: [0], attributes: { eps: 1e-5, centred } },
        { kind, operands: [1, 2, 3], attributes: { centred } },
      ],
    };
  },
  "lerac.Transpose": (dice, kind) => {
    const axes = dice.of([0, 3, 1, 2], [3, 2, 1, 0], [1, 0, 2, 3], [0, 2, 1, 3]);
    return one(kind, [f32(dice.image())], { axes });
  },
  "lerac.Concat": (dice, kind) => {
    const [shape, axis] = [dice.image(), dice.whole(0, 3)];
    const others = Array.from({ length: dice.whole(0, 2) }, () => f32(shape.with(axis, dice.of(1, 8, 16))));
    return one(kind, [f32(shape), ...others], { axis });
  },
  "lerac.Pad": (dice, kind) => {
    const margins = () => Array.from({ length: 4 }, () => dice.whole(0, 2));
    return one(kind, [f32(dice.image())], { before: margins(), after: margins(), value: dice.of(0, -1.5) });
  },
  "lerac.Slice": (dice, kind) => {
    const shape = dice.of<number[]>([2, 5, 4, 48], dice.image());
    const start = shape.map((extent, axis) =>
      axis === 3 ? dice.of(0, 8, 16) % extent : dice.whole(0, extent - 1),
    );
    const size = shape.map((extent, axis) => {
      const left = extent - (start[axis] ?? 0);
      return axis === 3 ? dice.of(left, Math.min(left, 16)) : dice.whole(1, left);
    });
    return one(kind, [f32(shape)], { start, size });
  },
  "lerac.Split": (dice, kind) => {
    const [shape, axis] = [dice.image(), dice.whole(0, 3)];
    const sizes = Array.from({ length: dice.whole(1, 4) }, () => dice.whole(1, 9));
    const whole = shape.with(
      axis,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    return one(kind, [f32(whole)], { axis, sizes });
  },
  "lerac.SumOver": (dice, kind) => one(kind, [f32(dice.image())], { axes: dice.of([1, 2], [0], [3], [1]) }),
  "lerac.SoftmaxCrossEntropy": (dice, kind) => {
    const shape = rows(dice);
    const weights = dice.of(
      [],
      Array.from({ length: shape[1] }, (_, i) => 0.5 + i),
    );
    const given = [f32(shape), labels(shape), ...dice.of([], [f32([shape[0]], "positive")])];
    return one(kind, given, { smoothing: dice.of(0, 0.1), weights });
  },
  "lerac.ErrorLoss": (dice, kind) =>
    withTruth(dice, kind, (shape) => f32(shape), {
      curve: dice.of("square", "absolute", "huber"),
      delta: 0.5,
      scale: dice.of(1, 2),
    }),
  "lerac.BinaryCrossEntropy": (dice, kind) => withTruth(dice, kind, labels, {}),
  "lerac.StepKeys": (dice, kind) =>
    one(kind, [
      { dtype: "uint32", shape: [dice.whole(1, 9), 2], fill: { below: 2 ** 32 } },
      count(dice.whole(0, 1_000_000)),
    ]),
  "lerac.DropoutMask": (dice, kind) => {
    const sites = dice.whole(1, 4);
    const shape = dice.of<number[]>(dice.anything(), [dice.whole(4095, 4097), 2], [3, 5000]);
    return one(kind, [{ dtype: "uint32", shape: [sites, 2], fill: { below: 2 ** 32 } }], {
      site: dice.whole(0, sites - 1),
      threshold: dice.whole(0, 65535),
      scale: 1.25,
      shape,
    });
  },
  "lerac.PlainSgdUpdate": (dice, kind) => one(kind, updated(dice, [], 1), { decay: dice.of(0, 0.01) }),
  "lerac.SgdUpdate": (dice, kind) =>
    one(kind, updated(dice, ["signed"], 1), {
      momentum: 0.9,
      nesterov: dice.of(true, false),
      decay: dice.of(0, 0.01),
    }),
  "lerac.AdamUpdate": (dice, kind) =>
    one(kind, updated(dice, ["signed", "positive"], 3), {
      ...rates,
      decay: dice.of(0, 0.01),
      decoupled: dice.of(true, false),
    }),
  "lerac.AdamaxUpdate": (dice, kind) =>
    one(kind, updated(dice, ["signed", "positive"], 2), { ...rates, decay: dice.of(0, 0.01) }),
  "lerac.PlanRow": (dice, kind) => {
    const [length, columns, base] = [dice.whole(1, 9), dice.whole(1, 5), dice.whole(0, 9000)];
    return one(kind, [f32([length, columns]), count(base + dice.whole(0, length - 1)), count(base)]);
  },
  "lerac.Column": (dice, kind) => {
    const columns = dice.whole(1, 9);
    return one(kind, [f32([columns])], { column: dice.whole(0, columns - 1) });
  },
  "lerac.Advance": (dice, kind) => one(kind, [count(dice.whole(0, 2 ** 30))]),
  "lerac.SumSquares": (dice, kind) =>
    one(
      kind,
      Array.from({ length: dice.whole(1, 4) }, () => f32(dice.anything())),
    ),
  "lerac.ClipFactor": (dice, kind) => one(kind, [f32([], "positive")], { limit: dice.of(0.01, 10) }),
  "lerac.ClipValue": (dice, kind) => one(kind, [f32(dice.anything())], { limit: dice.of(0.1, 0.9) }),
  "lerac.Row": (dice, kind) => one(kind, new Array(dice.whole(1, 9)).fill(f32([]))),
};
