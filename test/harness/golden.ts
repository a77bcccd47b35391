import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Whether what is found now is to be written down as right: `UPDATE_GOLDEN=1`. */
export const accepting = process.env.UPDATE_GOLDEN === "1";

/**
 * Compares a text with the file that holds what was found right before.
 *
 * @param file absolute path
 * @param how the command that accepts, as a failing test prints it
 */
export function expectGoldenFile(file: string, text: string, how: string): void {
  if (accepting) {
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
    return;
  }
  const name = path.relative(root, file).replaceAll("\\", "/");
  const kept = existsSync(file) ? readFileSync(file, "utf8") : "(no such file)\n";
  expect(text, `${name} differs. Read the difference; if it is right: UPDATE_GOLDEN=1 ${how}`).toBe(kept);
}
