import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";

const folder = path.resolve(import.meta.dirname, "../golden/ui");

/** Compares a screen with the one kept in test/golden/ui; UPDATE_GOLDEN=1 accepts what is drawn now. */
export function expectGolden(name: string, drawn: string): void {
  const file = path.join(folder, `${name}.txt`);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${drawn}\n`);
    return;
  }
  const kept = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : "(no such file)\n";
  expect(`${drawn}\n`, `${name} differs; if it is right: UPDATE_GOLDEN=1 npx vitest run test/ui`).toBe(kept);
}
