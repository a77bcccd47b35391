/**
 * Loads Ink. It waits at top level for the WebAssembly of its layout, so that no `require` can load it: in the bundle of
 * CommonJS modules, `scripts/bundle.mjs` puts another body into this one function.
 */
export function loadMount(): Promise<typeof import("./mount.js")> {
  return import("./mount.js");
}
