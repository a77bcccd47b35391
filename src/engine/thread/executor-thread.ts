/**
 * What `thread-executor.ts` starts: an executor that does what it is asked for, one request after another. Runtimes compute
 * a step without giving the thread back; here nobody waits for it.
 */
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { invariant } from "../../base/invariant.js";
import type { Executor, NamedTensor } from "../executor.js";
import { loadExecutor, preload } from "../load.js";
import {
  asPlain,
  ownMemory,
  type Reply,
  type Request,
  type ThreadHint,
  type ThreadOrder,
} from "./messages.js";

const port = parentPort;
invariant(port, "this is no thread");
const say = (reply: Reply) => port.postMessage(reply);

try {
  const ordered = once(port, "message");
  await preload(workerData as ThreadHint);
  const [{ program, options }] = (await ordered) as [ThreadOrder];
  const executor = await loadExecutor(program, options);
  say({ kind: "ready", info: executor.info, tensors: executor.tensorCount() });
  let last: Promise<void> = Promise.resolve();
  port.on("message", (request: Request) => {
    last = last.then(() => obey(executor, request));
  });
} catch (error) {
  say({ kind: "failure", error: asPlain(error) });
}

async function obey(executor: Executor, { ask, args }: Request): Promise<void> {
  switch (ask) {
    case "writePlan":
      executor.writePlan(...args);
      return;
    case "stepsDone":
      [executor.stepsDone] = args;
      return;
    case "dispose":
      executor.dispose();
      // Nothing is waited for any more, so the thread ends.
      port?.close();
      return;
    default:
      try {
        const method = executor[ask] as (...args: readonly unknown[]) => Promise<unknown>;
        const value = await method.apply(executor, [...args]);
        const reply: Reply = { kind: "answer", value, tensors: executor.tensorCount() };
        port?.postMessage(reply, ask === "read" ? tensorsOf(value as Map<string, NamedTensor>) : []);
      } catch (error) {
        say({ kind: "failure", error: asPlain(error) });
      }
  }
}

/** What was read is a copy already: of a large model a second one would not fit everywhere. */
function tensorsOf(read: ReadonlyMap<string, NamedTensor>): ArrayBuffer[] {
  return ownMemory([...read.values()].map(({ values }) => values));
}
