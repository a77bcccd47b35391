import { formatBytes, plural, printable } from "../../base/format.js";
import { exitCodes, LeracError } from "../../diagnostics/index.js";
import { installRuntime } from "../../engine/executors/onnx/runtime.js";
import { type Command, flagOption } from "../command.js";
import { type BackendReport, tryBackends, type WorkingBackend } from "../doctor/backends.js";
import { lookAtMachine, type Machine } from "../doctor/machine.js";
import { dataFolder, loadProgram } from "../load-program.js";
import type { Terminal } from "../terminal.js";

/** One line of the answer. A hint is something that could be better, a fault something that keeps a run from working. */
interface Finding {
  readonly state: "ok" | "hint" | "fault";
  readonly about: string;
  readonly text: string;
  readonly help?: string;
}

const marks = { ok: "✓", hint: "!", fault: "✗" } as const;
const words = { ok: "ok", hint: "hint", fault: "fault" } as const;

/** Below these, a run of the examples may not fit. */
const LITTLE_MEMORY = 500e6;
const LITTLE_DISK = 500e6;

export const doctor: Command = {
  name: "doctor",
  arguments: "[FILE...]",
  summary: "what works on this machine, and what would be faster",
  examples: [
    ["lerac doctor", "Node, backends, memory, terminal"],
    ["lerac doctor fashion.lerac", "and whether the data of this spec are here"],
    ["lerac doctor --json", "for machines"],
  ],
  groups: [
    {
      title: "What is shown",
      options: [{ flags: "--json", description: "one JSON object on standard output" }],
    },
  ],
  footer: "Each backend takes real training steps in a process of its own. Exit 0; 1 a fault.",
  async run({ arguments: files, options, terminal }) {
    const machine = lookAtMachine(terminal);
    const backends = await tryBackends();
    const findings = [...ofBackends(backends), ...ofMachine(machine)];
    for (const file of files) findings.push(await ofData(file, terminal));
    const faults = findings.filter(({ state }) => state === "fault").length;
    if (flagOption({ arguments: files, options, terminal }, "json")) {
      terminal.answer(
        JSON.stringify({ format: "lerac doctor 1", machine, backends, findings, faults }, null, 2),
      );
    } else terminal.answer(drawn(findings, machine.terminal.utf8));
    return faults > 0 ? exitCodes.no : exitCodes.ok;
  },
};

function ofBackends(backends: readonly BackendReport[]): Finding[] {
  const working = backends.some(({ ok }) => ok);
  const fastest = fastestOf(backends);
  return backends.map((backend): Finding => {
    const about = "backend";
    if (backend.ok) {
      const { name, version, device, threads, ms, steps } = backend;
      const speed = `${ms.toFixed(ms < 10 ? 1 : 0)} ms a step (median of ${steps})${compared(backend, fastest)}`;
      return {
        state: "ok",
        about,
        text: `${name} ${version}, ${device}, ${plural(threads, "thread")}: ${speed}`,
      };
    }
    const text = `${backend.name} ${backend.reason}`;
    // Only asked for by name: nothing else stops working without it.
    if (backend.name === "onnx")
      return { state: "hint", about, text, help: `${installRuntime}: runs compiled steps` };
    if (backend.name.startsWith("onnx on"))
      return { state: "hint", about, text, help: "the processor computes where no `--device` is given" };
    if (backend.name !== "tensorflow")
      return { state: "fault", about, text, help: "npm install, in lerac's folder" };
    return {
      state: working ? "hint" : "fault",
      about,
      text,
      help: "npm install @tensorflow/tfjs-node: often faster",
    };
  });
}

/** The backend with the shortest step; null where fewer than two work, so that there is nothing to compare. */
function fastestOf(backends: readonly BackendReport[]): WorkingBackend | null {
  const [first, second] = backends.filter(isWorking).sort((a, b) => a.ms - b.ms);
  return second === undefined ? null : (first ?? null);
}

function isWorking(backend: BackendReport): backend is WorkingBackend {
  return backend.ok;
}

/** ", 3.4x the time of onnx"; the fastest is what the others are compared with. */
function compared({ name, device, ms }: WorkingBackend, fastest: WorkingBackend | null): string {
  if (fastest === null) return "";
  if (name === fastest.name && device === fastest.device) return ", the fastest";
  const ratio = ms / fastest.ms;
  return `, ${ratio.toFixed(ratio < 10 ? 1 : 0)}x the time of ${fastest.name}`;
}

function ofMachine(machine: Machine): Finding[] {
  const { memory, diskFree, terminal } = machine;
  const size = terminal.columns === null ? "no terminal" : `${terminal.columns}x${terminal.rows}`;
  const colours = terminal.colours === 0 ? "no colours" : plural(terminal.colours, "colour");
  return [
    machine.nodeFits
      ? { state: "ok", about: "node", text: machine.node }
      : { state: "fault", about: "node", text: machine.node, help: "lerac needs Node 20 or later" },
    { state: "ok", about: "threads", text: String(machine.threads) },
    {
      state: memory.free < LITTLE_MEMORY ? "hint" : "ok",
      about: "memory",
      text: `${formatBytes(memory.free)} of ${formatBytes(memory.total)} free`,
    },
    {
      state: diskFree !== null && diskFree < LITTLE_DISK ? "hint" : "ok",
      about: "disk",
      text: diskFree === null ? "unknown" : `${formatBytes(diskFree)} free here`,
    },
    { state: "ok", about: "terminal", text: `${size}, ${terminal.utf8 ? "UTF-8" : "ASCII"}, ${colours}` },
  ];
}

/** Opens the data as a run would, without training; a wrong spec is a fault too. */
async function ofData(file: string, terminal: Terminal): Promise<Finding> {
  try {
    const loaded = await loadProgram(file, [], terminal);
    const folder = dataFolder(loaded, [], terminal.env);
    const { datasetSizes } = await import("../../data/index.js");
    const { train } = await datasetSizes(loaded.program.data, { folder });
    const name = printable(loaded.program.data.name);
    return {
      state: "ok",
      about: "data",
      text: `${name}: ${plural(train, "sample")} to train on, ${printable(folder)}`,
    };
  } catch (error) {
    if (!(error instanceof LeracError)) throw error;
    const [first] = error.diagnostics;
    const [help] = first?.helps ?? [];
    const text = [`${printable(file)}: ${first?.message}`, ...(first?.notes ?? []).slice(0, 1)].join(": ");
    return { state: "fault", about: "data", text, ...(typeof help === "string" ? { help } : {}) };
  }
}

function drawn(findings: readonly Finding[], utf8: boolean): string {
  const lines = findings.flatMap(({ state, about, text, help }) => {
    const mark = utf8 ? marks[state] : words[state].padEnd(5);
    const indent = " ".repeat(mark.length + 12);
    return [`${mark} ${about.padEnd(11)}${text}`, ...(help === undefined ? [] : [`${indent}${help}`])];
  });
  const faults = findings.filter(({ state }) => state === "fault").length;
  const hints = findings.filter(({ state }) => state === "hint").length;
  return [...lines, `${plural(faults, "fault")}, ${plural(hints, "hint")}`].join("\n");
}
