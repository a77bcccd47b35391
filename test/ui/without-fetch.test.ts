import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** A process of its own: what was loaded once is not loaded again. */
function inProcess(source: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: root,
    encoding: "utf8",
  }).trim();
}

const load = `const { withoutFetch } = await import("./dist/src/ui/monitor/without-fetch.js");`;
const client = `console.log(process.moduleLoadList.some((name) => /undici/.test(name)), typeof fetch);`;

it("Ink is loaded without Node's client for HTTP, and fetch is there again afterwards", () => {
  expect(inProcess(`${load} const { Text } = await withoutFetch(() => import("ink")); ${client}`)).toBe(
    "false function",
  );
  // What this is for: loaded as it is, Ink loads the client. When it no longer does, this detour can go.
  expect(inProcess(`await import("ink"); ${client}`)).toBe("true function");
});

it("fetch is there again where loading fails", () => {
  const failing = `await withoutFetch(() => Promise.reject(new Error("no"))).catch((error) => console.log(error.message));`;
  expect(inProcess(`${load} ${failing} ${client}`)).toBe("no\nfalse function");
});
