import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();
const tfjsNode = "node_modules/@tensorflow/tfjs-node-gpu/binding/tfjs_backend.cc";

/** Files that look like a TensorFlow to whoever does not compile them. */
function library(name: string, files: readonly string[]): string {
  for (const file of files) {
    const path = join(project.folder, name, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "");
  }
  return name;
}

const header = "include/tensorflow/c/eager/c_api.h";

describe("lerac backend build", () => {
  it("says what is missing of the command line", async () => {
    const none = await typed(project, ["backend"]);
    expect(none.exit).toBe(2);
    expect(none.stderr).toContain("error[L0920]: `lerac backend` has the action `build`");
    const bare = await typed(project, ["backend", "build"]);
    expect(bare.exit).toBe(2);
    expect(bare.stderr).toContain("needs `--tensorflow FOLDER`");
  });

  it("says what a folder lacks", async () => {
    const build = (folder: string) => typed(project, ["backend", "build", "--tensorflow", folder]);
    const missing = await build("nowhere");
    expect(missing.exit).toBe(4);
    expect(missing.stderr).toContain("error[L0904]: the native module of tfjs-node can't be built");
    expect(missing.stderr).toContain("there is no such folder");
    const empty = await build(library("empty", ["readme.txt"]));
    expect(empty.stderr).toContain("it holds no include/tensorflow/c/eager/c_api.h");
    const headers = await build(library("headers", [header]));
    expect(headers.stderr).toContain("but there is no libtensorflow beside it");
  });

  it.runIf(existsSync(tfjsNode))("says that there is no compiler, or what it said", async () => {
    const c = library("c-library", [header, "lib/libtensorflow.so.2", "lib/libtensorflow_framework.so.2"]);
    const nowhere = await typed(project, ["backend", "build", "--tensorflow", c], {
      CXX: "no-such-compiler",
    });
    expect(nowhere.exit).toBe(4);
    expect(nowhere.stderr).toContain("no-such-compiler can't be started");
    expect(nowhere.stderr).toContain("apt install g++");
    const python = library("site-packages", [`tensorflow/${header}`, "tensorflow/libtensorflow_cc.so.2"]);
    const failing = await typed(project, ["backend", "build", "--tensorflow", python], { CXX: "false" });
    expect(failing.exit).toBe(4);
    expect(failing.stderr).toContain("exit 1");
  });
});
