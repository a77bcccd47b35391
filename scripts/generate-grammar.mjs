/**
 * Writes what is made from the grammar: grammar/lerac.ebnf, grammar/diagrams.html, grammar/lerac.tmLanguage.json.
 *
 *   node scripts/generate-grammar.mjs [--check] [--dist FOLDER]
 *
 * With --check nothing is written; the exit code is 1 when a file differs. The sources are read as `npm run build` made
 * them, or those in --dist.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ebnf } from "./grammar/ebnf.mjs";
import { productionsOf } from "./grammar/productions.mjs";
import { railroad } from "./grammar/railroad.mjs";
import { textMate } from "./grammar/textmate.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    dist: { type: "string", default: join(root, "dist") },
  },
});
const built = (path) => import(pathToFileURL(resolve(values.dist, path)).href);

const { LeracParser } = await built("grammar/parser.js");
const tokens = await built("grammar/tokens.js");
const precedence = await built("grammar/operators.js");
const { operators } = await built("src/language/operators/index.js");
const messages = { buildMismatchTokenMessage: () => "", buildNotAllInputParsedMessage: () => "" };
const productions = productionsOf(new LeracParser(messages, false, true));

const files = {
  "grammar/lerac.ebnf": ebnf(productions, tokens, precedence),
  "grammar/diagrams.html": railroad(productions),
  "grammar/lerac.tmLanguage.json": `${JSON.stringify(textMate(tokens, [...operators.keys()]), null, 2)}\n`,
};
for (const [path, text] of Object.entries(files)) {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target, "utf8").replaceAll("\r\n", "\n") === text) continue;
  if (values.check) {
    console.error(
      `${path} is not what the grammar gives: npm run build && node scripts/generate-grammar.mjs`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(target, text);
    console.log(path);
  }
}
