import { readFileSync } from "node:fs";

/** The version of this package. */
export function packageVersion(): string {
  // Compiled code lies one folder deeper (dist/src/cli) than its source (src/cli).
  for (const up of ["../../../package.json", "../../package.json"]) {
    try {
      const json = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8")) as {
        name?: string;
        version?: string;
      };
      if (json.name === "lerac" && json.version !== undefined) return json.version;
    } catch {
      // Not there: the other place.
    }
  }
  return "unknown";
}
