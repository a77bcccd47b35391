import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SourceFile } from "../../src/diagnostics/index.js";
import { format } from "../../src/syntax/format/index.js";

const formatted = (text: string) => format(new SourceFile("x.lerac", text)).text;
/** Lines of a file, without the first that every file has. */
const lines = (...text: string[]) => `lerac 1\n\n${text.join("\n")}\n`;
const keeps = (...text: string[]) => expect(formatted(lines(...text))).toBe(lines(...text));

describe("the examples", () => {
  it.each(readdirSync("examples").filter((name) => name.endsWith(".lerac")))("%s is formatted", (name) => {
    const text = readFileSync(`examples/${name}`, "utf8");
    expect(formatted(text)).toBe(text);
  });
});

describe("columns", () => {
  it("values of a section stand in one, two spaces behind the longest name", () => {
    expect(formatted(lines("curriculum lerac {", "rates 0.1 -> 1e-6", " levels   a , b", "}"))).toBe(
      lines("curriculum lerac {", "  rates   0.1 -> 1e-6", "  levels  a, b", "}"),
    );
  });

  it("a name of more than nine letters takes one space and moves no other", () => {
    keeps("train {", "  data       d", "  curriculum lerac", "}");
    keeps("train {", "  data       d", "  a_very_long_name 1", "}");
  });

  it("labels and layers stand in one each; a layer above the first label at the margin", () => {
    expect(
      formatted(
        lines("block b {", "pick( 0 )", "a : dense(1)", "relu()", "longer: dense ( 2 )", "relu", "}"),
      ),
    ).toBe(
      lines(
        "block b {",
        "  pick(0)",
        "  a:      dense(1)",
        "          relu",
        "  longer: dense(2)",
        "          relu",
        "}",
      ),
    );
  });

  it("start anew behind an empty line, but not below `input`", () => {
    keeps(
      "model m {",
      "  input  image(8, 8, 1)",
      "",
      "  conv1: conv2d(1, 3)",
      "  fc:    dense(1)",
      "",
      "  a: dense(1)",
      "     relu",
      "}",
    );
  });

  it("start anew behind a body of several lines; `repeat` stays in them, `residual` and `when` don't", () => {
    keeps(
      "block b {",
      "  left:  dense(1)",
      "  chain: repeat 2 {",
      "    dense(1)",
      "    relu",
      "  }",
      "  a: dense(1)",
      "  attend: residual {",
      "    dense(1)",
      "    relu",
      "  } shortcut when in.channels != 2 {",
      "    c: dense(1)",
      "  }",
      "  relu",
      "}",
    );
  });

  it("arrows of neighbouring `map` lines stand in one", () => {
    keeps(
      "names n {",
      "  layout  torch",
      '  map     word     -> "a"',
      '  map     layers.* -> "b"',
      '  ignore  "c"',
      '  map     x -> "d"',
      "}",
    );
  });

  it("labelled arms stand in one, bare ones at the margin", () => {
    keeps(
      "compare {",
      "  conventional",
      "  short: lerac(until: 2 epochs)",
      "  lerac",
      "  both:  cbs + lerac",
      "}",
    );
  });
});

