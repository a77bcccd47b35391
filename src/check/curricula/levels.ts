import { suggest } from "../../base/suggest.js";
import { error, type Span, spanText } from "../../diagnostics/index.js";
import type { PathExpression } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { CheckedModel } from "../model/index.js";
import type { Reporter } from "../reporter.js";
import { type AddressNode, covering, matches } from "./address-tree.js";
import type { Selector } from "./checked-curriculum.js";
import { hasWildcard, selectorText } from "./selectors.js";

/** Most levels after expansion. */
export const maximumLevels = 4096;

/** A level before anything of it is held. */
export interface DraftLevel {
  readonly address: string;
  readonly tensors: readonly string[];
  /** Where it was written; null for a default. */
  readonly span: Span | null;
}

/** The default: one level a labelled top-level layer, an iteration of a top-level `repeat` counting as one. */
export function defaultLevels(model: CheckedModel): DraftLevel[] {
  const groups = new Map<string, string[]>();
  for (const layer of model.layers) {
    for (const { name, trainable } of layer.tensors) {
      if (!trainable) continue;
      const group = groups.get(layer.group);
      const tensor = `${layer.address}.${name}`;
      if (group === undefined) groups.set(layer.group, [tensor]);
      else group.push(tensor);
    }
  }
  return [...groups].map(([address, tensors]) => ({ address, tensors, span: null }));
}

/** What a list of selectors is held against. */
export interface SelectionContext {
  readonly model: CheckedModel;
  readonly root: AddressNode;
  readonly evaluator: Evaluator;
  readonly reporter: Reporter;
}

/**
 * The levels that are written out: every trainable tensor in exactly one, those of `excepted` (held or frozen for good)
 * in at most one. Null after reported faults.
 */
export function writtenLevels(
  levels: { readonly items: readonly Selector[]; readonly span: Span },
  excepted: ReadonlySet<string>,
  context: SelectionContext,
): DraftLevel[] | null {
  const { root, reporter } = context;
  const drafts: DraftLevel[] = [];
  const unmatched: PathExpression[] = [];
  const claimed = new Map<string, Span>();
  let sound = true;
  for (const item of levels.items) {
    const parts: DraftLevel[] = [];
    for (const path of item.paths) {
      const found = matches(root, path, context.evaluator);
      if (found === null) sound = false;
      else if (found.length === 0) unmatched.push(path);
      else if (!claim(found, path, claimed, reporter)) sound = false;
      for (const at of found ?? []) parts.push({ address: at.address, tensors: at.tensors, span: path.span });
    }
    if (item.isGroup || item.paths.some((path) => !hasWildcard(path))) {
      const tensors = parts.flatMap((part) => part.tensors);
      if (tensors.length > 0) drafts.push({ address: selectorText(item), tensors, span: item.span });
    } else drafts.push(...parts);
  }
  const left = new Set(root.tensors.filter((tensor) => !claimed.has(tensor) && !excepted.has(tensor)));
  const leftover = covering(root, left);
  unmatched.forEach((path, i) => {
    reporter.report(unmatchedPath(path, context, i === 0 ? leftover : [], claimed));
  });
  if (unmatched.length > 0 || !sound) return null;
  if (leftover.length > 0) {
    reporter.report(leftOver(leftover, levels.span));
    return null;
  }
  if (drafts.length <= maximumLevels) return drafts;
  reporter.report(
    error("L0410", `${drafts.length} levels; the limit is ${maximumLevels}`, {
      at: { span: levels.span, text: "each match of a wildcard is a level" },
      helps: ["put several into one parenthesis: `(a, b)` is one level"],
    }),
  );
  return null;
}

/** Whether nothing of these addresses was claimed before; then it is, by this path. */
function claim(
  found: readonly AddressNode[],
  path: PathExpression,
  claimed: Map<string, Span>,
  reporter: Reporter,
): boolean {
  let sound = true;
  for (const at of found) {
    const twice = at.tensors.find((tensor) => claimed.has(tensor));
    const first = twice === undefined ? undefined : claimed.get(twice);
    if (first !== undefined && sound) {
      sound = false;
      reporter.report(claimedTwice(at.address, path.span, first, "two levels"));
    }
    for (const tensor of at.tensors) if (!claimed.has(tensor)) claimed.set(tensor, path.span);
  }
  return sound;
}

