import { appendFileSync, writeFileSync } from "node:fs";
import type { CommandName } from "../../src/runs/events.js";
import { followEvents } from "../../src/runs/follow.js";
import { closingLines, runMonitor } from "../../src/ui/index.js";
import { fashion, planView } from "./events.js";

/**
 * A monitor in a process of its own, as `lerac run` and `lerac watch` have one:
 * node monitor-process.js EVENTS COMMANDS run|watch [crash]. Commands go to a file, a line each.
 */
const [events = "", commands = "", mode = "run", crash] = process.argv.slice(2);
writeFileSync(commands, "");
const plan = planView(fashion);
const stop = new AbortController();
const follower = followEvents(events, { poll: 50, signal: stop.signal });
let failing = false;

try {
  const result = await runMonitor({
    events: follower,
    plan: {
      ...plan,
      rates: (t) => {
        if (failing) throw new Error("the plan broke");
        return plan.rates(t);
      },
    },
    send: (command: CommandName) => {
      appendFileSync(commands, `${command}\n`);
      if (crash === "draw" && command === "evaluate") failing = true;
      if (crash === "process" && command === "evaluate") {
        setTimeout(() => {
          throw new Error("the process broke");
        });
      }
    },
    stdin: process.stdin,
    stdout: process.stderr,
    env: process.env,
    mode: mode === "watch" ? "watch" : "run",
    preferences: process.env.PREFERENCES ?? null,
  });
  process.stdout.write(`left: ${result.left}\n`);
  process.stdout.write(
    `${closingLines(result.state, { folder: "runs/fashion-lerac-s1-7f3a" }).join("\n")}\n`,
  );
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 70;
}
stop.abort();
process.stdout.write(`raw: ${process.stdin.isRaw}\n`);
