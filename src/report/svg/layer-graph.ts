import { formatCount } from "../../base/format.js";
import type { LayerDocument, PlanDocument } from "../plan-document.js";
import { element, shortened, text, title } from "./element.js";
import type { Figure } from "./figure.js";

/** Nodes that are drawn at most; a larger model is drawn by groups. */
const maximumNodes = 60;
const rowHeight = 26;
const boxHeight = 20;
const top = 44;

interface Node {
  readonly address: string;
  readonly what: string;
  readonly output: string;
  parameters: number;
  readonly levels: Set<number>;
}

/**
 * The layers in their order, one a row, with an arc for every connection that is not to the row below. A model of many
 * layers is drawn by groups: all layers whose addresses begin alike are one node.
 */
export function layerGraph(plan: PlanDocument, width: number): Figure {
  const { nodes, edges, depth } = graphOf(plan.model.layers);
  const arcs = edges.filter(([from, to]) => to - from > 1);
  const lanes = assignLanes(arcs);
  const left = 24 + Math.max(0, ...lanes.map((lane) => lane + 1)) * 10;
  const middle = (row: number) => top + row * rowHeight + boxHeight / 2;
  const boxes = nodes.map((node, row) => nodeBox(node, left, top + row * rowHeight, width - left));
  const lines = edges
    .filter(([from, to]) => to - from === 1)
    .map(([from, to]) =>
      element("line", {
        x1: left + 14,
        x2: left + 14,
        y1: middle(from) + boxHeight / 2,
        y2: middle(to) - boxHeight / 2,
        class: "edge",
      }),
    );
  const curves = arcs.map(([from, to], i) => {
    const x = left - 10 - (lanes[i] ?? 0) * 10;
    const d = `M${left} ${middle(from) + 4}C${x} ${middle(from) + 4} ${x} ${middle(from) + 4} ${x} ${middle(from) + 14}V${middle(to) - 14}C${x} ${middle(to) - 4} ${x} ${middle(to) - 4} ${left} ${middle(to) - 4}`;
    return element("path", { d, class: "arc" }, title(`${nodes[from]?.address} to ${nodes[to]?.address}`));
  });
  const count = plan.model.layers.length;
  const by = depth === null ? "" : `, drawn by ${formatCount(nodes.length)} groups`;
  return {
    height: top + nodes.length * rowHeight + 8,
    body: [
      text(0, 16, `Layers of ${plan.model.name}`, { class: "heading" }),
      text(0, 34, `${formatCount(count)} layers${by}, ${formatCount(plan.model.parameters)} parameters`, {
        class: "dim",
      }),
      ...lines,
      ...curves,
      ...boxes,
    ],
  };
}

function nodeBox(node: Node, x: number, y: number, width: number): string {
  const levels = [...node.levels].sort((a, b) => a - b);
  const level =
    levels.length === 0
      ? ""
      : levels.length === 1
        ? `${levels[0]}`
        : `${levels[0]}-${levels[levels.length - 1]}`;
  const baseline = y + boxHeight / 2 + 4;
  const first = levels[0];
  return [
    element("rect", { x, y, width, height: boxHeight, rx: 3, class: "node" }),
    ...(first === undefined
      ? []
      : [element("rect", { x, y, width: 5, height: boxHeight, rx: 2, class: `bar${first - 1}` })]),
    text(x + 14, baseline, level, { class: "small dim" }),
    text(x + 50, baseline, shortened(node.address, 34)),
    text(x + width * 0.42, baseline, shortened(node.what, 24), { class: "dim" }),
    text(x + width * 0.66, baseline, node.output, { class: "dim" }),
    text(x + width - 8, baseline, node.parameters === 0 ? "" : formatCount(node.parameters), {
      "text-anchor": "end",
    }),
  ].join("");
}

/** Rows and connections, at the greatest depth of address that keeps the rows few enough. */
function graphOf(layers: readonly LayerDocument[]): {
  nodes: Node[];
  edges: [number, number][];
  depth: number | null;
} {
  const deepest = Math.max(...layers.map((layer) => layer.address.split(".").length));
  const depths = Array.from({ length: deepest }, (_, i) => deepest - i);
  const depth =
    layers.length <= maximumNodes
      ? null
      : (depths.find((d) => new Set(layers.map((layer) => groupAt(layer.address, d))).size <= maximumNodes) ??
        1);
  const rowOf = new Map<string, number>();
  const nodes: Node[] = [];
  const edges = new Map<string, [number, number]>();
  const rowOfLayer = new Map<string, number>();
  for (const layer of layers) {
    const key = depth === null ? layer.address : groupAt(layer.address, depth);
    let row = rowOf.get(key);
    if (row === undefined) {
      row = nodes.length;
      rowOf.set(key, row);
      const members = depth === null ? [layer] : layers.filter((l) => groupAt(l.address, depth) === key);
      nodes.push({
        address: key,
        what: members.length === 1 ? layer.title : `${formatCount(members.length)} layers`,
        output: `[${(members[members.length - 1] ?? layer).output.join(", ")}]`,
        parameters: 0,
        levels: new Set(),
      });
    }
    const node = nodes[row] as Node;
    node.parameters += layer.parameters;
    for (const level of layer.levels) node.levels.add(level);
    rowOfLayer.set(layer.address, row);
    for (const input of layer.inputs) {
      const from = rowOfLayer.get(input);
      if (from !== undefined && from !== row) edges.set(`${from} ${row}`, [from, row]);
    }
  }
  return { nodes, edges: [...edges.values()], depth };
}

function groupAt(address: string, depth: number): string {
  return address.split(".").slice(0, depth).join(".");
}

/** A lane for each arc, so that none crosses along another: short arcs lie inside long ones. */
function assignLanes(arcs: readonly (readonly [number, number])[]): number[] {
  const order = arcs.map((_, i) => i).sort((a, b) => span(arcs[a]) - span(arcs[b]));
  const lanes = new Array<number>(arcs.length).fill(0);
  const taken: (readonly [number, number])[][] = [];
  for (const i of order) {
    const arc = arcs[i] as readonly [number, number];
    let lane = 0;
    while (taken[lane]?.some((other) => arc[0] < other[1] && other[0] < arc[1])) lane++;
    taken[lane] = [...(taken[lane] ?? []), arc];
    lanes[i] = lane;
  }
  return lanes;
}

function span(arc: readonly [number, number] | undefined): number {
  return arc === undefined ? 0 : arc[1] - arc[0];
}
