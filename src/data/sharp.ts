import type { SharpConstructor } from "sharp";
import { fail } from "../diagnostics/index.js";

let loaded: SharpConstructor | null = null;

/**
 * sharp, loaded when first needed: it takes a quarter of a second, and IDX files do without it. L0309 on a machine for
 * which it has no library.
 */
export async function loadSharp(): Promise<SharpConstructor> {
  if (loaded !== null) return loaded;
  try {
    loaded = (await import("sharp")).default;
    return loaded;
  } catch {
    throw fail(
      "missing",
      "L0309",
      "images cannot be decoded: the library sharp does not load on this machine",
      {
        notes: [`no build of it was installed for ${process.platform} on ${process.arch}`],
        helps: ["install again with optional dependencies: `npm install --include=optional`"],
      },
    );
  }
}
