// The pages of docs/errors/, from the compiled sources in `dist`.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Folders of docs/ that hold nothing but these pages. */
export const folders = ["errors"];

export async function pages(dist) {
  const module = await import(pathToFileURL(join(dist, "src/cli/docs/error-pages.js")).href);
  return module.errorPages();
}
