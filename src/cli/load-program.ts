import { dirname, isAbsolute, join, resolve } from "node:path";
import { type CompileOptions, compile, fileLoader } from "../check/index.js";
import { exitCodes, fail, LeracError, type Span } from "../diagnostics/index.js";
import { hashProgram, readProgram, type TrainingProgram } from "../program/index.js";
import { readSource, readText } from "./files.js";
import type { Terminal } from "./terminal.js";

/** A program as a command was given it: compiled from a spec, or read from a program file. */
export interface LoadedProgram {
  readonly program: TrainingProgram;
  readonly sha256: string;
  /** The file as typed. */
  readonly file: string;
  /** Text of the spec; empty for a program file. */
  readonly specText: string;
  /** What the spec imports, by relative paths. */
  readonly imports: readonly { readonly name: string; readonly text: string }[];
  /** Where the spec says where the data lie; null for a program file. */
  readonly dataSource: Span | null;
  /** Arms that a run has to choose from, where the spec names no curriculum to train under. */
  readonly undecided: readonly string[];
  /** Layers by address: which of their arguments the spec gives; empty for a program file. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Takes either kind of file. Warnings go to stderr.
 * @throws LeracError with the diagnostics of the spec (exit 3), or as `readProgram`
 */
export async function loadProgram(
  file: string,
  set: readonly string[],
  terminal: Terminal,
  arm?: string,
): Promise<LoadedProgram> {
  if (/\.json$/i.test(file)) {
    if (arm !== undefined) {
      throw fail("usage", "L0922", "`--arm` needs a spec: a compiled program trains one arm", {
        at: { place: `--arm ${arm}` },
        helps: ["run the .lerac file, or compile it with `--arm`"],
      });
    }
    if (set.length > 0) {
      throw fail("usage", "L0922", "`--set` needs a spec: the params of a compiled program are fixed", {
        at: { place: `--set ${set[0]}` },
        helps: ["run the .lerac file, or compile it with `--set`"],
      });
    }
    const { program, sha256 } = readProgram(readText(file), file);
    return {
      program,
      sha256,
      file,
      specText: "",
      imports: [],
      dataSource: null,
      undecided: [],
      written: new Map(),
    };
  }
  const source = readSource(file);
  const compiled = compile(source, {
    ...compileOptions(file, parseSet(set)),
    ...(arm === undefined ? {} : { arm }),
  });
  if (compiled.program === null) {
    const errors = compiled.diagnostics.some((d) => d.severity === "error");
    if (errors) throw new LeracError(exitCodes.spec, compiled.diagnostics);
    throw fail("spec", "L0502", `${file} has no \`train\` section: there is nothing to run`, {
      at: { place: file },
      helps: ["a spec that trains has a dataset, a model and a `train` section"],
    });
  }
  await terminal.diagnostics(compiled.diagnostics, terminal.stderr);
  return {
    program: compiled.program,
    sha256: hashProgram(compiled.program),
    file,
    specText: source.text,
    imports: compiled.imports,
    dataSource: compiled.dataSource,
    undecided: compiled.undecided ?? [],
    written: compiled.written ?? new Map(),
  };
}

/** How a file named on the command line is compiled: `-` is standard input, and imports from the current folder. */
export function compileOptions(file: string, set: NonNullable<CompileOptions["set"]>): CompileOptions {
  return { set, loader: fileLoader(file === "-" ? null : file) };
}

/** `NAME=VALUE` pairs of `--set`. */
export function parseSet(set: readonly string[]): NonNullable<CompileOptions["set"]> {
  return new Map(set.map((pair) => splitPair(pair, "--set", "width=64")));
}

function splitPair(pair: string, flag: string, example: string): [string, string] {
  const at = pair.indexOf("=");
  if (at > 0 && at < pair.length - 1) return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  throw fail("usage", "L0921", `\`${flag}\` needs NAME=VALUE, not \`${pair}\``, {
    at: { place: `${flag} ${pair}` },
    helps: [`such as \`${flag} ${example}\``],
  });
}

/**
 * Where the data of a program lie: `--data NAME=PATH`, else below `LERAC_DATA` by the dataset's name, else the spec's
 * own path, seen from the spec's folder. Absolute.
 */
export function dataFolder(
  loaded: Pick<LoadedProgram, "program" | "file">,
  data: readonly string[],
  env: NodeJS.ProcessEnv,
): string {
  const { name, source } = loaded.program.data;
  for (const pair of data) {
    const [key, path] = splitPair(pair, "--data", `${name}=FOLDER`);
    if (key === name) return resolve(path);
    throw fail("usage", "L0923", `the spec has no dataset called \`${key}\``, {
      at: { place: `--data ${pair}` },
      helps: [`it has \`${name}\`: \`--data ${name}=${path}\``],
    });
  }
  if (env.LERAC_DATA !== undefined && env.LERAC_DATA !== "") return resolve(env.LERAC_DATA, name);
  const folder = loaded.file === "-" ? "." : dirname(loaded.file);
  return isAbsolute(source.path) ? source.path : resolve(join(folder, source.path));
}
