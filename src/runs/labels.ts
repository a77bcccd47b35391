import { readFileSync } from "node:fs";
import { validatorOf } from "../base/validators.js";
import { fail } from "../diagnostics/index.js";
import { writeFileAtomic } from "./atomic-file.js";
import type { Run } from "./folder.js";

/**
 * What a user calls a run. A file of its own, so that a run can be tagged while its trainer, the only writer of
 * `run.json`, is at work.
 */
export interface RunLabels {
  readonly name: string | null;
  /** Without duplicates, in the order in which they were given. */
  readonly tags: readonly string[];
}

const none: RunLabels = { name: null, tags: [] };

/** Names and tags are typed on command lines: one word, no hyphen in front. */
const word = /^[\p{Letter}\p{Number}][\p{Letter}\p{Number}._-]{0,59}$/u;

export function isLabel(text: string): boolean {
  return word.test(text);
}

const validator = validatorOf<RunLabels>(
  "run labels",
  {
    type: "object",
    required: ["name", "tags"],
    properties: { name: { type: ["string", "null"] }, tags: { type: "array", items: { type: "string" } } },
  },
  { allowUnionTypes: true },
);

/** The labels of a run; none where it has none or their file is damaged: a list must not fail over a tag. */
export function readLabels(run: Run): RunLabels {
  return parseLabels(run) ?? none;
}

/**
 * Changes the labels of a run.
 * @throws LeracError L0708 when their file is damaged, which is not overwritten; L0713 when it can't be written.
 */
export async function changeLabels(run: Run, change: (labels: RunLabels) => RunLabels): Promise<RunLabels> {
  const before = parseLabels(run);
  if (before === null)
    throw fail("missing", "L0708", `the labels of the run ${run.record.name} are damaged`, {
      at: { place: run.paths.labels },
      helps: ["delete the file: it holds a name and tags, nothing else"],
    });
  const { name, tags } = change(before);
  const after = { name, tags: [...new Set(tags)] };
  await writeFileAtomic(run.paths.labels, `${JSON.stringify(after, null, 2)}\n`);
  return after;
}

/** What a run is called: the name its user gave it, or that of its folder when it was made. */
export function displayName(run: Run): string {
  return readLabels(run).name ?? run.record.name;
}

/** Null: there is a file and it is damaged. */
function parseLabels(run: Run): RunLabels | null {
  let text: string;
  try {
    text = readFileSync(run.paths.labels, "utf8");
  } catch {
    return none;
  }
  try {
    const labels: unknown = JSON.parse(text);
    return validator()(labels) ? labels : null;
  } catch {
    return null;
  }
}
