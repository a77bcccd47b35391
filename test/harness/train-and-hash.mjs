// Trains a small ResNet for 20 steps on onnxruntime with two threads, as built, and prints the sha256 of all its tensors.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const { compile } = await import(join(root, "dist/bundle/api.js"));
const { loadExecutor } = await import(join(root, "dist/src/engine/index.js"));
const file = join(root, "specs/resnet18.lerac");
// Stages of 16 to 128 channels: convolutions in blocks, as products, and with strides, at a hundredth of the work.
const text = readFileSync(file, "utf8").replace(
  /(basic|conv2d)\((64|128|256|512)\b/g,
  (_, name, filters) => `${name}(${filters / 4}`,
);
const { program } = compile(text.replace(/expect \{[\s\S]*\}/, ""), { file, arm: "paper" });
const executor = await loadExecutor(program, { backend: "onnx", seed: 1, threads: 2 });
const rates = Float32Array.from(program.plan.levels, (_, level) => 0.05 / (level + 1));
executor.writePlan(0, Array(20).fill(rates));
const size = 4;
for (let step = 0; step < 20; step++) {
  const values = Float32Array.from({ length: size * 32 * 32 * 3 }, (_, i) =>
    Math.sin((i + 1) * (12.9898 + step)),
  );
  const labels = Int32Array.from({ length: size }, (_, i) => (i * 7 + step) % 10);
  await executor.step({ size, inputs: new Map([["image", { shape: [size, 32, 32, 3], values }]]), labels });
}
const hash = createHash("sha256");
for (const [name, { values }] of [...(await executor.read())].sort(([a], [b]) => (a < b ? -1 : 1)))
  hash.update(name).update(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
console.log(hash.digest("hex"));
