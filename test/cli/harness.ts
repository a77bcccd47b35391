import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";
import { writeSmallFashion } from "../harness/small-fashion.js";

const root = resolve(import.meta.dirname, "../..");

const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { bin: { lerac: string } };

/** The command as it is installed: what `npm run build` made, or another build that LERAC_BIN names. */
export const lerac = process.env.LERAC_BIN ?? join(root, bin.lerac);

/** The same, a file a module, for tests of what is loaded. */
export const leracModules = process.env.LERAC_MODULES ?? join(root, "dist/src/cli/main.js");

if (!existsSync(lerac)) throw new Error("these tests drive the built command line: `npm run build` first");

export interface Outcome {
  /** Null when a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** The file that is run; `lerac` when left out. */
  readonly main?: string;
  /** What comes in on standard input; closed at once when left out. */
  readonly input?: string;
}

/** A folder with a data set and specs, from which commands are typed. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "lerac-cli-"));

  constructor() {
    const data = join(this.folder, "data/fashion");
    mkdirSync(data, { recursive: true });
    writeSmallFashion(data, { train: 60, test: 40 });
    this.write("fashion.lerac", fashionSpec);
    afterAll(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return name;
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** Runs `lerac ARGUMENTS` to its end. */
  lerac(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [surroundings.main ?? lerac, ...args], {
        cwd: this.folder,
        env: environment(surroundings.env),
      });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      child.on("error", reject);
      child.on("close", (exit) => resolve({ exit, stdout, stderr }));
      child.stdin.on("error", () => undefined);
      child.stdin.end(surroundings.input ?? "");
    });
  }
}

/** Nothing of the test's own surroundings but where programs are: CI, NO_COLOR and LERAC_* change what is said. */
export function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "", SystemRoot = "", TEMP = "" } = process.env;
  // The layout of the monitor is remembered there, not in the home of who runs the tests.
  const XDG_CONFIG_HOME = join(tmpdir(), `lerac-config-${process.pid}`);
  const XDG_CACHE_HOME = join(root, "node_modules/.cache");
  return { PATH, SystemRoot, TEMP, XDG_CONFIG_HOME, XDG_CACHE_HOME, ...more };
}

/** Small enough that a run takes a second, with everything that has state: momentum, statistics, dropout, shifts. */
export const fashionSpec = `lerac 1

experiment "small net" {
  seeds  1..5
}

param width = 2

dataset fashion {
  source   idx("data/fashion")
  classes  10
  train    split(train) |> shift(2 px) |> flip
  val      split(test, first: 50%)
  test     split(test, last: 50%)
  scale    standard(mean: 0.2860, std: 0.3530)
}

model net {
  input  image(28, 28, 1)

  conv: conv2d(width, 3, stride: 2)
        batch_norm
        relu
        max_pool(2)
        flatten
        dropout(0.2)
  head: dense(10)
}

curriculum lerac {
  rates  0.05 -> 5e-5
  until  1 epochs
}

train {
  data       fashion
  model      net
  loss       cross_entropy
  metrics    accuracy
  optimizer  sgd(rate: 0.05, momentum: 0.9)
  schedule   cosine
  batch      8
  epochs     3
  keep       best(val.accuracy)
}
`;
