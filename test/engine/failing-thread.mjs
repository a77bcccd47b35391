// A thread that takes a tensor to draw and fails before it has.
import { workerData } from "node:worker_threads";

Atomics.add(workerData.begun, 0, 1);
throw new Error("out of memory");
