import { printable } from "../base/format.js";
import { fail } from "../diagnostics/index.js";
import type { BackendName } from "./backends.js";
import { negation } from "./executors/onnx/negation.js";
import type { OnnxRuntime } from "./executors/onnx/runtime.js";

/** What onnxruntime may compute on, by the names of its execution providers, which are not all words. */
const providers = { cpu: "cpu", cuda: "cuda", webgpu: "webgpu", coreml: "coreml", directml: "dml" } as const;

export type DeviceName = keyof typeof providers;
export const deviceNames = Object.keys(providers) as DeviceName[];

/** Of onnxruntime's session options. */
export function providerOf(device: DeviceName): (typeof providers)[DeviceName] {
  return providers[device];
}

/**
 * A device's name as somebody typed it, together with the backend.
 * @throws LeracError L0901 (exit 4) where there is none of this name, or the backend has no choice
 */
export function readDeviceName(name: string, backend: BackendName): DeviceName {
  const at = { place: `--device ${printable(name)}` };
  const known = deviceNames.find((device) => device === name);
  if (known === undefined)
    throw fail("missing", "L0901", `there is no device called ${printable(name)}`, {
      at,
      helps: [`there are ${deviceNames.join(", ")}`],
    });
  if (known === "cpu" || backend === "onnx" || backend === "auto") return known;
  throw fail("missing", "L0901", `backend ${backend} can't be told to compute on ${known}`, {
    at,
    notes: backend === "tensorflow" ? ["tensorflow takes a GPU by itself where it was built for one"] : [],
    helps: [`\`--backend onnx --device ${known}\``],
  });
}

/** Devices that this build of the runtime knows, the processor first; each may still lack hardware or drivers. */
export function devicesOf(runtime: OnnxRuntime): DeviceName[] {
  const known = new Set<string>(runtime.listSupportedBackends().map(({ name }) => name));
  return deviceNames.filter((device) => known.has(providers[device]));
}

/**
 * Why the runtime does not compute on a device, in its own words; null where it does. Found out by negating two numbers.
 */
export async function whyNotOn(runtime: OnnxRuntime, device: DeviceName): Promise<string | null> {
  const known = devicesOf(runtime);
  if (!known.includes(device)) return `this onnxruntime knows ${known.join(", ")}`;
  try {
    const { given, handedOut } = await negation(runtime, { executionProviders: [providers[device]] });
    return given || handedOut ? null : "it negates two numbers wrongly";
  } catch (error) {
    return lastSentence(String(error instanceof Error ? error.message : error));
  }
}

/** The runtime's messages begin with places in its own source. */
function lastSentence(message: string): string {
  const [firstLine = ""] = message.split("\n");
  return firstLine.replace(/^.* was false\. /, "").replace(/^.*\[ONNXRuntimeError\] : \d+ : \w+ : /, "");
}
