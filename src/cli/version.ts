import { ownPackage } from "../base/package-folder.js";

/** The version of this package. */
export function packageVersion(): string {
  return ownPackage()?.version ?? "unknown";
}
