import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import vm from "node:vm";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { CodeCache } from "../../../src/cli/start/code-cache.js";
import { readCodes, writeCodes } from "../../../src/cli/start/code-file.js";

const top = mkdtempSync(join(tmpdir(), "lerac-code-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const modules = join(top, "modules");
const file = join(top, "kept/lerac/codes.bin");
const importModule = (name: string) => import(name);
const names = "exports, require, module, __filename, __dirname, importModule";

mkdirSync(modules);
const write = (name: string, text: string) => writeFileSync(join(modules, name), text);
write(
  "command.cjs",
  `"use strict";
const shared = require("./shared.cjs");
exports.path = require("node:path").sep;
exports.shared = shared;
exports.later = async () => [require("./later.cjs").shared === shared, (await importModule("node:os")).EOL];
exports.where = [__filename, __dirname];
`,
);
write("shared.cjs", "exports.count = (globalThis.sharedRuns = (globalThis.sharedRuns ?? 0) + 1);\n");
write("later.cjs", 'exports.shared = require("./shared.cjs");\nexports.back = require("./command.cjs");\n');

interface Command {
  readonly path: string;
  readonly shared: { readonly count: number };
  readonly later: () => Promise<unknown>;
  readonly where: readonly string[];
}

const command = join(modules, "command.cjs");
const start = () => {
  const cache = new CodeCache(file, modules, importModule);
  return { cache, command: cache.load(command) as Command };
};

beforeEach(() => rmSync(join(top, "kept"), { recursive: true, force: true }));

describe("code that is kept from start to start", () => {
  it("runs a module once, as require does, whoever asks for it", async () => {
    const { cache, command: loaded } = start();
    expect(await loaded.later()).toEqual([true, process.platform === "win32" ? "\r\n" : "\n"]);
    expect(cache.load(command)).toBe(loaded);
    expect(loaded.where).toEqual([command, modules]);
  });

  it("is written when there was none, and again only when more was loaded", async () => {
    start().cache.save();
    expect([...readCodes(file).keys()].sort()).toEqual(["command.cjs", "shared.cjs"]);
    const first = statSync(file).ino;
    start().cache.save();
    expect(statSync(file).ino).toBe(first);
    const more = start();
    await more.command.later();
    more.cache.save();
    expect([...readCodes(file).keys()].sort()).toEqual(["command.cjs", "later.cjs", "shared.cjs"]);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("is what V8 takes: the module's text is not compiled again", () => {
    start().cache.save();
    const text = `(function (${names}) {${readFileSync(command, "utf8")}\n})`;
    const cachedData = readCodes(file).get("command.cjs");
    expect(new vm.Script(text, { filename: command, cachedData }).cachedDataRejected).toBe(false);
  });

  it("names the right line of a module in a trace", () => {
    write("failing.cjs", "\n\nthrow new Error('third line');\n");
    const load = () => new CodeCache(file, modules, importModule).load(join(modules, "failing.cjs"));
    expect(load).toThrow(expect.objectContaining({ stack: expect.stringContaining("failing.cjs:3:7") }));
  });

  it("is nothing when one bit of it is wrong, or its end is missing", () => {
    start().cache.save();
    const whole = readFileSync(file);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(7), fc.boolean(), (at, bit, cut) => {
        const damaged = cut ? whole.subarray(0, at) : Buffer.from(whole);
        if (!cut) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        writeFileSync(file, damaged);
        expect(readCodes(file).size).toBe(0);
      }),
    );
    expect(start().command.path).toHaveLength(1);
  });

  it("of another V8 is not taken, and is written anew", () => {
    // A text of its own: what this process compiled before, V8 takes from there.
    write("foreign.cjs", "exports.answer = () => 42;\n");
    writeCodes(file, new Map([["foreign.cjs", Buffer.from("of no V8 at all")]]));
    const cache = new CodeCache(file, modules, importModule);
    expect((cache.load(join(modules, "foreign.cjs")) as { answer: () => number }).answer()).toBe(42);
    cache.save();
    expect(readCodes(file).get("foreign.cjs")?.length).toBeGreaterThan(100);
  });

  it("is neither looked for nor written where there is no file for it", () => {
    const cache = new CodeCache(null, modules, importModule);
    expect((cache.load(command) as Command).path).toHaveLength(1);
    expect(() => cache.save()).not.toThrow();
  });

  it("costs nobody an answer where nothing can be written", () => {
    mkdirSync(join(top, "kept"));
    writeFileSync(join(top, "kept/lerac"), "a file where the folder would be");
    const { cache, command: loaded } = start();
    expect(loaded.path).toHaveLength(1);
    expect(() => cache.save()).not.toThrow();
  });

  it("goes when its bundle has not been started for long; what is not ours stays", () => {
    const folder = join(top, "kept/lerac");
    mkdirSync(folder, { recursive: true });
    const long = new Date(Date.now() - 100 * 24 * 60 * 60 * 1000);
    for (const name of ["old.bin", "recent.bin", "notes.txt"]) writeFileSync(join(folder, name), "");
    for (const name of ["old.bin", "notes.txt"]) utimesSync(join(folder, name), long, long);
    start().cache.save();
    expect(readdirSync(folder).sort()).toEqual(["codes.bin", "notes.txt", "recent.bin"]);
  });
});
