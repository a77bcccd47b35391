import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** What is timed. `pytorch_step.py` has the same nets, optimizer and batches under the same letters. */
export const cases = {
  a: { title: "small CNN, 28x28x1, batch 64", file: "bench/step/small-cnn.lerac", batch: 64 },
  b: { title: "ResNet-18, 32x32x3, batch 32", file: "specs/resnet18.lerac", arm: "paper", batch: 32 },
};

/** The program of a case, compiled from its file. */
export async function programOf({ file, arm, batch }) {
  const { compile } = await import(join(root, "dist/bundle/api.js"));
  const path = join(root, file);
  const { program } = compile(readFileSync(path, "utf8"), {
    file: path,
    ...(arm === undefined ? {} : { arm }),
  });
  return { ...program, train: { ...program.train, batch, metrics: [] } };
}
