import { existsSync, readFileSync } from "node:fs";
import { fail } from "../diagnostics/index.js";
import { writeFileAtomic } from "./atomic-file.js";
import type { Run } from "./folder.js";

/** Words by number, as the run counted them on its training data; kept with it, or nobody could ask it anything. */
export interface RunVocabulary {
  readonly words: readonly string[];
}

const format = "lerac vocabulary 1";

/** Keeps the vocabulary in the run's folder, unless it is there. */
export async function keepVocabulary(run: Run, { words }: RunVocabulary): Promise<void> {
  if (existsSync(run.paths.vocabulary)) return;
  await writeFileAtomic(run.paths.vocabulary, `${JSON.stringify({ format, words }, null, 1)}\n`);
}

/** @throws LeracError L0726 when it is not there, or is none */
export function readVocabulary(run: Run): RunVocabulary {
  const problem = (what: string) =>
    fail("missing", "L0726", `the vocabulary of the run ${run.record.name} ${what}`, {
      at: { place: run.paths.vocabulary },
      notes: ["without it nobody can tell which number stands for which word"],
      helps: ["put the file back from a copy of the run; `lerac run FILE` starts a new one"],
    });
  let text: string;
  try {
    text = readFileSync(run.paths.vocabulary, "utf8");
  } catch {
    throw problem("is missing");
  }
  const words = wordsIn(text);
  if (words === null) throw problem("is damaged");
  return { words };
}

function wordsIn(text: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("words" in value) || !("format" in value))
      return null;
    const { words } = value;
    const whole = value.format === format && Array.isArray(words);
    return whole && words.every((word) => typeof word === "string") && new Set(words).size === words.length
      ? words
      : null;
  } catch {
    return null;
  }
}
