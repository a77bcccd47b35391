import { createRequire } from "node:module";

/** What onnxruntime-node exports. */
export type OnnxRuntime = typeof import("onnxruntime-node");

/**
 * How the package is installed, at a prompt. Its install script would fetch libraries for CUDA and fails where it can't; npm then
 * leaves the package out, as it is optional.
 */
export const installRuntime =
  process.platform === "win32"
    ? "set ONNXRUNTIME_NODE_INSTALL=skip & npm install onnxruntime-node"
    : "ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node";

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
