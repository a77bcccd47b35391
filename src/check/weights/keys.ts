import { error, type Span } from "../../diagnostics/index.js";
import type { CheckedModel } from "../model/index.js";
import type { Reporter } from "../reporter.js";
import type { Layout, NameMap, NameRule } from "./name-map.js";

/** A tensor of the model and the key it is read from. */
export interface TensorKey {
  readonly address: string;
  readonly key: string;
}

/** A tensor below an address: the parts of its name seen from there. */
interface Below {
  readonly address: string;
  readonly parts: readonly string[];
  readonly trainable: boolean;
}

/**
 * Which key every tensor below `address` is read from: its address seen from there, or what the map makes of that.
 * Null after reported faults: a tensor without a key, a line of the map that matches nothing, two tensors with one key.
 */
export function tensorKeys(
  model: CheckedModel,
  address: string,
  names: NameMap | null,
  layout: Layout,
  span: Span,
  reporter: Reporter,
): readonly TensorKey[] | null {
  const tensors = tensorsBelow(model, address);
  const used = new Set<NameRule>();
  const keys: TensorKey[] = [];
  const left: string[] = [];
  for (const tensor of tensors) {
    const rule = names === null ? null : bestRule(tensor.parts, names.rules);
    if (names !== null && rule === null) {
      left.push(tensor.address);
      continue;
    }
    if (rule !== null) used.add(rule);
    const parts = layout === "torch" ? torchParts(tensor) : tensor.parts;
    keys.push({ address: tensor.address, key: rule === null ? parts.join(".") : applyRule(rule, parts) });
  }
  if (names === null) return keys;
  const [first, ...others] = left;
  if (first !== undefined) {
    reporter.report(
      error("L0531", `\`${names.name}\` does not say where \`${first}\` lies in the file`, {
        at: { span, text: "has tensors without a key" },
        notes: others.length === 0 ? [] : [`nor ${others.length} more, such as \`${others[0]}\``],
        helps: [`add a line such as \`map  ${ownerOf(first, address)} -> "KEY"\``],
      }),
    );
    return null;
  }
  return unusedRules(names, used, address, reporter) || sharedKeys(keys, span, reporter) ? null : keys;
}

function unusedRules(
  names: NameMap,
  used: ReadonlySet<NameRule>,
  address: string,
  reporter: Reporter,
): boolean {
  const unused = names.rules.filter((rule) => !used.has(rule));
  for (const rule of unused) {
    reporter.report(
      error("L0532", `\`${rule.ours.join(".")}\` names no tensor below \`${address}\``, {
        at: { span: rule.span, text: "matches nothing, or only what a longer line matches" },
      }),
    );
  }
  return unused.length > 0;
}

function sharedKeys(keys: readonly TensorKey[], span: Span, reporter: Reporter): boolean {
  const owners = new Map<string, string>();
  for (const { address, key } of keys) {
    const first = owners.get(key);
    if (first !== undefined) {
      reporter.report(
        error("L0533", `\`${first}\` and \`${address}\` would be read from one key`, {
          at: { span, text: `both from \`${key}\`` },
        }),
      );
      return true;
    }
    owners.set(key, address);
  }
  return false;
}

function tensorsBelow(model: CheckedModel, address: string): Below[] {
  return model.layers.flatMap((layer) =>
    layer.tensors.flatMap((tensor) => {
      const full = `${layer.address}.${tensor.name}`;
      if (!full.startsWith(`${address}.`)) return [];
      const parts = full.slice(address.length + 1).split(".");
      return [{ address: full, parts, trainable: tensor.trainable }];
    }),
  );
}

/** The longest line that matches the beginning of a tensor's name. */
function bestRule(parts: readonly string[], rules: readonly NameRule[]): NameRule | null {
  let best: NameRule | null = null;
  for (const rule of rules) {
    const matches = rule.ours.every((part, i) => part === "*" || part === parts[i]);
    if (matches && rule.ours.length <= parts.length && rule.ours.length > (best?.ours.length ?? 0))
      best = rule;
  }
  return best;
}

function applyRule(rule: NameRule, parts: readonly string[]): string {
  const stars = parts.filter((_, i) => rule.ours[i] === "*");
  let next = 0;
  const key = rule.theirs.replace(/\*/g, () => stars[next++] ?? "");
  return [key, ...parts.slice(rule.ours.length)].join(".");
}

const torchStatistics: Readonly<Record<string, string>> = { mean: "running_mean", variance: "running_var" };

/** PyTorch calls the running statistics of a norm otherwise. */
function torchParts({ parts, trainable }: Below): readonly string[] {
  const last = parts[parts.length - 1];
  const theirs = last === undefined || trainable ? undefined : torchStatistics[last];
  return theirs === undefined ? parts : [...parts.slice(0, -1), theirs];
}

/** `layers.*.norm` of `encoder.layers.0.norm.weight`, seen from `encoder`. */
function ownerOf(tensor: string, address: string): string {
  const parts = tensor.slice(address.length + 1).split(".");
  return (parts.length > 1 ? parts.slice(0, -1) : parts)
    .map((part) => (/^\d+$/.test(part) ? "*" : part))
    .join(".");
}
