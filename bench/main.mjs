// npm run bench -- NAME: runs bench/NAME.mjs, which exports `run`.
import { readdirSync } from "node:fs";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".mjs") && file !== "main.mjs")
  .map((file) => file.replace(/\.mjs$/, ""))
  .sort();
const [name, ...args] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exitCode = 2;
} else {
  const { run } = await import(`./${name}.mjs`);
  await run(args);
}
