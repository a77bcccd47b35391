import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where each system keeps what a program remembers for one user: a variable that may name the folder, and the folder otherwise. */
const places = {
  /** Small files that are read again: layouts, choices. */
  config: { variable: "XDG_CONFIG_HOME", onWindows: "APPDATA", belowHome: ".config" },
  /** What can be made anew whenever it is lost. */
  cache: { variable: "XDG_CACHE_HOME", onWindows: "LOCALAPPDATA", belowHome: ".cache" },
} as const;

/**
 * The folder of `lerac` in a user's own: below the XDG Base Directory, or what Windows has in its place; null where there
 * is no home. It need not exist.
 */
export function userFolder(
  kind: keyof typeof places,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | null {
  const { variable, onWindows, belowHome } = places[kind];
  const named = env[platform === "win32" ? onWindows : variable];
  // A relative path is to be ignored (XDG Base Directory Specification).
  if (named !== undefined && isAbsolute(named)) return join(named, "lerac");
  try {
    const home = env.HOME || homedir();
    return isAbsolute(home) ? join(home, belowHome, "lerac") : null;
  } catch {
    return null;
  }
}
