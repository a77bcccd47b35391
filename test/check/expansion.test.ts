import { describe, expect, test } from "vitest";
import { compileText, faults, programOfText, specOf } from "./compile-text.js";

/** Milliseconds of processor time: how long others keep the machine busy does not count. */
function cost(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The addresses of a model's layers; `blocks` stand before it. */
function addresses(body: string, blocks = "", input = "image(8, 8, 4)"): string[] {
  const model = `${blocks}\nmodel net {\n  input  ${input}\n${body}\n  last: flatten\n  head: dense(10)\n}`;
  const program = programOfText(specOf({ model, data: dataOf(input) }));
  return program.model.layers.map((layer) => layer.address).filter((a) => !/^(last|head)/.test(a));
}

function dataOf(input: string): string {
  const resize = input.replace(/image\((\d+), (\d+), .*/, "resize($1, $2)");
  const channels = /, (\d+)\)$/.exec(input)?.[1];
  const source = channels === "1" ? 'idx("data")' : channels === "3" ? 'image_folder("data")' : null;
  if (source === null) throw new Error("image files have 1 or 3 channels");
  return `  source   ${source}\n  classes  10\n  train    split(train) |> ${resize}`;
}

const rgb = "image(8, 8, 3)";
const basic = `block basic(filters, stride = 1) {
  residual {
    conv1: conv2d(filters, 3, stride: stride)
           relu
    conv2: conv2d(filters, 3)
  } shortcut when stride > 1 or in.channels != filters {
    conv: conv2d(filters, 1, stride: stride)
  }
  relu
}
`;

describe("addresses", () => {
  test("groups, and layers without a label", () => {
    expect(addresses("  stem: conv2d(4, 3)\n  relu\n  relu\n  next: conv2d(4, 3)\n  relu", "", rgb)).toEqual([
      "stem",
      "stem.relu",
      "stem.relu_1",
      "next",
      "next.relu",
    ]);
  });

  test("a body that is one block call or repeat adds nothing", () => {
    expect(addresses("  layer: repeat 2 { basic(3) }", basic, rgb)).toEqual(
      [0, 1].flatMap((i) => [
        `layer.${i}.conv1`,
        `layer.${i}.conv1.relu`,
        `layer.${i}.conv2`,
        `layer.${i}.residual`,
        `layer.${i}.relu`,
      ]),
    );
    expect(addresses("  layer: repeat 2 { repeat 1 { relu } }", "", rgb)).toEqual([
      "layer.0.0.relu",
      "layer.1.0.relu",
    ]);
  });

  test("a shortcut, below a label and without one", () => {
    expect(addresses("  a: basic(5)", basic, rgb)).toContain("a.shortcut.conv");
    const labelled = "  path: residual { conv: conv2d(5, 3) } shortcut { conv: conv2d(5, 1) }";
    expect(addresses(labelled, "", rgb)).toEqual(["path.conv", "path.shortcut.conv", "path"]);
  });

  test("a `when` without a label is transparent; below other layers its call has its own name", () => {
    const body = "  stem: conv2d(3, 3)\n  when 1 < 2 { basic(3) }\n  when 1 > 2 { basic(3) }";
    expect(addresses(body, basic, rgb)).toContain("stem.basic.conv1");
    const twice = "  a: repeat 1 {\n    when true { basic(3) }\n    when false { basic(3) }\n  }";
    expect(addresses(twice, basic, rgb)).toContain("a.0.conv1");
  });

  test("a repeat of nothing passes its input on", () => {
    expect(
      addresses("  a: conv2d(4, 3)\n  b: repeat 0 { conv2d(9, 3) }\n  c: conv2d(2, 1)", "", rgb),
    ).toEqual(["a", "c"]);
  });

  test("levels: an unlabelled block call above the first label is one", () => {
    const model = `${basic}\nmodel net {\n  input  ${rgb}\n  basic(3)\n  head: flatten\n  dense(10)\n}`;
    const { plan } = programOfText(specOf({ model, data: dataOf(rgb) }));
    expect(plan.levels.map((level) => level.address)).toEqual(["basic", "head"]);
  });
});

describe("streams", () => {
  const pan = `block pan(width) from p3, p4 {
  top:  conv2d(width, 1) from p4
  up:   upsample(2)
  join: concat from up, p3
  n3:   conv2d(width, 3)
  down: conv2d(width, 3, stride: 2)
  n4:   concat from down, top
  return n3, n4
}
`;
  const body = `  p3: conv2d(4, 3)
  p4: conv2d(6, 3, stride: 2)
  neck: pan(5) from p3, p4
`;

  test("a block takes and gives several, known by the names of its `return`", () => {
    const model = (from: string) =>
      `${pan}\nmodel net {\n  input  ${rgb}\n${body}  out: global_avg_pool from ${from}\n  head: dense(10)\n}`;
    const layerOf = (from: string) =>
      programOfText(specOf({ model: model(from), data: dataOf(rgb) })).model.layers.find(
        (l) => l.address === "out",
      );
    expect(layerOf("neck.n3")).toMatchObject({ inputs: ["neck.n3"], output: [5] });
    expect(layerOf("neck.n4")).toMatchObject({ inputs: ["neck.n4"], output: [10] });
    const both = compileText(specOf({ model: model("neck"), data: dataOf(rgb) }));
    expect(faults(both)).toEqual(["L0235 global_avg_pool"]);
  });

  test("a repeat feeds every stream to the next iteration", () => {
    const model = `${pan}\nmodel net {\n  input  ${rgb}\n${body.replace("neck: pan(5) from p3, p4", "neck: repeat 2 from p3, p4 { pan(5) }")}  out: global_avg_pool from neck.n4\n  head: dense(10)\n}`;
    const { layers } = programOfText(specOf({ model, data: dataOf(rgb) })).model;
    expect(layers.find((l) => l.address === "neck.1.top")?.inputs).toEqual(["neck.0.n4"]);
    expect(layers.find((l) => l.address === "out")?.inputs).toEqual(["neck.1.n4"]);
  });

  test("an operator with several outputs gives them by number", () => {
    const model = `model net {\n  input  image(8, 8, 1)\n  wide: conv2d(6, 3)\n  parts: split(2)\n  one: relu from parts.1\n  flat: flatten\n  head: dense(10)\n}`;
    const { layers } = programOfText(specOf({ model, data: dataOf("image(8, 8, 1)") })).model;
    expect(layers.find((l) => l.address === "one")).toMatchObject({ inputs: ["parts:1"], output: [8, 8, 3] });
  });

  test("an operator without inputs starts a branch of its own", () => {
    const model = `model net {\n  input  image(8, 8, 1)\n  flat: flatten\n  bias: parameter(64)\n  sum: add from flat, bias\n  head: dense(10)\n}`;
    const { layers } = programOfText(specOf({ model, data: dataOf("image(8, 8, 1)") })).model;
    expect(layers.find((l) => l.address === "bias")).toMatchObject({ inputs: [], output: [64] });
    const wired = compileText(
      specOf({
        model: model.replace("parameter(64)", "parameter(64) from flat"),
        data: dataOf("image(8, 8, 1)"),
      }),
    );
    expect(faults(wired)).toEqual(["L0235 parameter(64)"]);
  });

  test("a model ends in the tensor of its last layer", () => {
    const model = `${pan}\nmodel net {\n  input  ${rgb}\n${body}}`;
    expect(faults(compileText(specOf({ model, data: dataOf(rgb) })))).toEqual(["L0227 net"]);
  });
});

describe("mistakes", () => {
  const found = (body: string, blocks = "") => {
    const model = `${blocks}\nmodel net {\n  input  ${rgb}\n${body}\n  last: flatten\n  head: dense(10)\n}`;
    return faults(compileText(specOf({ model, data: dataOf(rgb) })));
  };

  test.each([
    ["  a: conv2d(4, 3)\n  b: concat from a, b", "L0222 b"],
    ["  a: conv2d(4, 3)\n  b: relu from aa", "L0222 aa"],
    ["  a: conv2d(4, 3)\n  b: relu from a.rleu", "L0222 a.rleu"],
    ["  a: conv2d(in.chanels, 3)", "L0226 chanels"],
    ["  a: conv2d(4, 3)\n  a: relu", "L0221 a"],
    ["  image: conv2d(4, 3)", "L0221 image"],
    ["  channels: conv2d(4, 3)", "L0223 channels"],
    ["  a: when true { b: relu }\n  c: relu from b", "L0222 b"],
    ["  when true { b: relu }\n  c: relu from b", "L0222 b"],
    ["  a: conv2d(0, 3)\n  b: relu from a\n  c: conv2d(a.channels, 3)", "L0211 0"],
    ["  a: repeat 1.5 { relu }", "L0210 1.5"],
    ["  a: repeat 5000 { relu }", "L0026 5000"],
    ["  a: conv2d(in.bands, 3)\n     flatten\n  b: dense(a.height)", "L0226 a.height"],
    ["  a: residual { conv2d(4, 3) } shortcut { conv2d(5, 1) }", "L0231 residual"],
  ])("%s", (body, fault) => {
    expect(found(body)).toEqual([fault]);
  });

  test("a path into a group is suggested in full", () => {
    const model = `model net {\n  input ${rgb}\n  a: conv2d(4, 3)\n     relu\n  b: relu from a.rleu\n  head: dense(10)\n}`;
    const [first] = compileText(specOf({ model, data: dataOf(rgb) })).diagnostics;
    expect(first).toMatchObject({
      message: "`a` has no part `a.rleu`",
      helps: [{ text: "did you mean `a.relu`?" }],
    });
  });

  test("recursion, direct or not", () => {
    expect(found("  a: one", "block one {\n  two\n}\nblock two {\n  one\n}")).toEqual(["L0225 one"]);
  });

  test("two inputs of one name", () => {
    const model =
      "model net {\n  input  image(8, 8, 1), image(8, 8, 1)\n  flat: flatten\n  head: dense(10)\n}";
    expect(faults(compileText(specOf({ model })))).toEqual(["L0221 image(8, 8, 1)"]);
  });

  test("an argument that hides a word is told apart", () => {
    const block = "block half(bands) {\n  mean(axis: bands)\n}";
    const compiled = compileText(
      specOf({
        model: `${block}\nmodel net {\n  input ${rgb}\n  a: half(4)\n  head: dense(10)\n}`,
        data: dataOf(rgb),
      }),
    );
    expect(compiled.diagnostics[0]?.helps[0]?.text).toBe("a parameter is called `bands`: rename it");
  });
});

describe("limits", () => {
  const bombs: readonly (readonly [string, string, string])[] = [
    ["nested repeats", "", "repeat 1000 { repeat 1000 { repeat 1000 { relu } } }"],
    ["a repeat beside layers", "", "repeat 4000 {\n    a: relu\n    b: repeat 4000 { relu }\n  }"],
    ["thirty levels", "", `${"repeat 4000 { ".repeat(28)}relu${" }".repeat(28)}`],
    [
      "blocks that double",
      Array.from(
        { length: 40 },
        (_, i) =>
          `block b${i} {\n  a: ${i === 0 ? "relu" : `b${i - 1}`}\n  c: ${i === 0 ? "relu" : `b${i - 1}`}\n}`,
      ).join("\n"),
      "b39",
    ],
    [
      "a block with a parameter",
      "block many(n) {\n  parts: repeat n { relu }\n}",
      "repeat 4000 { many(4000) }",
    ],
    ["empty loops", "", "repeat 4000 { repeat 4000 { when false { relu } } }"],
  ];

  test.each(bombs)("%s end in one error, at once", (_, blocks, body) => {
    const spec = specOf({
      model: `${blocks}\nmodel net {\n  input ${rgb}\n  a: ${body}\n  head: dense(10)\n}`,
    });
    const found = faults(compileText(spec));
    expect(cost(() => compileText(spec))).toBeLessThan(200);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^L0025/);
  });

  test("the product is explained", () => {
    const compiled = compileText(
      specOf({
        model: `model net {\n  input ${rgb}\n  a: repeat 1000 { repeat 1000 { repeat 1000 { dense(8) } } }\n}`,
      }),
    );
    expect(compiled.diagnostics[0]).toMatchObject({
      message: "this `repeat` would make 1,000,000,000 layers; the limit is 20,000",
      at: { text: "1,000 x 1,000 x 1,000 x 1 layer" },
      notes: ["nothing was expanded"],
    });
  });

  test("5,000 layers expand in well below a second", () => {
    const spec = specOf({
      model: `model net {\n  input  image(8, 8, 1)\n  deep: repeat 2500 {\n    conv: conv2d(4, 3)\n          relu\n  }\n  flat: flatten\n  head: dense(10)\n}`,
      data: dataOf("image(8, 8, 1)"),
    });
    expect(programOfText(spec).model.layers).toHaveLength(5002);
    expect(cost(() => compileText(spec))).toBeLessThan(1000);
  });
});
