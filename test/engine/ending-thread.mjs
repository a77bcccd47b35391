// A thread that promises an executor and ends: at seed 0 at once, else when it is asked for something.
import { parentPort, workerData } from "node:worker_threads";

if (workerData.options.seed === 0) process.exit(0);
parentPort.postMessage({ kind: "ready", info: {}, tensors: null });
parentPort.on("message", () => process.exit(0));
