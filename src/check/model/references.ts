import { suggest } from "../../base/suggest.js";
import { error, spanText } from "../../diagnostics/index.js";
import { shapeText } from "../../language/operators/index.js";
import type { PathExpression } from "../../syntax/index.js";
import type { Reporter } from "../reporter.js";
import type { Value } from "../values.js";
import { type BodyState, visibleNames } from "./body-state.js";
import type { Stream } from "./checked-model.js";

/** Words that ask for a size: `in.channels`. */
export const axisWords: readonly string[] = [
  "height",
  "width",
  "channels",
  "bands",
  "frames",
  "length",
  "samples",
];

/** The streams that `from` names, in order; null after a reported fault. */
export function resolveFrom(
  paths: readonly PathExpression[],
  state: BodyState,
  outputs: ReadonlyMap<string, readonly Stream[]>,
  reporter: Reporter,
): readonly Stream[] | null {
  const streams: Stream[] = [];
  for (const path of paths) {
    const found = resolvePath(path, state, outputs);
    if (found === null) {
      reporter.report(unknownAddress(path, state));
      return null;
    }
    streams.push(...found);
  }
  return streams;
}

function unknownAddress(path: PathExpression, state: BodyState) {
  const written = spanText(path.span);
  const [first] = path.segments;
  const name = first?.kind === "name" ? first.text : written;
  if (name === state.group.label) {
    return error("L0222", `\`${name}\` is not finished here: it is the group at hand`, {
      at: { span: path.span, text: "takes its own output" },
      helps: ["a graph has no cycles: take a group above this one"],
    });
  }
  const visible = visibleNames(state);
  const near = suggest(name, visible);
  return error("L0222", `there is no group called \`${written}\` above`, {
    at: { span: path.span, text: "names nothing that is finished here" },
    notes: near.length > 0 || visible.length === 0 ? [] : [`groups above are ${visible.join(", ")}`],
    helps: near.slice(0, 1).map((n) => `did you mean \`${n}\`?`),
  });
}

function resolvePath(
  path: PathExpression,
  state: BodyState,
  outputs: ReadonlyMap<string, readonly Stream[]>,
): readonly Stream[] | null {
  const [first, ...rest] = path.segments;
  if (first?.kind !== "name") return null;
  if (first.text === "in") return rest.length === 0 ? state.entered : null;
  for (let body: BodyState | null = state; body !== null; body = body.outer) {
    const streams = body.finished.get(first.text);
    if (streams === undefined) continue;
    if (rest.length === 0) return streams;
    const parts = rest.map((segment) =>
      segment.kind === "name" ? segment.text : segment.kind === "index" ? `${segment.index}` : null,
    );
    const address = body.addresses.get(first.text);
    if (address === undefined || parts.includes(null)) return null;
    return outputs.get([address, ...parts].join(".")) ?? null;
  }
  return null;
}

/** `ADDRESS.AXIS`: undefined where the path is no such query, null after a reported fault. */
export function queryAxis(
  path: PathExpression,
  state: BodyState,
  outputs: ReadonlyMap<string, readonly Stream[]>,
  reporter: Reporter,
): Value | null | undefined {
  const last = path.segments[path.segments.length - 1];
  if (path.segments.length < 2 || last?.kind !== "name" || !axisWords.includes(last.text)) return undefined;
  const owner = { ...path, segments: path.segments.slice(0, -1) };
  const streams = resolvePath(owner, state, outputs);
  const [stream, ...others] = streams ?? [];
  if (stream === undefined) {
    reporter.report(unknownAddress(owner, state));
    return null;
  }
  const size = others.length > 0 ? undefined : axisSize(last.text, stream.shape);
  if (size === undefined) {
    const what = others.length > 0 ? `${others.length + 1} tensors` : `shape ${shapeText(stream.shape)}`;
    reporter.report(
      error("L0226", `there is no \`${last.text}\` here`, { at: { span: path.span, text: `${what} here` } }),
    );
    return null;
  }
  return { type: "number", value: size, unit: null };
}

function axisSize(axis: string, shape: readonly number[]): number | undefined {
  switch (axis) {
    case "channels":
      return shape[shape.length - 1];
    case "height":
    case "bands":
      return shape.length === 3 ? shape[0] : undefined;
    case "width":
    case "frames":
      return shape.length === 3 ? shape[1] : undefined;
    default:
      return shape.length < 3 ? shape[0] : undefined;
  }
}
