/**
 * What is started as `lerac`: loads the bundled command with the bytecode that V8 made of it at an earlier start.
 * NODE_DISABLE_COMPILE_CACHE, Node's own switch, turns that off.
 */
import module from "node:module";
import { join } from "node:path";
import v8 from "node:v8";
import { userFolder } from "../../base/user-folder.js";
import { CodeCache } from "./code-cache.js";
import { extension } from "./code-file.js";

/** Put in by the bundler: the file of the command, and what tells this bundle from every other. */
declare const COMMAND_FILE: string;
declare const BUNDLE_DIGEST: string;

/**
 * V8 is made for programs that run long: it optimises early and collects garbage in small portions, each time what has just
 * been made. Commands end before that pays, and wait for it where no core is free. What does run long is optimised some milliseconds
 * later, and has 16 MB more. By the version of V8, as each calls it otherwise and complains of what it does not know: that of Node
 * 20, 22 and 24.
 */
const flags: Readonly<Record<string, string>> = {
  11: "--interrupt-budget=1000000 --semi-space-growth-factor=16",
  12: "--invocation-count-for-maglev=3000 --semi-space-growth-factor=16",
  13: "--invocation-count-for-maglev=3000 --semi-space-growth-factor=16",
};
for (const flag of flags[Number.parseInt(process.versions.v8, 10)]?.split(" ") ?? [])
  v8.setFlagsFromString(flag);

// Never where others may write, as /tmp, Node's own choice: what lies there is run.
const folder = process.env.NODE_DISABLE_COMPILE_CACHE
  ? null
  : userFolder("cache", process.env, process.platform);
if (folder !== null) {
  // From Node 22 on: of Ink and whatever else lies outside of the command's modules.
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown };
  enableCompileCache?.(process.env.NODE_COMPILE_CACHE || folder);
}
const { version, platform, arch } = process;
const name = `${BUNDLE_DIGEST}-${version}-${platform}-${arch}${extension}`;
const file = folder === null ? null : join(folder, name);
const cache = new CodeCache(file, import.meta.dirname, (path) => import(path));
process.once("exit", () => cache.save());
cache.load(join(import.meta.dirname, COMMAND_FILE));
