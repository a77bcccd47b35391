import { exitCodes } from "../../diagnostics/index.js";
import { buildAddon } from "../../engine/executors/tensorflow/addon.js";
import { type Command, textOption } from "../command.js";
import { tryBackend } from "../doctor/backends.js";
import { usage } from "../usage.js";

export const backend: Command = {
  name: "backend",
  arguments: "[build]",
  summary: "make the backend tensorflow of a TensorFlow on this machine",
  examples: [
    ["lerac backend build --tensorflow /opt/libtensorflow", "of the C library: include/ and lib/"],
    [
      "lerac backend build --tensorflow venv/lib/python3.12/site-packages/tensorflow",
      "of the Python package, with the CUDA that it was made for",
    ],
  ],
  groups: [
    {
      title: "Of what",
      options: [
        {
          flags: "--tensorflow FOLDER",
          description: "where TensorFlow lies, 2.9 or later; it must stay there",
        },
      ],
    },
  ],
  footer:
    "Compiles the native module of tfjs-node, which is then tried. The environment variable CXX names the compiler " +
    "(c++). Exit 0; 4 when something is missing.",
  async run(invocation) {
    const { terminal } = invocation;
    const [action, ...rest] = invocation.arguments;
    if (action !== "build" || rest.length > 0)
      throw usage(
        "`lerac backend` has the action `build`",
        `lerac backend ${invocation.arguments.join(" ")}`,
      );
    const folder = textOption(invocation, "tensorflow");
    if (folder === undefined)
      throw usage("`lerac backend build` needs `--tensorflow FOLDER`", "lerac backend build", [
        "lerac backend --help",
      ]);
    const addon = await buildAddon(folder, terminal.env.CXX ?? "c++", () =>
      terminal.say("compiling: about 15 s"),
    );
    terminal.say(`built ${addon.path}`);
    const report = await tryBackend("tensorflow");
    if (!report.ok) {
      terminal.say(`it does not load: ${report.reason}`);
      return exitCodes.missing;
    }
    terminal.answer(
      `tensorflow   ${report.device}, ${report.threads} threads   ${report.ms.toFixed(1)} ms a step of a small CNN`,
    );
    return exitCodes.ok;
  },
};
