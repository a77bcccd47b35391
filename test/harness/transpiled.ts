import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Turns a TypeScript file and everything of the project that it imports into JavaScript that `node` runs in a process
 * of its own, always from the present sources. Gives the path of the entry. Inside node_modules, so that packages are
 * found from there; the folder is ignored by git.
 */
export function transpiled(entry: string): string {
  const cache = path.join(root, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "test-"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }\n');
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(file, "utf8");
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ES2022,
        jsx: ts.JsxEmit.ReactJSX,
        verbatimModuleSyntax: true,
      },
      fileName: file,
    });
    const target = outputOf(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, outputText);
    // Dynamic imports too.
    for (const { fileName } of ts.preProcessFile(source, true, true).importedFiles) {
      if (fileName.startsWith(".")) visit(sourceOf(path.resolve(path.dirname(file), fileName)));
    }
  };
  visit(path.resolve(root, entry));
  return outputOf(folder, path.resolve(root, entry));
}

function outputOf(folder: string, file: string): string {
  return path.join(folder, path.relative(root, file)).replace(/\.tsx?$/, ".js");
}

function sourceOf(imported: string): string {
  const base = imported.replace(/\.js$/, "");
  return existsSync(`${base}.tsx`) ? `${base}.tsx` : `${base}.ts`;
}
