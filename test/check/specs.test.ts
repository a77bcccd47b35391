import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile, fileLoader } from "../../src/check/index.js";
import { renderDiagnostic, SourceFile } from "../../src/diagnostics/index.js";
import { readProgram, writeProgram } from "../../src/program/index.js";
import { planText } from "../../src/report/index.js";

/** Parameters of the model trained, as each spec claims them; a claim that fails is an error of `check`. */
const parameters: Readonly<Record<string, number>> = {
  "bert-rte": 335_143_938,
  "cbs-and-lerac": 19_650_980,
  cvt13: 19_616_330,
  densenet121: 6_953_734,
  // BERT-base: the encoder of 108,891,648 and the pooler, and a head of two classes.
  finetune: 109_483_778,
  "lstm-boolq": 4_794_754,
  quickstart: 1_626_058,
  resnet18: 11_173_962,
  // 1,723 frames instead of the 128 of the claim: longer learned positions in both directions of three layers.
  "septr-esc50": 8_873_266 + 3 * 256 * (1723 - 128),
  "utkface-age": 11_169_345,
  "wrn-52-2": 3_034_916,
  "yolov5-voc": 7_073_569,
};

/** In order; each says where its data come from. */
const examples = ["examples/01-fashion", "examples/02-grocery", "examples/03-digits"];

function compileSpec(name: string) {
  const path = join("specs", `${name}.lerac`);
  return compile(new SourceFile(path, readFileSync(path, "utf8")), { loader: fileLoader(path) });
}

describe("the specs", () => {
  test("are all held to their number of parameters", () => {
    const files = readdirSync("specs").filter((file) => file.endsWith(".lerac"));
    expect(files.map((file) => file.replace(".lerac", "")).sort()).toEqual(Object.keys(parameters).sort());
  });

  test("the examples are all held to their plan, and compile without a word", () => {
    const files = readdirSync("examples").filter((file) => file.endsWith(".lerac"));
    expect(files.map((file) => `examples/${file.replace(".lerac", "")}`).sort()).toEqual(examples);
    for (const path of examples) {
      const source = new SourceFile(`${path}.lerac`, readFileSync(`${path}.lerac`, "utf8"));
      expect(compile(source, { loader: fileLoader(source.name) }).diagnostics).toEqual([]);
    }
  });

  test.each(Object.entries(parameters))(
    "%s has %i parameters and compiles without a word",
    (name, wanted) => {
      const compiled = compileSpec(name);
      const words = compiled.diagnostics.map((d) => renderDiagnostic(d, { color: false, width: 100 }));
      expect(words).toEqual([]);
      expect(compiled.program?.model.parameters).toBe(wanted);
    },
  );

  test.each([...Object.keys(parameters).map((name) => `specs/${name}`), ...examples])(
    "the plan beside %s is that of the spec: `lerac plan FILE --snapshot` writes it",
    (path) => {
      const source = new SourceFile(`${path}.lerac`, readFileSync(`${path}.lerac`, "utf8"));
      const { program } = compile(source, { loader: fileLoader(source.name) });
      if (program === null) throw new Error("no program");
      const kept = readFileSync(`${path}.plan`, "utf8").replaceAll("\r\n", "\n");
      expect(planText(program, { samples: "omit", allEpochs: false })).toBe(kept);
    },
  );

  test.each(["bert-rte", "septr-esc50", "yolov5-voc", "densenet121", "utkface-age"])(
    "the program of %s is legal and survives its file",
    (name) => {
      const { program } = compileSpec(name);
      if (program === null) throw new Error("no program");
      expect(readProgram(writeProgram(program), `${name}.json`).program).toEqual(program);
    },
  );

  test("BERT's published names cover every tensor of its encoder and pooler", () => {
    const [encoder, pooler] = compileSpec("bert-rte").program?.weights ?? [];
    // 24 layers of 16 tensors, 3 embeddings and the two of their norm.
    expect(encoder?.tensors).toHaveLength(24 * 16 + 5);
    expect(encoder?.tensors).toContainEqual({
      address: "encoder.layers.23.attend.attention.query.weight",
      key: "encoder.layer.23.attention.self.query.weight",
    });
    expect(encoder?.tensors).toContainEqual({
      address: "encoder.layers.0.ffn.down.bias",
      key: "encoder.layer.0.output.dense.bias",
    });
    expect(pooler?.tensors.map(({ key }) => key)).toEqual(["dense.weight", "dense.bias"]);
  });
});
