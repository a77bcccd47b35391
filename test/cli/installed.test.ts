import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { Project } from "./harness.js";

const project = new Project();
const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8")) as {
  version: string;
};

/** What the command finds in its own package, whatever form its code has there: these run what `npm run build` made. */
describe("the command as it is installed", () => {
  it("knows its version", async () => {
    expect(await project.lerac(["--version"])).toEqual({ exit: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("writes a first spec with the data that came with it", async () => {
    expect((await project.lerac(["init"])).exit).toBe(0);
    expect((await project.lerac(["check", "--data", "first.lerac"])).exit).toBe(0);
    expect(readFileSync(join(project.folder, "data/fashion-mini/LICENSE"), "utf8")).toContain("MIT");
  });

  it("finds the standard blocks", async () => {
    const spec = "lerac 1\n\nimport std.squeeze_excite\n";
    const file = project.write("standard.lerac", spec);
    expect((await project.lerac(["check", file])).exit).toBe(0);
    const wrong = project.write("none.lerac", spec.replace("squeeze_excite", "squeeze_exite"));
    expect((await project.lerac(["check", wrong])).stdout).toContain("did you mean `std.squeeze_excite`");
  });
});
