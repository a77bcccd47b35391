import { describe, expect, it } from "vitest";
import { planDocument, planSvg } from "../../src/report/index.js";
import { changed, programOf, quickstart } from "./specs.js";

const svg = (text: string) => planSvg(planDocument(programOf(text), null));

/** Names of elements in order; throws where one is not closed in its place. */
function elements(text: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [, close, name = "", rest = ""] of text.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*\s*\/?)>/g,
  )) {
    if (close === "/") {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
      continue;
    }
    found.push(name);
    if (!rest.endsWith("/")) open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
  return found;
}

describe("the plan as a picture", () => {
  const picture = svg(quickstart);

  it("is well-formed and has nothing but shapes, text and its own style", () => {
    expect(new Set(elements(picture))).toEqual(
      new Set(["svg", "style", "g", "rect", "line", "path", "text", "title"]),
    );
    // No stray angle brackets between the elements.
    expect(picture.replace(/<[^<>]*>/g, "")).not.toMatch(/[<>]/);
    expect(picture).not.toMatch(/href|url\(|@import|<script/);
  });

  it("says rates, levels and layers as text", () => {
    for (const text of [
      "small CNN on Fashion-MNIST",
      "1.000e-1",
      "2.154e-3",
      "1 conv1",
      "4 head",
      "5 = k",
      "conv2.max_pool",
    ]) {
      expect(picture).toContain(`>${text}<`);
    }
  });

  it("draws one curve a level, a cell for each change of a rate, and a box a layer", () => {
    expect(picture.match(/class="curve /g)).toHaveLength(4);
    expect(picture.match(/class="node"/g)).toHaveLength(12);
    // conv1 keeps its rate until k + 1: one cell for epochs 0 to 6; the others change at each of 5 ticks.
    expect(picture.match(/<title>conv1 from/g)).toHaveLength(1);
    expect(picture.match(/<title>conv2 from/g)).toHaveLength(6);
  });

  it("follows the reader's dark setting", () => {
    expect(picture).toContain("@media (prefers-color-scheme:dark)");
  });

  it("keeps hostile names harmless", () => {
    const hostile = svg(changed(['"small CNN on Fashion-MNIST"', '"<script>\\"&\u202e"']));
    expect(hostile).toContain("&lt;script&gt;&quot;&amp;\\u202e");
    expect(() => elements(hostile)).not.toThrow();
  });

  it("draws a large model by groups, skipping nothing", () => {
    const large = changed(
      [
        "  fc:    dense(128)",
        "  deep:  repeat 100 { residual { dense(12544)\n relu } }\n  fc:    dense(128)",
      ],
      ["  cnn.parameters == 1626058          # decided by `lerac check`, before any training\n", ""],
      ["         flatten", "         global_avg_pool"],
    ).replace("dense(12544)", "dense(64)");
    const picture = svg(large);
    expect(() => elements(picture)).not.toThrow();
    expect(picture).toMatch(/\d+ layers, drawn by \d+ groups/);
    expect(picture.match(/class="node"/g)?.length).toBeLessThanOrEqual(60);
  });
});
