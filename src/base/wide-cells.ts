import stringWidth from "string-width";

/**
 * Terminal cells of a text that may hold anything. What this needs to know of Unicode takes longer to load than a small
 * spec to check, so that `scripts/bundle.mjs` has the package loaded by the first call.
 */
export function wideCells(text: string): number {
  return stringWidth(text);
}
