import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Commit, Environment } from "./record.js";

/** Packages whose version may change what a run computes. */
const computing = /^(@tensorflow\/|sharp$)/;

/** Milliseconds that git gets to answer: on a slow disk a run starts without knowing its commit. */
const gitPatience = 3000;

/**
 * The machine and software at hand, as far as they are known before a trainer has started.
 * @param spec the spec's file, whose commit is looked up; null where it is not a file
 */
export function describeEnvironment(spec: string | null): Environment {
  return {
    node: process.versions.node,
    platform: platform(),
    release: release(),
    arch: arch(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory: totalmem(),
    libraries: libraryVersions(),
    commit: spec === null ? null : commitOf(resolve(spec)),
    backend: null,
    data: null,
  };
}

/** Installed versions of the packages that compute. */
function libraryVersions(): Record<string, string> {
  const home = packageFolder(dirname(fileURLToPath(import.meta.url)));
  if (home === null) return {};
  const { dependencies = {}, optionalDependencies = {} } = readJson(join(home, "package.json"));
  const versions: Record<string, string> = {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    if (!computing.test(name)) continue;
    const manifest = manifestOf(name, home);
    if (manifest !== null) versions[name] = readJson(manifest).version ?? "unknown";
  }
  return versions;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readJson(path: string): Manifest {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** The folder of this package: the nearest above whose package.json has its name. */
function packageFolder(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    if (readJson(join(folder, "package.json")).name === "lerac") return folder;
    if (dirname(folder) === folder) return null;
  }
}

/** Where Node finds a package; not asked of Node, which hides the package.json of many. */
function manifestOf(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, "node_modules", ...name.split("/"), "package.json");
    if (existsSync(manifest)) return manifest;
    if (dirname(folder) === folder) return null;
  }
}

/**
 * The commit that a file belongs to; null where there is no repository or no git. Clean: the file is in it and no
 * tracked file of the repository was changed since.
 */
function commitOf(file: string): Commit | null {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["--no-optional-locks", "-c", "core.fsmonitor=false", "-C", dirname(file), ...args], {
      encoding: "utf8",
      timeout: gitPatience,
      stdio: ["ignore", "pipe", "ignore"],
      windowsHide: true,
    }).trim();
  try {
    const sha = git("rev-parse", "HEAD");
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return { sha, clean: !changed && git("ls-files", "--", basename(file)) !== "" };
  } catch {
    return null;
  }
}
