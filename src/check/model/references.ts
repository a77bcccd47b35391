import { suggest } from "../../base/suggest.js";
import { error, spanText } from "../../diagnostics/index.js";
import { axisIndex } from "../../language/operators/axes.js";
import { shapeText } from "../../language/operators/index.js";
import type { PathExpression, Segment } from "../../syntax/index.js";
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
      if (!hadFault(path, state)) reporter.report(unknownAddress(path, state, outputs));
      return null;
    }
    streams.push(...found);
  }
  return streams;
}

/** A label above whose group gives nothing: what was wrong with it was reported. */
function hadFault(path: PathExpression, state: BodyState): boolean {
  const [first] = path.segments;
  if (first?.kind !== "name") return false;
  for (let body: BodyState | null = state; body !== null; body = body.outer) {
    if (body.finished.has(first.text)) return false;
    if (body.failed.has(first.text)) return true;
  }
  return false;
}

function unknownAddress(
  path: PathExpression,
  state: BodyState,
  outputs: ReadonlyMap<string, readonly Stream[]>,
) {
  const written = spanText(path.span);
  const [first] = path.segments;
  const name = first?.kind === "name" ? first.text : written;
  if (name === state.group.label) {
    return error("L0222", `\`${name}\` is not finished here: it is the group at hand`, {
      at: { span: path.span, text: "takes its own output" },
      helps: ["a graph has no cycles: take a group above this one"],
    });
  }
  const below = namesBelow(name, state, outputs);
  const visible = below ?? visibleNames(state);
  const near = suggest(written, visible);
  const known = visible.slice(0, 12).join(", ");
  const [message, note] =
    below === null
      ? [`there is no group called \`${written}\` above`, `groups above are ${known}`]
      : [`\`${name}\` has no part \`${written}\``, `its parts are ${known}`];
  return error("L0222", message, {
    at: { span: path.span, text: "names nothing that is finished here" },
    notes: near.length > 0 || visible.length === 0 ? [] : [visible.length > 12 ? `${note}, …` : note],
    helps: near.slice(0, 1).map((n) => ({
      text: `did you mean \`${n}\`?`,
      edits: [{ span: path.span, replacement: n }],
    })),
  });
}

/** What can be named below a finished group, as a path from here; null where the name is none. */
function namesBelow(
  name: string,
  state: BodyState,
  outputs: ReadonlyMap<string, readonly Stream[]>,
): string[] | null {
  for (let body: BodyState | null = state; body !== null; body = body.outer) {
    const streams = body.finished.get(name);
    if (streams === undefined) continue;
    const address = body.addresses.get(name);
    const layers = [...outputs.keys()].filter((key) => key.startsWith(`${address}.`));
    const parts = layers.map((key) => `${name}${key.slice(address?.length ?? 0)}`);
    return [
      ...streams.flatMap((stream) => (stream.name === undefined ? [] : `${name}.${stream.name}`)),
      ...parts,
    ];
  }
  return null;
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
    const parts = rest.map(segmentText);
    const address = body.addresses.get(first.text);
    if (address === undefined || parts.includes(null)) return null;
    return outputs.get([address, ...parts].join(".")) ?? namedStream(streams, address, parts, outputs);
  }
  return null;
}

function segmentText(segment: Segment): string | null {
  if (segment.kind === "name") return segment.text;
  return segment.kind === "index" ? `${segment.index}` : null;
}

/** One of several streams by the name that `return` gave it: `layers.token`. */
function namedStream(
  group: readonly Stream[],
  address: string,
  parts: readonly (string | null)[],
  outputs: ReadonlyMap<string, readonly Stream[]>,
): readonly Stream[] | null {
  const name = parts[parts.length - 1];
  const owner = parts.slice(0, -1);
  const streams = owner.length === 0 ? group : outputs.get([address, ...owner].join("."));
  const found = streams?.filter((stream) => stream.name === name);
  return found?.length === 1 ? found : null;
}

/** `ADDRESS.AXIS`: undefined where the path is no such query, null after a reported fault. */
export function queryAxis(
  path: PathExpression,
  state: BodyState,
  outputs: ReadonlyMap<string, readonly Stream[]>,
  reporter: Reporter,
): Value | null | undefined {
  const last = path.segments[path.segments.length - 1];
  if (path.segments.length < 2 || last?.kind !== "name") return undefined;
  if (!axisWords.includes(last.text)) return misspeltAxis(last, reporter);
  const owner = { ...path, segments: path.segments.slice(0, -1) };
  const streams = resolvePath(owner, state, outputs);
  const [stream, ...others] = streams ?? [];
  if (stream === undefined) {
    if (!hadFault(owner, state)) reporter.report(unknownAddress(owner, state, outputs));
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

/** `in.chanels`: null when it was reported, undefined where it is no such slip. */
function misspeltAxis(last: Segment, reporter: Reporter): null | undefined {
  const [near] = last.kind === "name" ? suggest(last.text, axisWords) : [];
  if (near === undefined) return undefined;
  reporter.report(
    error("L0226", `there is no size called \`${spanText(last.span)}\``, {
      at: { span: last.span, text: "not a word for a size" },
      helps: [{ text: `did you mean \`${near}\`?`, edits: [{ span: last.span, replacement: near }] }],
    }),
  );
  return null;
}

function axisSize(axis: string, shape: readonly number[]): number | undefined {
  // A waveform is a row of numbers: its samples lie where others have channels.
  const index = axis === "samples" ? (shape.length === 1 ? 0 : null) : axisIndex(axis, shape);
  return index === null ? undefined : shape[index];
}
