import { suggest } from "../../base/suggest.js";
import { usage } from "../usage.js";
import { codeTopics, familyTopics } from "./code-topics.js";
import { languageTopics } from "./language-topics.js";
import { machineTopics } from "./machine-topics.js";
import { standardTopics } from "./standard-topics.js";
import type { Topic } from "./topic.js";

export function allTopics(): Topic[] {
  return [...codeTopics(), ...languageTopics(), ...standardTopics(), ...machineTopics()];
}

/**
 * What a word stands for: a code (`L0212`, `l0212`), anything the language has a name for, or a table for scripts.
 * @throws LeracError L0920 when nothing has this name
 */
export function findTopics(word: string): readonly [Topic, ...Topic[]] {
  const topics = allTopics();
  const wanted = word.toLowerCase();
  const exact = topics.filter(({ name, aliases }) => name === word || aliases?.includes(word) === true);
  const alike = (name: string) => name.toLowerCase().replace(/[-_]/g, "") === wanted.replace(/[-_]/g, "");
  const found = exact.length > 0 ? exact : [...topics, ...familyTopics()].filter(({ name }) => alike(name));
  const [first, ...others] = found;
  if (first !== undefined) return [first, ...others];
  const near = suggest(
    word,
    topics.map(({ name }) => name),
  );
  throw usage(`there is nothing called \`${word}\` to explain`, word, [
    near.length === 0
      ? "codes (L0212), operators, settings, units, exit, events: `lerac explain` lists all"
      : `did you mean ${near.map((name) => `\`${name}\``).join(" or ")}?`,
  ]);
}
