import type { Span } from "../../diagnostics/index.js";
import type { Environment } from "../environment.js";
import type { Module } from "../imports/module.js";
import type { Stream } from "./checked-model.js";

/** The labelled run of layers at hand, whose unlabelled ones share its address. */
export interface Group {
  readonly label: string | null;
  readonly address: string;
  /** How often a name was given to an unlabelled layer of the group. */
  readonly counts: Map<string, number>;
}

/** Where the expansion of a body stands. */
export interface BodyState {
  /** The file in which the body stands: where the names of blocks are sought. */
  readonly module: Module;
  /** A: what stands before every label; empty in a model. */
  readonly address: string;
  /** The body around, where `from` may look further; null at the braces of a block or model. */
  readonly outer: BodyState | null;
  /** Labels given so far, shared with transparent bodies below. */
  readonly labels: Map<string, Span>;
  /** Outputs that `from` can name: inputs by name, and finished groups. */
  readonly finished: Map<string, readonly Stream[]>;
  /** Labels of groups that had a fault and give nothing. */
  readonly failed: Set<string>;
  /** Addresses of the finished groups, for paths that reach into them. */
  readonly addresses: Map<string, string>;
  group: Group;
  /** `in`. */
  readonly entered: readonly Stream[];
  readonly environment: Environment;
  /** The level that everything here belongs to by default; null in the model's own body, whose labels decide. */
  readonly level: string | null;
}

export function join(address: string, part: string): string {
  return address === "" ? part : `${address}.${part}`;
}

/** The address of an unlabelled layer: the group's, then its name, numbered from the second on. */
export function unlabelledAddress(group: Group, name: string): string {
  const seen = group.counts.get(name) ?? 0;
  group.counts.set(name, seen + 1);
  return join(group.address, seen === 0 ? name : `${name}_${seen}`);
}

/** Every name that `from` can reach from here, innermost first. */
export function visibleNames(state: BodyState): string[] {
  const names = [...state.finished.keys(), ...state.failed];
  return state.outer === null ? names : [...names, ...visibleNames(state.outer)];
}

/** A body with braces and an address of its own. */
export function newBody(
  address: string,
  given: Pick<BodyState, "module" | "outer" | "entered" | "environment" | "level"> & {
    readonly finished?: ReadonlyMap<string, readonly Stream[]>;
  },
): BodyState {
  return {
    ...given,
    address,
    labels: new Map(),
    finished: new Map(given.finished ?? []),
    failed: new Set(),
    addresses: new Map(),
    group: { label: null, address, counts: new Map() },
  };
}
