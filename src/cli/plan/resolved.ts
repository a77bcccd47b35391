import { SourceFile } from "../../diagnostics/index.js";
import { parse } from "../../syntax/index.js";
import { dataFolder, type LoadedProgram, parseSet } from "../load-program.js";
import type { ResolvedRow } from "./resolved-rows.js";
import { resolvedText } from "./resolved-text.js";

/** Every value of a run with where it comes from; that of a program file knows only what it holds. */
export function resolved(
  loaded: LoadedProgram,
  set: readonly string[],
  data: readonly string[],
  env: NodeJS.ProcessEnv,
): string {
  const { file } = parse(new SourceFile(loaded.file, loaded.specText));
  return resolvedText({
    program: loaded.program,
    file,
    written: loaded.written,
    overridden: new Set(parseSet(set).keys()),
    machine: machineRows(loaded, data, env),
  });
}

/** Where it would run and what it would read here: flags, then the environment, then the spec, then defaults. */
function machineRows(loaded: LoadedProgram, data: readonly string[], env: NodeJS.ProcessEnv): ResolvedRow[] {
  const folder = dataFolder(loaded, data, env);
  const fromEnvironment = (name: string) => env[name] !== undefined && env[name] !== "";
  const row = (name: string, variable: string, otherwise: string): ResolvedRow => ({
    origin: fromEnvironment(variable) ? "environment" : "default",
    name,
    value: env[variable] || otherwise,
  });
  return [
    {
      origin: data.length > 0 ? "flag" : fromEnvironment("LERAC_DATA") ? "environment" : "written",
      name: `data of ${loaded.program.data.name}`,
      value: folder,
    },
    row("backend", "LERAC_BACKEND", "auto"),
    row("runs", "LERAC_RUNS", "runs"),
    row("theme", "LERAC_THEME", "auto"),
  ];
}
