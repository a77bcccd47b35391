import { formatCount, plural } from "../../base/format.js";
import type { PlanDocument } from "../plan-document.js";
import { levelColour } from "./colours.js";
import { element, text } from "./element.js";
import type { Figure, RateData } from "./figure.js";
import { heatMap } from "./heat-map.js";
import { layerGraph } from "./layer-graph.js";
import { rateCurves } from "./rate-curves.js";

const width = 960;
const margin = 32;
const inner = width - 2 * margin;
const gap = 28;

/**
 * The plan as one picture: heat map of the rates, their curves over the whole run, and the layers. Nothing is loaded
 * from elsewhere, text is text, and the colours follow the reader's light or dark setting.
 */
export function planSvg(plan: PlanDocument): string {
  const rates = plan.rates === null ? null : rateData(plan, plan.rates);
  const figures: Figure[] = [
    heading(plan),
    ...(rates === null ? [] : [heatMap(rates, inner), rateCurves(rates, inner)]),
    layerGraph(plan, inner),
  ];
  let y = margin;
  const placed = figures.map((figure) => {
    const group = element("g", { transform: `translate(${margin} ${y})` }, ["\n", ...figure.body]);
    y += figure.height + gap;
    return group;
  });
  const height = Math.ceil(y);
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": `rate plan of ${plan.experiment}`,
  };
  const ground = element("rect", { width, height, class: "ground" });
  return `${element("svg", attributes, ["\n", style(plan.levels.length), ground, "\n", placed.join("\n"), "\n"])}\n`;
}

function heading(plan: PlanDocument): Figure {
  const facts = [
    `curriculum ${plan.curriculum}`,
    plural(plan.levels.length, "level"),
    `${formatCount(plan.model.multiplyAdds)} multiply-adds a sample`,
    `plan ${plan.plan.slice(0, 8)}`,
  ];
  return {
    height: 40,
    body: [
      text(0, 16, plan.experiment, { class: "title" }),
      text(0, 36, facts.join("   "), { class: "dim" }),
    ],
  };
}

function rateData(plan: PlanDocument, rates: NonNullable<PlanDocument["rates"]>): RateData {
  const positive = rates.rates.flat().filter((rate) => rate > 0);
  const highest = positive.reduce((a, b) => Math.max(a, b), 0);
  const lowest = positive.reduce((a, b) => Math.min(a, b), highest);
  const end =
    plan.train.length.unit === `${rates.unit}s`
      ? plan.train.length.value
      : (plan.train.steps ?? rates.t.length);
  return { levels: plan.levels, ...rates, end, lowest: lowest || 1, highest: highest || 1 };
}

function style(levels: number): string {
  const rules = (ground: "light" | "dark") =>
    Array.from({ length: levels }, (_, j) => {
      const colour = levelColour(j, levels, ground);
      return `.level${j}{stroke:${colour}}.bar${j},.label${j}{fill:${colour}}`;
    }).join("");
  return `<style>
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1b1f24;white-space:pre}
.title{font-size:18px;font-weight:bold}.heading{font-size:14px;font-weight:bold}.small{font-size:11px}.dim{fill:#57606a}
.ground{fill:#ffffff}.grid{stroke:#d8dee4}.boundary{stroke:#57606a;stroke-dasharray:4 3}
.curve{fill:none;stroke-width:2;stroke-linejoin:round}.frozen{fill:#d8dee4}
.node{fill:#f3f5f7;stroke:#d0d7de}.edge,.arc{stroke:#8c959f;fill:none}
${rules("light")}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.dim{fill:#9aa4ae}.ground{fill:#0d1117}.grid{stroke:#30363d}
.boundary{stroke:#9aa4ae}.frozen{fill:#30363d}.node{fill:#161b22;stroke:#30363d}.edge,.arc{stroke:#6e7781}
${rules("dark")}}
</style>
`;
}