describe("one line or several", () => {
  it("a body of one plain statement is joined, of two never", () => {
    expect(formatted(lines("model m {", "  a: repeat 2 as i {", "    basic( i )", "  }", "}"))).toBe(
      lines("model m {", "  a: repeat 2 as i { basic(i) }", "}"),
    );
    expect(formatted(lines("model m {", "  when x { residual { a } }", "}"))).toBe(
      lines("model m {", "  when x { residual { a } }", "}"),
    );
  });

  it("a body with a comment is not", () => {
    keeps("model m {", "  a: repeat 2 {                      # why", "    basic(1)", "  }", "}");
    keeps("model m {", "  a: repeat 2 {", "    # why", "    basic(1)", "  }", "}");
  });

  it("a body that would not fit 120 columns is not", () => {
    const call = (length: number) => `layer_${"x".repeat(length)}`;
    keeps("model m {", `  a: repeat 2 { ${call(96)} }`, "}");
    keeps("model m {", "  a: repeat 2 {", `    ${call(97)}`, "  }", "}");
  });

  it("sections are never on one line, unless they are empty", () => {
    expect(formatted(lines('experiment "x" { seeds 1..5 }'))).toBe(
      lines('experiment "x" {', "  seeds  1..5", "}"),
    );
    keeps("compare {}");
  });

  it("a pipeline that does not fit breaks before each stage, and joins again where it does", () => {
    const stages = [
      "fit(4 s)",
      "stft(fft: 1024, window: 512 samples, hop: 64 samples, shape: hamming)",
      "mel(128)",
    ];
    const long = [...stages, "power(0.5)", "log(base: 10, floor: 1e-9)"];
    keeps(
      "dataset d {",
      ...long.map((stage, i) => (i === 0 ? `  features  ${stage}` : `            |> ${stage}`)),
      "}",
    );
    expect(formatted(lines("dataset d {", `  features ${stages.join("\n |> ")}`, "}"))).toBe(
      lines("dataset d {", `  features  ${stages.join(" |> ")}`, "}"),
    );
  });

  it("arguments that do not fit stand one a line, short values of a list as many as fit", () => {
    const path = `"${"d".repeat(80)}"`;
    keeps(
      "train {",
      "  weights  encoder from safetensors(",
      `             ${path},`,
      '             prefix: "bert.",',
      "             names: bert.hugging_face",
      "           )",
      "}",
    );
    const numbers = Array.from({ length: 60 }, (_, i) => `${i}`);
    const text = formatted(lines("curriculum lerac {", `  rates [${numbers.join(",")}]`, "}"));
    expect(text.split("\n").every((line) => line.length <= 120)).toBe(true);
    expect(text.split("\n")).toHaveLength(lines("").split("\n").length + 6);
  });

  it("a list in the last argument is broken alone", () => {
    keeps(
      "model m {",
      "  head: detect(classes, anchors: [",
      "          [10, 13],                  # small",
      "          [30, 61]                   # large",
      "        ])",
      "}",
    );
  });
});

describe("spaces", () => {
  it.each([
    ["x  (1+2)*-3/ 4", "x  (1 + 2) * -3 / 4"],
    ["x  - - 3", "x  --3"],
    ["x  a-1", "x  a - 1"],
    ["every  1 / 4   epoch", "every  1/4 epoch"],
    ["x  a / 4 epochs", "x  a / 4 epochs"],
    ["x  3 * 1 / 4 epoch", "x  3 * 1 / 4 epoch"],
    ["x  25ms, 10 %", "x  25 ms, 10%"],
    ["x  [ 34,64 ]epochs", "x  [34, 64] epochs"],
    ["x  1 .. 5 , 0%..70 %", "x  1..5, 0%..70%"],
    ["x  a ?b:c ?d :e", "x  a ? b : c ? d : e"],
    ["x  f( k :a ? b:c , at:3)", "x  f(k: a ? b : c, at: 3)"],
    ["x  layers . [0 .. 5] . *,** . norm", "x  layers.[0..5].*, **.norm"],
    ["x  0.1->1e-6", "x  0.1 -> 1e-6"],
    ["x  not( a or b)and c<=3", "x  not (a or b) and c <= 3"],
    ["x  f( ).g", "x  f.g"],
    ["x  1.50, 1E+3", "x  1.50, 1E+3"],
  ])("%s becomes %s", (before, after) => {
    expect(formatted(lines("train {", before, "}"))).toBe(lines("train {", `  ${after}`, "}"));
  });

  it("empty parentheses of parameters go too", () => {
    expect(formatted(lines("block b() {", "  relu()", "}"))).toBe(lines("block b {", "  relu", "}"));
  });

  it("line ends of all systems, tabs, and a byte order mark", () => {
    expect(formatted("\ufefflerac 1\r\n\r\ntrain {\r\n\tbatch\t64\r}\r\n")).toBe(
      lines("train {", "  batch  64", "}"),
    );
  });
});

describe("empty lines", () => {
  it("are at most one, none beside braces, and one around sections", () => {
    expect(
      formatted(
        'lerac 1\n\n\n\nparam a = 1\nparam b = 2\nexperiment "x" {\n\n\n  seeds 1\n\n\n  note "y"\n\n}\ntrain {\n}\n',
      ),
    ).toBe(
      lines(
        "param a = 1",
        "param b = 2",
        "",
        'experiment "x" {',
        "  seeds  1",
        "",
        '  note  "y"',
        "}",
        "",
        "train {}",
      ),
    );
  });
});

