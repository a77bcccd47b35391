import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { printable } from "../../../base/format.js";
import { fail, type LeracError } from "../../../diagnostics/index.js";
import { napiVersion, nativeModuleIn, packageOf, packages } from "./native.js";

const sources = ["binding/tfjs_backend.cc", "binding/tfjs_binding.cc"];

const require = createRequire(import.meta.url);

/** A TensorFlow on this machine: its headers, and the libraries that hold its C interface. */
export interface TensorflowLibrary {
  readonly include: string;
  readonly libraries: readonly string[];
}

export interface Addon {
  /** The native module that was made. */
  readonly path: string;
  readonly package: string;
  readonly library: TensorflowLibrary;
}

/**
 * Compiles the native module of tfjs-node against a TensorFlow that is on the machine, instead of the old one that its
 * install script would fetch. It speaks TensorFlow's C interface, which later versions keep.
 *
 * @param folder of the C library (`include/`, `lib/`), or of an installed Python package `tensorflow`
 * @param compiler a command that compiles C++17
 * @param begin called when all is found and the compiler starts
 * @throws LeracError L0904 where there is no such library, no tfjs-node, no compiler, or the sources don't compile
 */
export async function buildAddon(
  folder: string,
  compiler: string,
  begin: () => void = () => {},
): Promise<Addon> {
  if (process.platform === "win32")
    throw cannotBuild(folder, "the native module is built by hand on Windows", "`npm rebuild` says how");
  const library = findLibrary(folder);
  const { name, path } = findPackage(folder);
  const target = nativeModuleIn(path);
  mkdirSync(dirname(target), { recursive: true });
  const made = `${target}.${process.pid}`;
  begin();
  const folders = [...new Set(library.libraries.map((file) => dirname(file)))];
  try {
    await run(folder, compiler, [
      "-std=c++17",
      "-O2",
      "-fPIC",
      "-shared",
      `-DNAPI_VERSION=${napiVersion(path)}`,
      ...(process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
      `-I${nodeHeaders()}`,
      `-I${library.include}`,
      `-I${path}`,
      ...sources.map((source) => join(path, source)),
      ...library.libraries,
      ...folders.map((each) => `-Wl,-rpath,${each}`),
      "-o",
      made,
    ]);
    // A process that has the old one open keeps it.
    renameSync(made, target);
  } finally {
    rmSync(made, { force: true });
  }
  return { path: target, package: name, library };
}

/** @throws LeracError L0904 where a folder holds no TensorFlow, or one without its headers */
export function findLibrary(folder: string): TensorflowLibrary {
  const root = resolve(folder);
  for (const inside of [root, join(root, "tensorflow")]) {
    const include = join(inside, "include");
    if (!existsSync(join(include, "tensorflow/c/eager/c_api.h"))) continue;
    for (const place of [join(inside, "lib"), inside]) {
      const libraries = librariesIn(place);
      if (libraries.length > 0) return { include, libraries };
    }
    throw cannotBuild(
      folder,
      `${include} has the headers, but there is no libtensorflow beside it`,
      "expected lib/libtensorflow.so.2, or libtensorflow_cc.so.2 as in the Python package",
    );
  }
  throw cannotBuild(
    folder,
    existsSync(root) ? "it holds no include/tensorflow/c/eager/c_api.h" : "there is no such folder",
    "give the folder of TensorFlow's C library, or that of the Python package: " +
      '`python -c "import tensorflow as t; print(t.__path__[0])"`',
  );
}

/** libtensorflow and libtensorflow_framework; of several names of one library the first. */
function librariesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).sort();
  const first = (pattern: RegExp) => files.find((file) => pattern.test(file));
  const ending = process.platform === "darwin" ? "(\\.2)?\\.dylib" : "\\.so\\.2";
  const interfaceOf =
    first(new RegExp(`^libtensorflow${ending}$`)) ?? first(new RegExp(`^libtensorflow_cc${ending}$`));
  const framework = first(new RegExp(`^libtensorflow_framework${ending}$`));
  if (interfaceOf === undefined) return [];
  return [interfaceOf, ...(framework === undefined ? [] : [framework])].map((file) => join(folder, file));
}

function findPackage(folder: string): { readonly name: string; readonly path: string } {
  for (const name of packages) {
    const path = packageOf(name);
    if (path !== null && sources.every((source) => existsSync(join(path, source)))) return { name, path };
  }
  throw cannotBuild(
    folder,
    "tfjs-node, whose native module this builds, is not installed",
    "`npm install --ignore-scripts @tensorflow/tfjs-node` in lerac's folder adds its sources",
  );
}

function nodeHeaders(): string {
  const { include_dir } = require("node-api-headers") as { include_dir: string };
  return include_dir;
}

function run(folder: string, compiler: string, args: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(compiler, args, { stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (text: Buffer) => {
      errors += text;
    });
    child.on("error", () => {
      const help = "a C++ compiler is needed, such as g++ (Debian: `apt install g++`); `CXX` names another";
      failed(cannotBuild(folder, `${printable(compiler)} can't be started`, help));
    });
    child.on("close", (exit) => {
      if (exit === 0) done();
      else {
        const line =
          errors.split("\n").find((each) => /error|undefined reference/.test(each)) ?? `exit ${exit}`;
        failed(
          cannotBuild(
            folder,
            printable(line.trim()),
            "its headers and libraries must be of one version, 2.9 or later",
          ),
        );
      }
    });
  });
}

function cannotBuild(folder: string, why: string, help: string): LeracError {
  return fail("missing", "L0904", "the native module of tfjs-node can't be built", {
    at: { place: `--tensorflow ${printable(folder)}` },
    notes: [why],
    helps: [help],
  });
}
