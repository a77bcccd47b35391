import { dedent } from "../../base/dedent.js";
import type { Severity } from "../diagnostic.js";

/**
 * What is known of one code: the source of `lerac explain CODE` and of `docs/errors/`. Both examples are run as tests,
 * so that neither can grow stale.
 */
export interface CodeEntry {
  /** `L0212`. Stable for ever: a code whose cause is gone is never used for another. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong in a few words, lower case, without a full stop: it is a line of the index. */
  readonly title: string;
  /** What the message says, at more length. Plain text; names in back quotes. */
  readonly meaning: string;
  /** Why it is not simply accepted. */
  readonly why: string;
  readonly wrong: Example;
  readonly right: Example;
}

export type Example = SpecExample | CommandExample;

/** An example that `lerac check` decides. */
export interface SpecExample {
  /**
   * Sections of a spec. The `lerac 1` line and what else a complete file needs (`experiment`, `dataset`, `model`,
   * `train`) are added by `completeSpec`, unless the text begins with `lerac` or is `whole`.
   */
  readonly spec: string;
  /** The text is the whole file as it stands, even where it does not begin with `lerac 1`. */
  readonly whole?: boolean;
  /** Files beside the spec, by their path: what `import` needs. */
  readonly files?: Readonly<Record<string, string>>;
  /** `--set NAME=VALUE`. */
  readonly set?: Readonly<Record<string, string>>;
}

/** An example that needs more than a spec: damaged data, a run, a machine, a command line. */
export interface CommandExample {
  /** What is typed. */
  readonly command: string;
  /** What `lerac` answers, or what the command does. */
  readonly says: string;
}

export function isSpecExample(example: Example): example is SpecExample {
  return "spec" in example;
}

/** One code. Texts lose the indentation that they have here. */
export function code(entry: CodeEntry): CodeEntry {
  return {
    ...entry,
    meaning: oneParagraph(entry.meaning),
    why: oneParagraph(entry.why),
    wrong: dedentExample(entry.wrong),
    right: dedentExample(entry.right),
  };
}

function dedentExample(example: Example): Example {
  if (!isSpecExample(example)) return { ...example, says: dedent(example.says) };
  const files = Object.entries(example.files ?? {}).map(([path, text]) => [path, dedent(text)] as const);
  return {
    ...example,
    spec: dedent(example.spec),
    ...(files.length > 0 ? { files: Object.fromEntries(files) } : {}),
  };
}

function oneParagraph(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
