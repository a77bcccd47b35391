import type { PathExpression, Segment } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { CheckedModel } from "../model/index.js";

/** An address of a model and everything to be trained at and below it. */
export interface AddressNode {
  readonly address: string;
  readonly parent: AddressNode | null;
  readonly children: Map<string, AddressNode>;
  /** Trainable tensors, in the order of the network. */
  readonly tensors: string[];
  /** Place of the first of them in the network. */
  readonly place: number;
}

/** Every address of a model at or below which there is something to train, by segments. */
export function addressTree(model: CheckedModel): AddressNode {
  const root = node("", null, 0);
  let place = 0;
  for (const layer of model.layers) {
    for (const tensor of layer.tensors) {
      if (!tensor.trainable) continue;
      const address = `${layer.address}.${tensor.name}`;
      let at = root;
      at.tensors.push(address);
      for (const part of address.split(".")) {
        at = childOf(at, part, place);
        at.tensors.push(address);
      }
      place++;
    }
  }
  return root;
}

function node(address: string, parent: AddressNode | null, place: number): AddressNode {
  return { address, parent, children: new Map(), tensors: [], place };
}

function childOf(parent: AddressNode, part: string, place: number): AddressNode {
  const known = parent.children.get(part);
  if (known !== undefined) return known;
  const address = parent.address === "" ? part : `${parent.address}.${part}`;
  const made = node(address, parent, place);
  parent.children.set(part, made);
  return made;
}

/**
 * The addresses that a path matches, in the order of the network; of nested ones the outermost. Null after a reported
 * fault.
 */
export function matches(root: AddressNode, path: PathExpression, evaluator: Evaluator): AddressNode[] | null {
  const tests: (Test | "any number")[] = [];
  for (const segment of path.segments) {
    const test = testOf(segment, evaluator);
    if (test === null) return null;
    tests.push(test);
  }
  const found = new Set<AddressNode>();
  const seen = new Map<AddressNode, Set<number>>();
  const visit = (at: AddressNode, i: number): void => {
    const before = seen.get(at) ?? new Set();
    if (before.has(i)) return;
    seen.set(at, before.add(i));
    const test = tests[i];
    if (test === undefined) {
      if (at !== root) found.add(at);
      return;
    }
    if (test === "any number") visit(at, i + 1);
    for (const [part, child] of at.children) {
      if (test === "any number") visit(child, i);
      else if (test(part)) visit(child, i + 1);
    }
  };
  visit(root, 0);
  return [...found].filter((at) => !isBelowAny(at, found)).sort((a, b) => a.place - b.place);
}

type Test = (part: string) => boolean;

function testOf(segment: Segment, evaluator: Evaluator): Test | "any number" | null {
  switch (segment.kind) {
    case "name":
      return (part) => part === segment.text;
    case "index":
      return (part) => part === `${segment.index}`;
    case "star":
      return () => true;
    case "doubleStar":
      return "any number";
    case "range": {
      const range = evaluator.evaluate(segment.range);
      if (range === null) return null;
      // Ranges include both ends.
      const [from, to] =
        range.type === "range"
          ? [range.from.value, range.to.value]
          : range.type === "number"
            ? [range.value, range.value]
            : [1, 0];
      return (part) => /^\d+$/.test(part) && Number(part) >= from && Number(part) <= to;
    }
  }
}

function isBelowAny(at: AddressNode, found: ReadonlySet<AddressNode>): boolean {
  for (let above = at.parent; above !== null; above = above.parent) if (found.has(above)) return true;
  return false;
}

/** The fewest addresses that stand for exactly these tensors. */
export function covering(root: AddressNode, tensors: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const visit = (at: AddressNode): void => {
    const inside = at.tensors.filter((tensor) => tensors.has(tensor)).length;
    if (inside === 0) return;
    if (inside === at.tensors.length && at !== root) found.push(at.address);
    else for (const child of at.children.values()) visit(child);
  };
  visit(root);
  return found;
}
