import { writeFileSync } from "node:fs";
import { exitCodes, fail } from "../../diagnostics/index.js";
import { writeProgram } from "../../program/index.js";
import { type Command, listOption, textOption } from "../command.js";
import { loadProgram } from "../load-program.js";

export const compileCommand: Command = {
  name: "compile",
  arguments: "FILE",
  summary: "a spec into a program",
  examples: [
    ["lerac compile fashion.lerac -o cnn.program.json", "then: lerac run cnn.program.json"],
    ["lerac compile fashion.lerac | less", "the program on standard output"],
  ],
  groups: [
    {
      title: "What is compiled (recorded in the program)",
      options: [{ flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true }],
    },
    {
      title: "Where it goes",
      options: [
        {
          flags: "-o, --output FILE",
          description: "the program file; nothing is written when the spec is wrong",
        },
      ],
    },
  ],
  footer: "A program is self-contained: layers, data, settings and the rate plan, under one sha256.",
  async run(invocation) {
    const { terminal } = invocation;
    const [file = ""] = invocation.arguments;
    const { program, sha256 } = loadProgram(file, listOption(invocation, "set"), terminal);
    const text = writeProgram(program);
    const output = textOption(invocation, "output");
    if (output === undefined) {
      terminal.answer(text);
      return exitCodes.ok;
    }
    try {
      writeFileSync(output, text);
    } catch (error) {
      throw fail(
        "missing",
        "L0006",
        `${output} can't be written: ${(error as NodeJS.ErrnoException).code ?? "unknown reason"}`,
        {
          at: { place: output },
        },
      );
    }
    terminal.say(`wrote ${output}   sha256 ${sha256.slice(0, 8)}`);
    return exitCodes.ok;
  },
};