describe("comments", () => {
  it("on lines of their own take the indent of the statement below, or of the body", () => {
    expect(
      formatted(
        lines(
          "# about m",
          "model m {",
          "# about a",
          "      # more",
          "a: dense(1)",
          "# about relu",
          "relu",
          "# end",
          "}",
          "# last",
        ),
      ),
    ).toBe(
      lines(
        "# about m",
        "model m {",
        "  # about a",
        "  # more",
        "  a: dense(1)",
        "     # about relu",
        "     relu",
        "  # end",
        "}",
        "# last",
      ),
    );
  });

  it("behind code share a column with their neighbours, at least two spaces off", () => {
    const long = `source  idx("${"d".repeat(30)}")`;
    keeps(
      "dataset d {",
      `  ${long}  # one`,
      `  target  a${" ".repeat(long.length - "target  a".length)}  # two`,
      "  klass   3",
      "  folds   5                          # alone",
      "}",
    );
  });

  it("stay with the items of a list, the stages of a pipeline, and the braces they are beside", () => {
    keeps(
      "dataset d {                          # data",
      "  train  split(train)                # raw",
      "         # twice as many",
      "         |> flip                     # half",
      "         |> crop(",
      "              4,                     # left",
      "              # and right",
      "              4",
      "            )                        # done",
      "}                                    # end of d",
    );
  });

  it("in the middle of an item go above it", () => {
    expect(formatted(lines("train {", "  x  f(a +  # one", "    b,  # two", "    c)", "}"))).toBe(
      lines(
        "train {",
        "  x  f(",
        "       # one",
        "       a + b,                        # two",
        "       c",
        "     )",
        "}",
      ),
    );
  });

  it("keep a waiver above the setting it is about", () => {
    keeps(
      "curriculum c: lerac {",
      "  levels  a, b",
      "  # lint: allow rising_rates, why",
      "  rates   1 -> 2",
      "}",
    );
  });
});

describe("files with errors", () => {
  it("what does not parse stays as written, the rest is formatted", () => {
    const before = lines(
      "model   m {",
      "  a:dense( 1 )",
      "  b :  dense(2",
      "}",
      "modle x {",
      "   a:  dense( 1 )",
      "}",
      "train {",
      "  batch   = 64",
      "  epochs 3",
      '  note "open',
      " data é d",
      "}",
    );
    const { text, diagnostics } = format(new SourceFile("x.lerac", before));
    expect(text).toBe(
      lines(
        "model m {",
        "  a: dense(1)",
        "  b :  dense(2",
        "}",
        "modle x {",
        "   a:  dense( 1 )",
        "}",
        "train {",
        "  batch   = 64",
        "  epochs  3",
        '  note "open',
        " data é d",
        "}",
      ),
    );
    expect(diagnostics.length).toBeGreaterThan(3);
  });

  it("a mistake inside of a body leaves the lines around the body alone", () => {
    expect(
      formatted(
        lines("block b{", "a: residual{", "x : dense(,)", "y:dense( 1 )", "}shortcut{ conv2d( 1 ) }", "}"),
      ),
    ).toBe(
      lines(
        "block b {",
        "  a: residual {",
        "x : dense(,)",
        "    y: dense(1)",
        "  } shortcut {",
        "    conv2d(1)",
        "  }",
        "}",
      ),
    );
  });

  it("a section whose braces don't match stays whole", () => {
    const torn = ["model m {", "   a:dense( 1 )", "", ""];
    expect(formatted(lines(...torn, "train {", "batch 64", "}"))).toBe(
      lines("model m {", "   a:dense( 1 )", "", "train {", "  batch  64", "}"),
    );
  });

  it("a file over a limit stays as it is", () => {
    const deep = lines(`param x = ${"(".repeat(40)}1${")".repeat(40)}`, "param  y=1");
    const { text, diagnostics } = format(new SourceFile("x.lerac", deep));
    expect(text).toBe(deep);
    expect(diagnostics.map((d) => d.code)).toEqual(["L0002"]);
  });

  it.each(["", "\n\n", "# only", "}", "lerac", "é", '"', "{{{", "lerac 1\nx {"])(
    "%j has a layout",
    (text) => {
      const once = formatted(text);
      expect(formatted(once)).toBe(once);
    },
  );
});
