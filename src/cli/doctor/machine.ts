import { statfsSync } from "node:fs";
import { availableParallelism, freemem, totalmem } from "node:os";
import type { Terminal } from "../terminal.js";

/** What lerac has to work with on this machine; sizes in bytes, null where the system does not say. */
export interface Machine {
  readonly node: string;
  readonly nodeFits: boolean;
  readonly threads: number;
  readonly memory: { readonly free: number; readonly total: number };
  /** Free in the current folder, where runs are written. */
  readonly diskFree: number | null;
  readonly terminal: {
    readonly columns: number | null;
    readonly rows: number | null;
    readonly utf8: boolean;
    readonly colours: number;
  };
}

export function lookAtMachine(terminal: Terminal): Machine {
  const { stderr, env } = terminal;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  const isTerminal = stderr.isTTY === true;
  return {
    node: process.versions.node,
    nodeFits: Number.parseInt(process.versions.node, 10) >= 20,
    threads: availableParallelism(),
    memory: { free: freemem(), total: totalmem() },
    diskFree: diskFree(),
    terminal: {
      columns: isTerminal ? stderr.columns : null,
      rows: isTerminal ? stderr.rows : null,
      utf8: /utf-?8/i.test(locale) || env.WT_SESSION !== undefined,
      colours: terminal.color(stderr) && isTerminal ? 2 ** stderr.getColorDepth(env) : 0,
    },
  };
}

function diskFree(): number | null {
  try {
    const { bavail, bsize } = statfsSync(".");
    return bavail * bsize;
  } catch {
    return null;
  }
}