export function claimedTwice(address: string, second: Span, first: Span, where: string) {
  return error("L0406", `\`${address}\` is in ${where}`, {
    at: { span: second, text: "claims it again" },
    secondary: [{ span: first, text: "claims it first" }],
    notes: ["every trainable tensor has one rate"],
  });
}

/** A path that matches nothing with something to train. */
export function unmatchedPath(
  path: PathExpression,
  context: SelectionContext,
  leftover: readonly string[],
  claimed: ReadonlyMap<string, Span> = new Map(),
) {
  const written = spanText(path.span);
  const { model, root } = context;
  const isThere = model.layers.some(
    (layer) => layer.address === written || layer.address.startsWith(`${written}.`),
  );
  if (isThere) {
    return error("L0403", `\`${written}\` of \`${model.name}\` has nothing to train`, {
      at: { span: path.span, text: "has no trainable tensor" },
      helps: ["leave it out: only what is trained has a rate"],
    });
  }
  const likely = instead(path, root, leftover);
  // One that is in a level already would only be claimed twice.
  const names = likely.filter((name) => !nodeAt(root, name)?.tensors.some((tensor) => claimed.has(tensor)));
  const [taken] = names.length === 0 ? likely : [];
  return error("L0403", `\`${written}\` names no layer of \`${model.name}\``, {
    at: { span: path.span, text: "matches nothing" },
    notes: leftover.length === 0 ? [] : [inNoLevel(leftover)],
    helps: [
      taken !== undefined
        ? `leave it out: \`${taken}\` is in a level already, with all below it`
        : names.length === 0
          ? `all addresses: lerac plan ${path.span.source.name}`
          : {
              text: `did you mean \`${names.join(", ")}\`?  All: lerac plan ${path.span.source.name}`,
              edits: [{ span: path.span, replacement: names.join(", ") }],
            },
    ],
  });
}

/** What may have been meant: the same path, its first wrong name replaced by one like it. */
function instead(path: PathExpression, root: AddressNode, leftover: readonly string[]): string[] {
  const parts = path.segments.map((segment) => spanText(segment.span));
  let at: AddressNode | undefined = root;
  for (const [i, part] of parts.entries()) {
    const next: AddressNode | undefined = at?.children.get(part);
    if (next !== undefined) {
      at = next;
      continue;
    }
    const segment = path.segments[i];
    if (at === undefined || segment?.kind !== "name") return [];
    const before = parts.slice(0, i);
    // `conv1.conv2d`: a label is the address of its own layer.
    if (
      i === parts.length - 1 &&
      i > 0 &&
      at.tensors.length > 0 &&
      suggest(part, at.children.keys()).length === 0
    )
      return [before.join(".")];
    const isLeft = (name: string) => leftover.includes([...before, name].join("."));
    const names = [...at.children.keys()];
    // What is in no level yet is what a level was meant for.
    const left = suggest(part, names.filter(isLeft));
    const likely = left.length > 0 ? left : suggest(part, names).slice(0, 1);
    return likely.map((name) => [...before, name, ...parts.slice(i + 1)].join("."));
  }
  return [];
}

function nodeAt(root: AddressNode, address: string): AddressNode | undefined {
  return address.split(".").reduce<AddressNode | undefined>((node, part) => node?.children.get(part), root);
}

function leftOver(leftover: readonly string[], span: Span) {
  return error("L0405", inNoLevel(leftover), {
    at: { span, text: "every trainable tensor must be in one" },
    helps: [`add \`${leftover.slice(0, 3).join(", ")}\` where its rate belongs, or \`freeze\` it`],
  });
}

/** "`layer3` and `layer4` are in no level", without quotes so that lists stay readable. */
function inNoLevel(addresses: readonly string[]): string {
  const shown = addresses.slice(0, 4);
  const more = addresses.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  const last = all[all.length - 1] ?? "";
  const text = all.length === 1 ? last : `${all.slice(0, -1).join(", ")} and ${last}`;
  return `${text} ${all.length === 1 ? "is" : "are"} in no level`;
}
