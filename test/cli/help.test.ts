import { describe, expect, it } from "vitest";
import { commandHelp, overview } from "../../src/cli/help.js";
import { commandEntries, commandGroups } from "../../src/cli/registry.js";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();
const commands = await Promise.all(commandEntries.map((entry) => entry.load()));

describe("lerac --help", () => {
  it("is one screen with every command, two a line, in columns", () => {
    const page = overview(commandGroups).split("\n");
    expect(page.length).toBeLessThanOrEqual(24);
    for (const line of page) expect(line.length, line).toBeLessThanOrEqual(80);
    for (const { name, summary } of commandEntries) {
      const line = page.find((text) => text.includes(` ${name} `) && text.includes(summary));
      expect(line, name).toBeDefined();
      expect([9, 44]).toContain(
        line?.indexOf(` ${name} `) === undefined ? -1 : line.indexOf(` ${name} `) + 1,
      );
    }
    expect(page.at(-2)).toBe(
      "First time?  lerac init && lerac run first.lerac     Flags: lerac COMMAND --help",
    );
  });

  it("is what plain `lerac` and `lerac --help` say, on standard output", async () => {
    const plain = await typed(project, []);
    expect(plain).toEqual({ exit: 0, stdout: overview(commandGroups), stderr: "" });
    expect(await typed(project, ["--help"])).toEqual(plain);
    expect((await typed(project, ["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe.each(commands.map((command) => [command.name, command] as const))(
  "lerac %s --help",
  (name, command) => {
    const page = commandHelp(command);

    it("fits into 80 columns and says what, how and with which flags", async () => {
      for (const line of page.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(page).toMatch(new RegExp(`^lerac ${name}`));
      for (const { flags } of command.groups.flatMap((group) => group.options))
        expect(page).toContain(`  ${flags} `);
      expect(await typed(project, [name, "--help"])).toEqual({ exit: 0, stdout: page, stderr: "" });
    });

    it("has examples, whose flags are flags of the command", () => {
      expect(command.examples.length).toBeGreaterThan(0);
      const known = command.groups.flatMap((group) =>
        group.options.flatMap((option) => option.flags.split(/[ ,]+/)),
      );
      for (const [line] of command.examples) {
        const own = line.split(/[|>]/).find((part) => part.includes("lerac ")) ?? "";
        for (const flag of own.match(/(?<= )--?[a-z][a-z-]*/g) ?? []) expect(known, line).toContain(flag);
      }
    });

    it("an unknown flag is exit 2 and points here", async () => {
      const { exit, stdout, stderr } = await typed(project, [name, "--no-such-flag"]);
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
      expect(stderr).toContain(`\`lerac ${name}\` has no flag \`--no-such-flag\``);
    });
  },
);

describe("what is not there", () => {
  it("a command: exit 2 with the nearest one", async () => {
    const { exit, stderr } = await typed(project, ["plna", "fashion.lerac"]);
    expect(exit).toBe(2);
    expect(stderr).toContain("there is no command called `plna`");
    expect(stderr).toContain("did you mean `lerac plan`?");
  });
});
