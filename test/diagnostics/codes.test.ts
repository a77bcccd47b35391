import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes } from "../../src/check/codes.js";
import { lints } from "../../src/check/lints/index.js";
import { checkExample } from "../../src/cli/explain/check-example.js";
import { codeFamilies, isSpecExample } from "../../src/diagnostics/codes/index.js";

/** Literals of codes in the sources, outside the registry itself: `"L0212"`. */
function emittedCodes(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of ["src", "grammar"]) {
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(file) || file.startsWith(join("diagnostics", "codes"))) continue;
      const text = readFileSync(join(folder, file), "utf8").replace(/^\s*(\*|\/\/|\/\*).*$/gm, "");
      for (const [, code = ""] of text.matchAll(/"(L\d{4})"/g)) found.set(code, join(folder, file));
    }
  }
  return found;
}

const ofLints = new Set([...lints.values()].map(({ page }) => page.code));

describe("the registry of codes", () => {
  const emitted = emittedCodes();

  it("has an entry for every code that the sources emit", () => {
    const missing = [...emitted]
      .filter(([code]) => !codes.has(code))
      .map(([code, file]) => `${code} in ${file}`);
    expect(missing).toEqual([]);
  });

  it("has no entry that nothing emits", () => {
    expect([...codes.keys()].filter((code) => !emitted.has(code))).toEqual([]);
  });

  it("keeps every entry in the file of its name, those of lints beside their lint", () => {
    const files = readdirSync("src/diagnostics/codes").filter((file) => /^L\d{4}\.ts$/.test(file));
    expect(files.map((file) => file.replace(".ts", "")).sort()).toEqual(
      [...codes.keys()].filter((code) => !ofLints.has(code)).sort(),
    );
  });

  it.each([...codes.values()])("$code is written in the words of the house", (entry) => {
    expect(codeFamilies.has(entry.code.slice(0, 3))).toBe(true);
    expect(entry.title).toMatch(/^[^A-Z].*[^.]$/);
    expect(entry.title.length).toBeLessThanOrEqual(80);
    for (const text of [entry.meaning, entry.why]) {
      expect(text).toMatch(/^[A-Z`].*[.)]$/s);
      expect(text).not.toMatch(/\b(you|your|invalid|illegal|unexpected|please check)\b/i);
    }
  });
});

describe("examples of codes", () => {
  const specs = [...codes.values()].filter(({ wrong }) => isSpecExample(wrong));

  it.each(specs)("$code: the wrong one gives exactly this code first", ({ code, severity, wrong }) => {
    const [first] = isSpecExample(wrong) ? checkExample(wrong) : [];
    expect(first).toMatchObject({ code, severity });
  });

  it.each(specs)("$code: the right one gives no diagnostic at all", ({ right }) => {
    expect(isSpecExample(right)).toBe(true);
    if (!isSpecExample(right)) return;
    expect(checkExample(right).map((d) => `${d.code} ${d.message}`)).toEqual([]);
  });
});
