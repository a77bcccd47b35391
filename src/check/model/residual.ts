import { invariant } from "../../base/invariant.js";
import { error, type Span } from "../../diagnostics/index.js";
import { operators, type Shape, shapeText } from "../../language/operators/index.js";
import type { CallExpression, ResidualLayer } from "../../syntax/index.js";
import { expandBody } from "./body.js";
import { type BodyState, join, unlabelledAddress } from "./body-state.js";
import type { Stream } from "./checked-model.js";
import type { Expansion } from "./expansion.js";
import { expandOperator } from "./operator-call.js";
import { nestedBody } from "./statement.js";

/** `residual { … }`: the sum of its body's output and its input, or of the shortcut's output where there is one. */
export function expandResidual(
  expansion: Expansion,
  layer: ResidualLayer,
  labelled: boolean,
  state: BodyState,
  streams: readonly Stream[] | null,
  level: string | null,
): readonly Stream[] | null {
  if (streams === null) return null;
  const inner = nestedBody(state, labelled, streams, level);
  const output = expandBody(expansion, layer.body, inner, streams);
  const shortcut = expandShortcut(expansion, layer, labelled, state, inner, streams);
  if (output === null || shortcut === null) return null;
  const [a, ...moreA] = output;
  const [b, ...moreB] = shortcut.streams;
  if (a === undefined || b === undefined || moreA.length > 0 || moreB.length > 0) {
    const message = "a `residual` adds one tensor to one tensor";
    return expansion.fault("L0235", message, layer.keyword, "given several");
  }
  if (shapeText(a.shape) !== shapeText(b.shape)) {
    expansion.reporter.report(unlikePaths(expansion, layer, a, b, shortcut.taken));
    return null;
  }
  const address = labelled ? state.group.address : unlabelledAddress(state.group, "residual");
  const call: CallExpression = {
    kind: "call",
    callee: [{ text: "add", span: layer.keyword }],
    arguments: [],
    span: layer.keyword,
  };
  const add = operators.get("add");
  invariant(add, "no operator `add`");
  return expandOperator(expansion, add, call, address, [a, b], state, level);
}

/** The other path: the shortcut's output where its condition holds, else what came in. */
function expandShortcut(
  expansion: Expansion,
  layer: ResidualLayer,
  labelled: boolean,
  state: BodyState,
  inner: BodyState,
  streams: readonly Stream[],
): { readonly streams: readonly Stream[]; readonly taken: boolean } | null {
  if (layer.shortcut === null) return { streams, taken: false };
  const { condition, body } = layer.shortcut;
  const holds = condition === null || expansion.evaluator({ ...state, entered: streams }).boolean(condition);
  if (holds === null) return null;
  if (!holds) return { streams, taken: false };
  const address = join(labelled ? state.group.address : state.address, "shortcut");
  const own: BodyState = {
    ...inner,
    outer: state,
    address,
    labels: new Map(),
    finished: new Map(),
    failed: new Set(),
    addresses: new Map(),
    group: { label: null, address, counts: new Map() },
  };
  const output = expandBody(expansion, body, own, streams);
  return output && { streams: output, taken: true };
}

function unlikePaths(
  expansion: Expansion,
  layer: ResidualLayer,
  a: Stream,
  b: Stream,
  shortcutTaken: boolean,
) {
  const { end } = layer.body.span;
  const brace = { ...layer.body.span, start: end - 1 };
  const help = layer.shortcut === null ? shortcutHelp(a.shape, b.shape) : null;
  return error("L0231", "the two paths of this `residual` have different shapes", {
    at: { span: layer.keyword, text: "adds both paths: they must agree in every size" },
    secondary: [
      { span: originOfShape(expansion, layer, a), text: `this path gives ${shapeText(a.shape)}` },
      shortcutTaken
        ? { span: b.span, text: `the shortcut gives ${shapeText(b.shape)}` }
        : { span: brace, text: `no \`shortcut\`: the other path stays ${shapeText(b.shape)}` },
    ],
    helps: help === null ? [] : [help],
  });
}

/**
 * Where a path got its shape: the layer of the body from which on it stays the same, and there the stride, where it is
 * what halves the size.
 */
function originOfShape({ layers }: Expansion, { body }: ResidualLayer, path: Stream): Span {
  const byAddress = new Map(layers.map((layer) => [layer.address, layer]));
  const shape = shapeText(path.shape);
  let origin = byAddress.get(path.from);
  for (;;) {
    const [input, ...others] = origin?.inputs ?? [];
    const before = input === undefined || others.length > 0 ? undefined : byAddress.get(input);
    if (before === undefined || shapeText(before.output) !== shape) break;
    origin = before;
  }
  if (origin === undefined) return path.span;
  const { source, start, end } = body.span;
  const inside = origin.span.source === source && origin.span.start >= start && origin.span.end <= end;
  if (!inside) return path.span;
  return (origin.args.stride !== 1 && origin.written.stride) || origin.span;
}

/** The 1x1 convolution that makes two image shapes agree, where one does. */
function shortcutHelp(output: Shape, input: Shape): string | null {
  const [height, , channels] = output;
  const [inputHeight] = input;
  if (output.length !== 3 || input.length !== 3) return null;
  if (height === undefined || channels === undefined || inputHeight === undefined) return null;
  const stride = Math.round(inputHeight / height);
  if (stride < 1) return null;
  const step = stride === 1 ? "" : `, stride: ${stride}`;
  return `add \`shortcut { conv2d(${channels}, 1${step}) }\` after the \`}\``;
}
