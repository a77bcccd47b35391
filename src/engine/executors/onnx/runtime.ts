import { createRequire } from "node:module";

/** What onnxruntime-node exports. */
export type OnnxRuntime = typeof import("onnxruntime-node");

const require = createRequire(import.meta.url);

/** The runtime and its version, or why it is not there, continuing its name. Never throws. */
export async function loadRuntime(): Promise<
  { readonly runtime: OnnxRuntime; readonly version: string } | { readonly reason: string }
> {
  try {
    require.resolve("onnxruntime-node");
  } catch {
    return { reason: "is not installed" };
  }
  try {
    // Required, as tfjs.ts is.
    const runtime = require("onnxruntime-node") as OnnxRuntime;
    const { version } = require("onnxruntime-node/package.json") as { version: string };
    return { runtime, version };
  } catch (error) {
    const [firstLine = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return { reason: `does not load (${firstLine})` };
  }
}
