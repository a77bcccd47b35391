import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/check/index.js";
import { renderText, SourceFile } from "../../src/diagnostics/index.js";

const example = readFileSync(new URL("../../examples/01-fashion.lerac", import.meta.url), "utf8");

/** What `lerac check` says of the example after some of its text was replaced. */
function messagesAfter(...changes: [string, string][]): string {
  let text = example;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the example has no ${from}`);
    text = text.replace(from, to);
  }
  const { diagnostics, program } = compile(new SourceFile("fashion.lerac", text));
  expect(program).toBeNull();
  return renderText(diagnostics, { color: false, width: 100 });
}

describe("messages", () => {
  it("offer the layer that was meant", () => {
    expect(
      messagesAfter(["         batch_norm\n", "         batch_nrom\n"]),
    ).toBe(`error[L0201]: there is no layer called \`batch_nrom\`
  --> fashion.lerac:22:10
22 |          batch_nrom
   |          ^^^^^^^^^^ not an operator or a block of this file
   = help: did you mean \`batch_norm\`?  (lerac check --fix writes it)
`);
  });

  it("tell clock time from run time", () => {
    expect(
      messagesAfter(["2 epochs ", "10 min   "]),
    ).toBe(`error[L0212]: \`until\` needs epochs or steps, not minutes
  --> fashion.lerac:38:10
38 |   until  10 min                      # k: from here on every level has the optimizer's rate
   |          ^^^^^^ clock time
   = note: minutes differ between machines; the same file must give the same run
   = help: write it as \`5 epochs\`, \`400 steps\` or \`10%\` (of the run)
`);
  });

  it("show both sides of a head that does not fit the data", () => {
    expect(
      messagesAfter(["dense(10)", "dense(100)"], ["105962 ", "111812 "]),
    ).toBe(`error[L0236]: \`head\` has 100 outputs but \`fashion\` has 10 classes
  --> fashion.lerac:33:16
11 |   classes  10
   |            -- 10 classes
...
33 |   head:  dense(100)
   |                ^^^ cross_entropy needs one output a class
   = help: write \`head: dense(10)\`
`);
  });

  it("name the images that two splits share", () => {
    expect(messagesAfter(["last: 10%", "last: 20%"])).toContain(
      "error[L0311]: `train` and `val` share a tenth of the images of `fashion`",
    );
  });

  it("refuse a curriculum that changes nothing", () => {
    expect(messagesAfter(["0.03 -> 1e-5", "0.03 -> 0.03"])).toContain(
      "error[L0411]: curriculum `lerac` changes nothing: all levels start at 0.03",
    );
  });

  it("decide a claim about parameters before any training", () => {
    expect(messagesAfter(["105962", "105963"])).toContain("error[L0601]: `cnn` has 105,962 parameters");
  });

  it("report every mistake of a file in one pass, in source order", () => {
    const text = messagesAfter(
      ["conv2d(width, 3)", "conv2d(widht, 3)"],
      ["flatten", "flaten"],
      ["batch      64", "batch      0"],
      ["cosine", "cosinus"],
    );
    const codes = [...text.matchAll(/^error\[(L\d+)\]/gm)].map((match) => match[1]);
    expect(codes).toEqual(["L0202", "L0201", "L0218", "L0210"]);
  });

  it("stop a repeat bomb before anything is expanded", () => {
    const bomb = "repeat 1000 { repeat 1000 { repeat 1000 { dense(8) } } }";
    const began = performance.now();
    expect(messagesAfter(["         flatten\n", `         flatten\n         ${bomb}\n`])).toContain(
      "this `repeat` would make 1,000,000,000 layers; the limit is 20,000",
    );
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it("recover from broken lines and go on", () => {
    const text = messagesAfter(
      ["dense(64)", "dense(64"],
      ["shift(1 px)", "shift(1 px"],
      ["loss       cross", "loss     : cross"],
    );
    const lines = [...text.matchAll(/--> fashion\.lerac:(\d+):/g)].map((match) => Number(match[1]));
    expect(lines).toEqual(expect.arrayContaining([12, 30, 44]));
  });
});
