import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * The house has one way through it: every folder may import what stands below it and nothing else, so that the checker
 * starts without a tensor library and a change of the monitor can't change a rate. `src/README.md` has the picture.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  diagnostics: ["base"],
  grammar: ["base"],
  syntax: ["grammar", "diagnostics", "base"],
  language: ["base"],
  plan: ["language", "base"],
  program: ["plan", "language", "diagnostics", "base"],
  check: ["program", "plan", "language", "syntax", "diagnostics", "base"],
  engine: ["program", "plan", "language", "diagnostics", "base"],
  data: ["program", "language", "diagnostics", "base"],
  runs: ["program", "plan", "diagnostics", "base"],
  train: ["runs", "engine", "data", "program", "plan", "diagnostics", "base"],
  export: ["runs", "program", "plan", "language", "diagnostics", "base"],
  ui: ["runs", "diagnostics", "base"],
  report: ["runs", "program", "plan", "language", "diagnostics", "base"],
  lsp: ["check", "program", "plan", "language", "syntax", "diagnostics", "base"],
  api: [
    "report",
    "train",
    "runs",
    "engine",
    "data",
    "check",
    "program",
    "plan",
    "language",
    "syntax",
    "diagnostics",
    "base",
  ],
  cli: [
    "lsp",
    "ui",
    "report",
    "export",
    "train",
    "runs",
    "engine",
    "data",
    "check",
    "program",
    "plan",
    "language",
    "syntax",
    "grammar",
    "diagnostics",
    "base",
  ],
};

/** Imports of types alone, which load nothing: a reader of samples gives what an executor takes. */
const mayImportTypes: Readonly<Record<string, readonly string[]>> = { data: ["engine"] };

/** Packages that only some folders load, and why. */
const packages: readonly {
  readonly name: RegExp;
  readonly folders: readonly string[];
  readonly why: string;
}[] = [
  { name: /^@tensorflow\//, folders: ["engine"], why: "nothing else depends on how tensors are computed" },
  { name: /^onnxruntime-/, folders: ["engine"], why: "nothing else depends on how steps are run" },
  { name: /^(ink|react)(\/|$)/, folders: ["ui"], why: "nothing else depends on how a screen is drawn" },
  { name: /^sharp$/, folders: ["data"], why: "images are decoded in one place" },
  { name: /^fft\.js$/, folders: ["data"], why: "sound becomes spectrograms in one place" },
  {
    name: /^chevrotain$/,
    folders: ["grammar", "syntax"],
    why: "behind the syntax tree nobody sees the parser",
  },
  { name: /^commander$/, folders: ["cli"], why: "only commands know of a command line" },
];

const root = path.resolve(import.meta.dirname, "..");

interface Import {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly folder: string;
  readonly specifier: string;
  /** The folder it lies in; null for packages and parts of Node. */
  readonly target: string | null;
  readonly typeOnly: boolean;
}

const imports = [...sources("grammar"), ...sources("src")].flatMap((file) =>
  importsOf(file, readFileSync(path.join(root, file), "utf8")),
);

describe("imports point one way", () => {
  it("finds the imports of every folder", () => {
    expect(imports.length).toBeGreaterThan(500);
    expect([...new Set(imports.map((found) => found.folder))].filter((name) => !(name in mayImport))).toEqual(
      [],
    );
  });

  it("between folders", () => {
    expect(wrongArrows(imports)).toEqual([]);
  });

  it("and would be found out if they did not, in whatever way they are written", () => {
    const text = `
      import { compile } from "../check/index.js";
      import type { Run } from "../runs/index.js";
      export * from "../plan/index.js";
      const later = await import("../cli/main.js");
      type Batch = import("../engine/executor.js").Batch;
      import { printable } from "../base/format.js";`;
    const says = (target: string) => expect.stringMatching(`stands on plan, language.*, not on ${target}$`);
    expect(wrongArrows(importsOf("src/program/new.ts", text))).toEqual(
      ["check", "runs", "cli", "engine"].map(says),
    );
  });

  it("is an order: nothing stands on itself, however long the way", () => {
    const standsOn = (name: string, seen: readonly string[] = []): string[] =>
      seen.includes(name)
        ? [[...seen, name].join(" -> ")]
        : (mayImport[name] ?? []).flatMap((lower) => standsOn(lower, [...seen, name]));
    expect(Object.keys(mayImport).flatMap((name) => standsOn(name))).toEqual([]);
  });

  it("from the outside", () => {
    const wrong = imports.flatMap(({ file, folder, specifier }) => {
      const rule = packages.find(({ name }) => name.test(specifier));
      if (rule === undefined || rule.folders.includes(folder)) return [];
      return [`${file} imports ${specifier}: only ${rule.folders.join(" and ")} may, ${rule.why}`];
    });
    expect(wrong).toEqual([]);
  });

  it("with the suffix and prefix that Node needs", () => {
    const wrong = imports.filter(({ specifier }) =>
      specifier.startsWith(".") ? !/\.(js|json)$/.test(specifier) : nodeModules.has(specifier),
    );
    expect(wrong.map(({ file, specifier }) => `${file}: ${specifier}`)).toEqual([]);
  });

  it("only to packages that package.json names", () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(path.join(root, "package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    const known = new Set([...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {})]);
    const unknown = imports
      .filter(({ specifier, typeOnly }) => !/^(\.|node:)/.test(specifier) && !typeOnly)
      .filter(({ specifier }) => !known.has(packageName(specifier)));
    expect(unknown.map(({ file, specifier }) => `${file}: ${specifier}`)).toEqual([]);
  });
});

function wrongArrows(found: readonly Import[]): string[] {
  return found.flatMap(({ file, folder, specifier, target, typeOnly }) => {
    if (target === null || target === folder || mayImport[folder]?.includes(target)) return [];
    if (typeOnly && mayImportTypes[folder]?.includes(target)) return [];
    const allowed = mayImport[folder]?.join(", ") || "nothing";
    return [`${file} imports ${specifier}: ${folder} stands on ${allowed}, not on ${target}`];
  });
}

const nodeModules = new Set(["fs", "path", "os", "crypto", "child_process", "url", "util", "zlib", "stream"]);

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Every TypeScript file below a folder, relative to the project. */
function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
}

function importsOf(file: string, text: string): Import[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    found.push({ file, folder: folderOf(file), specifier, target: targetOf(file, specifier), typeOnly });
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, isTypeOnly(node));
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteral(specifier)) add(specifier.text, false);
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      add(node.argument.literal.text, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** `import type { … }`, or one whose names are all types. */
function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { namedBindings } = importClause;
  if (importClause.name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) {
    return false;
  }
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function targetOf(file: string, specifier: string): string | null {
  return specifier.startsWith(".") ? folderOf(path.posix.join(path.posix.dirname(file), specifier)) : null;
}

/** `src/check/model/fit.ts` lies in `check`, `grammar/tokens.ts` in `grammar`. */
function folderOf(file: string): string {
  const [first, second] = file.split("/");
  return (first === "src" ? second : first) ?? "";
}
