// How long `lerac check` takes as a person waits for it: whole processes, start-up included, of the built command.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const lerac = process.env.LERAC_BIN ?? join(root, bin.lerac);

/** Prints, for each file, the fastest and the median of so many runs (default 10), and the exit code. */
export async function run([times = "10"]) {
  const folder = mkdtempSync(join(tmpdir(), "lerac-bench-"));
  try {
    console.log(`${lerac}\nnode ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} threads\n`);
    console.log("fastest  median  exit  bar");
    measure("node alone", ["-e", "0"], Number(times), "");
    for (const { name, bar, write } of cases) {
      const file = write(join(folder, name.replaceAll(" ", "-")));
      measure(name, [lerac, "check", file], Number(times), bar);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(name, args, times, bar) {
  const took = [];
  let exit = null;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    exit = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "ignore"] }).status;
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  const ms = (value) => `${Math.round(value)} ms`.padStart(7);
  console.log(
    `${ms(took[0])} ${ms(took[took.length >> 1])}  ${String(exit).padStart(4)}  ${bar.padEnd(8)} ${name}`,
  );
}

/** Files by what they are, each with the bar of the goal where there is one. */
const cases = [
  { name: "quick start", bar: "", write: () => join(root, "examples/01-fashion.lerac") },
  { name: "2,000 lines", bar: "300 ms", write: (path) => saved(path, longSpec(2000)) },
  { name: "5,000 layers after expansion", bar: "1 s", write: (path) => saved(path, deepSpec(5000)) },
  { name: "20,000 layers after expansion", bar: "", write: (path) => saved(path, deepSpec(19_990)) },
  { name: "2,000 lines, a mistake on each", bar: "", write: (path) => saved(path, wrongSpec(2000)) },
  { name: "repeat bomb", bar: "200 ms", write: (path) => saved(path, model(bomb(6))) },
  { name: "blocks that double", bar: "200 ms", write: (path) => saved(path, doubling(60)) },
  { name: "braces nested 10,000 deep", bar: "200 ms", write: (path) => saved(path, model(nested(10_000))) },
  {
    name: "parentheses nested 100,000 deep",
    bar: "200 ms",
    write: (path) => saved(path, model(`  head: dense(${"(".repeat(100_000)}1`)),
  },
  { name: "10 MB", bar: "200 ms", write: (path) => saved(path, "lerac 1\n".padEnd(10_000_000, "# more\n")) },
  { name: "import cycle", bar: "200 ms", write: cycle },
];

function saved(path, text) {
  writeFileSync(`${path}.lerac`, text);
  return `${path}.lerac`;
}

function model(body) {
  return `lerac 1\n\nmodel net {\n  input  image(32, 32, 3)\n\n${body}\n}\n`;
}

/** Lines of a net as people write them, label by label, in a file that also trains it. */
function longSpec(lines) {
  const groups = Math.floor((lines - 40) / 4);
  const layers = Array.from({ length: groups }, (_, i) => [
    `  l${i}: conv2d(8, 3)`,
    "        batch_norm",
    "        relu",
    "",
  ]).flat();
  return training(model([...layers, "        flatten", "  head: dense(10)"].join("\n")));
}

/** As many layers from a few lines: stages of residual blocks. */
function deepSpec(layers) {
  const repeats = Math.floor((layers - 3) / 20);
  const block =
    "block unit(filters) {\n  residual {\n    a: conv2d(filters, 3)\n       batch_norm\n       relu\n    b: conv2d(filters, 3)\n  }\n}\n\n";
  const body = `  stem: conv2d(8, 3)\n  deep: repeat ${repeats} { repeat 4 { unit(8) } }\n        flatten\n  head: dense(10)`;
  return training(`lerac 1\n\n${block}${model(body).slice("lerac 1\n\n".length)}`);
}

function wrongSpec(lines) {
  return model(Array.from({ length: lines }, (_, i) => `  l${i}: conv2d(8, 3, strides: ${i})`).join("\n"));
}

function bomb(depth) {
  return `        flatten\n  deep: ${"repeat 4000 { ".repeat(depth)}dense(8)${" }".repeat(depth)}\n  head: dense(10)`;
}

function nested(depth) {
  return `        flatten\n  deep: ${"repeat 1 { ".repeat(depth)}dense(8)${" }".repeat(depth)}\n  head: dense(10)`;
}

function doubling(depth) {
  const blocks = Array.from({ length: depth }, (_, i) =>
    i === 0 ? "block b0 {\n  dense(8)\n}\n" : `block b${i} {\n  b${i - 1}\n  b${i - 1}\n}\n`,
  );
  return `lerac 1\n\n${blocks.join("\n")}\n${model(`        flatten\n  deep: b${depth - 1}\n  head: dense(10)`).slice(9)}`;
}

function cycle(path) {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "b.lerac"), 'lerac 1\n\nimport "a.lerac"\n');
  writeFileSync(join(path, "a.lerac"), 'lerac 1\n\nimport "b.lerac"\n');
  return join(path, "a.lerac");
}

/** The other sections of a file that trains. */
function training(text) {
  return `${text}
dataset data {
  source   image_folder("data")
  classes  10
  train    split(train) |> resize(32, 32)
}

curriculum lerac {
  rates  0.1 -> 1e-8
  until  5 epochs
}

train {
  loss       cross_entropy
  optimizer  sgd(rate: 0.1)
  batch      64
  epochs     30
}
`;
}
