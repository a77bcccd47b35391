import { boolean, count, number, optional, word } from "../arguments.js";
import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { elements, type Misfit, operator, type Shape, shapeText, type TensorSpec } from "./operator.js";

export const entry = operator({
  name: "attention",
  summary:
    "Multi-head attention. One input attends to itself; with two, the first asks the second; with three they are the sources of queries, keys and values. Padded places are left out.",
  source: "Vaswani et al. 2017; PyTorch MultiheadAttention",
  inputs: { from: 1, to: 3 },
  initialisable: true,
  arguments: {
    heads: count("so many attentions side by side"),
    head_width: optional(count("numbers a head"), "channels / heads"),
    axis: axisWord("along which places attend to each other", "length"),
    qkv_bias: boolean("adds learned numbers to queries, keys and values", { default: true }),
    bias: boolean("adds learned numbers to the output", { default: true }),
    mask: word("`causal`: places see themselves and what lies before them", ["none", "causal"], {
      default: "none",
    }),
    scale: optional(
      number("factor of the products of queries and keys", { minimum: 0 }),
      "1 / sqrt(head_width)",
    ),
  },
  infer({ inputs: [query, second, third], args }) {
    const key = second ?? query;
    const value = third ?? key;
    const axis = query.length < 2 ? null : axisIndex(args.axis, query);
    if (axis === null || axis === query.length - 1) return noSuchAxis(args.axis, query);
    const misfit = sourcesMisfit(query, key, value, axis);
    if (misfit !== null) return misfit;
    const width = query[query.length - 1] ?? 1;
    const { heads } = args;
    if (args.head_width === null && width % heads !== 0) {
      return {
        code: "L0230",
        message: (layer) => `\`${layer}\` divides ${width} channels among ${heads} heads`,
        argument: "heads",
        label: `${width} is no multiple of ${heads}`,
        inputLabel: `gives ${shapeText(query)}`,
        helps: ["`head_width:` says how wide a head is, whatever the channels are"],
      };
    }
    const inner = heads * (args.head_width ?? width / heads);
    const projection = (name: string, from: number, to: number, bias: boolean): TensorSpec[] => [
      {
        name: `${name}.weight`,
        shape: [from, to],
        trainable: true,
        init: { kind: "random", fanIn: from, fanOut: to },
      },
      ...(bias
        ? [
            {
              name: `${name}.bias`,
              shape: [to],
              trainable: true,
              init: { kind: "constant" as const, value: 0 },
            },
          ]
        : []),
    ];
    const places = elements(query) * inner;
    const products = (elements(query) / width) * (key[axis] ?? 1) * inner;
    return {
      output: query,
      tensors: [
        ...projection("query", width, inner, args.qkv_bias),
        ...projection("key", key[key.length - 1] ?? 1, inner, args.qkv_bias),
        ...projection("value", value[value.length - 1] ?? 1, inner, args.qkv_bias),
        ...projection("out", inner, width, args.bias),
      ],
      multiplyAdds: 2 * places + (elements(key) + elements(value)) * inner + 2 * products,
      title: `attention ${heads} head${heads === 1 ? "" : "s"}`,
    };
  },
  forward(c, [x, second, third], args, { output }) {
    const key = second ?? x;
    const value = third ?? key;
    const project = (from: typeof x, name: string) =>
      c.linear(from, c.tensor(`${name}.weight`), args.qkv_bias ? c.tensor(`${name}.bias`) : null);
    const width = output[output.length - 1] ?? 1;
    const mixed = c.attention(project(x, "query"), project(key, "key"), project(value, "value"), {
      heads: args.heads,
      axis: axisIndex(args.axis, output) ?? 0,
      scale: args.scale ?? 1 / Math.sqrt(args.head_width ?? width / args.heads),
      causal: args.mask === "causal",
      lengthsOf: key,
    });
    return c.linear(mixed, c.tensor("out.weight"), args.bias ? c.tensor("out.bias") : null);
  },
});

/** Keys and values belong together place by place; beside the axis all three have equal sizes. */
function sourcesMisfit(query: Shape, key: Shape, value: Shape, axis: number): Misfit | null {
  const beside = (shape: Shape) => shapeText(shape.map((size, i) => (i === axis ? 0 : size)).slice(0, -1));
  const places = (shape: Shape) => shapeText(shape.slice(0, -1));
  const fits = beside(key) === beside(query) && places(value) === places(key);
  if (fits && key.length === query.length) return null;
  return {
    code: "L0231",
    message: (layer) =>
      `\`${layer}\` can't relate ${shapeText(query)}, ${shapeText(key)} and ${shapeText(value)}`,
    label: "keys and values must agree in every size but channels, and with queries beside the axis",
    inputLabel: `gives ${shapeText(query)}`,
  };
}
