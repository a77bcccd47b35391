import type { Command } from "./command.js";

/** One command as the overview lists it; its module is loaded only when it is run, so that every command starts fast. */
export interface CommandEntry {
  readonly name: string;
  /** As the overview says it; at most 24 characters. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** Commands by what they are for, as `lerac --help` shows them. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CommandEntry[];
}

/** Every command. Adding one is adding its file to `commands/` and its line here. */
export const commandGroups: readonly CommandGroup[] = [
  {
    title: "Write",
    commands: [
      { name: "init", summary: "a first spec", load: async () => (await import("./commands/init.js")).init },
      {
        name: "check",
        summary: "all that is wrong",
        load: async () => (await import("./commands/check.js")).check,
      },
      { name: "fmt", summary: "the one layout", load: async () => (await import("./commands/fmt.js")).fmt },
      {
        name: "explain",
        summary: "a code, operator or setting",
        load: async () => (await import("./commands/explain.js")).explain,
      },
    ],
  },
  {
    title: "Look",
    commands: [
      {
        name: "plan",
        summary: "layers, rates: the run",
        load: async () => (await import("./commands/plan.js")).plan,
      },
      {
        name: "batches",
        summary: "the tensors of a step",
        load: async () => (await import("./commands/batches.js")).batches,
      },
    ],
  },
  {
    title: "Train",
    commands: [
      {
        name: "run",
        summary: "a spec or program",
        load: async () => (await import("./commands/run.js")).run,
      },
      {
        name: "resume",
        summary: "go on from a checkpoint",
        load: async () => (await import("./commands/resume.js")).resume,
      },
      {
        name: "watch",
        summary: "a run, live or over",
        load: async () => (await import("./commands/watch.js")).watch,
      },
      {
        name: "stop",
        summary: "end a run from elsewhere",
        load: async () => (await import("./commands/stop.js")).stop,
      },
      {
        name: "compile",
        summary: "a spec into a program",
        load: async () => (await import("./commands/compile.js")).compileCommand,
      },
    ],
  },
  {
    title: "Use",
    commands: [
      {
        name: "runs",
        summary: "list, tag, remove",
        load: async () => (await import("./commands/runs.js")).runs,
      },
      {
        name: "show",
        summary: "one run on one screen",
        load: async () => (await import("./commands/show.js")).show,
      },
      {
        name: "eval",
        summary: "measure on a split",
        load: async () => (await import("./commands/eval.js")).evalCommand,
      },
      {
        name: "predict",
        summary: "label new inputs",
        load: async () => (await import("./commands/predict.js")).predict,
      },
      {
        name: "export",
        summary: "tfjs, safetensors, onnx",
        load: async () => (await import("./commands/export.js")).exportCommand,
      },
    ],
  },
  {
    title: "Machine",
    commands: [
      // On the left, where there is room for its name.
      {
        name: "completion",
        summary: "of commands, by Tab",
        load: async () => (await import("./commands/completion.js")).completion,
      },
      {
        name: "backend",
        summary: "build a faster one",
        load: async () => (await import("./commands/backend.js")).backend,
      },
      {
        name: "doctor",
        summary: "what works here",
        load: async () => (await import("./commands/doctor.js")).doctor,
      },
    ],
  },
];

export const commandEntries: readonly CommandEntry[] = commandGroups.flatMap((group) => group.commands);
