/**
 * Writes the generated pages of docs/.
 *
 *   node scripts/generate-docs.mjs [--check] [--dist FOLDER]
 *
 * Each script in scripts/docs/ exports `pages(dist)`, a map from paths below docs/ to text, and `folders`, those of
 * docs/ that hold nothing else: a page there that is no longer made is removed. With --check nothing is written; the
 * exit code is 1 when a page differs. The sources are read as `npm run build` made them, or those in --dist.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    dist: { type: "string", default: join(root, "dist") },
  },
});
const docs = join(root, "docs");
const scripts = join(root, "scripts/docs");

const made = new Map();
const owned = [];
for (const file of readdirSync(scripts)
  .filter((name) => name.endsWith(".mjs"))
  .sort()) {
  const script = await import(pathToFileURL(join(scripts, file)).href);
  owned.push(...script.folders);
  for (const [path, text] of await script.pages(resolve(values.dist))) made.set(path, text);
}

const stale = owned
  .map((folder) => join(docs, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((item) => item.isFile())
  .map((item) => relative(docs, join(item.parentPath ?? item.path, item.name)).replaceAll("\\", "/"))
  .filter((path) => !made.has(path));
const changed = [...made].filter(([path, text]) => {
  const target = join(docs, path);
  return !existsSync(target) || readFileSync(target, "utf8") !== text;
});

for (const path of [...changed.map(([path]) => path), ...stale]) console.log(`docs/${path}`);
if (values.check) {
  if (changed.length + stale.length > 0) {
    console.log("these pages are not what the sources give: node scripts/generate-docs.mjs");
    process.exitCode = 1;
  }
} else {
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(docs, path)), { recursive: true });
    writeFileSync(join(docs, path), text);
  }
  for (const path of stale) rmSync(join(docs, path));
}
