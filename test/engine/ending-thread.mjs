// A thread that is given a program and ends: at seed 0 without an executor, else when that is asked for something.
import { parentPort } from "node:worker_threads";

parentPort.once("message", ({ options }) => {
  if (options.seed === 0) process.exit(0);
  parentPort.postMessage({ kind: "ready", info: {}, tensors: null });
  parentPort.once("message", () => process.exit(0));
});
