import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let found: Package | null | undefined;

/** This package as it is installed. */
export interface Package {
  /** Absolute. */
  readonly folder: string;
  readonly version: string;
}

/**
 * The package that this code is part of: the nearest folder above whose package.json says so. How deep the code lies
 * differs between the source, what tsc writes and the bundle. Null where somebody took the code out of its package.
 */
export function ownPackage(): Package | null {
  if (found === undefined) found = search(dirname(fileURLToPath(import.meta.url)));
  return found;
}

function search(folder: string): Package | null {
  try {
    const json = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Readonly<
      Record<string, unknown>
    >;
    if (json.name === "lerac" && typeof json.version === "string") return { folder, version: json.version };
  } catch {
    // None here, or none that can be read: further up.
  }
  return dirname(folder) === folder ? null : search(dirname(folder));
}
