import type { WordsTransform } from "../program/types.js";

/** Numbers with a meaning of their own, before those of words. */
const UNKNOWN = 1;
const RESERVED = 2;

/** The words of a data set by number, as counted on `train`: the first has the number 2. */
export interface Vocabulary {
  readonly words: readonly string[];
}

/**
 * The most frequent words of some samples, the most frequent first; of equally frequent ones the one that sorts first
 * (by code units). With the two reserved numbers there are at most `size` of them.
 */
export function countVocabulary(
  samples: Iterable<readonly string[]>,
  { size, ...options }: WordsTransform,
): Vocabulary {
  const counts = new Map<string, number>();
  for (const texts of samples)
    for (const word of wordsOf(texts, options)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { words: ranked.slice(0, Math.max(0, size - RESERVED)).map(([word]) => word) };
}

/** Turns the texts of one sample into numbers of words, at most `max`: 1 for a word that is not in the vocabulary. */
export type Encoder = (texts: readonly string[]) => number[];

export function encoderOf(vocabulary: Vocabulary, transform: WordsTransform): Encoder {
  const numbers = new Map(vocabulary.words.map((word, index) => [word, index + RESERVED]));
  return (texts) => {
    const found = wordsOf(texts, transform)
      .slice(0, transform.max)
      .map((word) => numbers.get(word) ?? UNKNOWN);
    // A sample without any word still has a place, or there would be nothing to take a mean of.
    return found.length === 0 ? [UNKNOWN] : found;
  };
}

/**
 * Runs of letters, marks and digits, also with apostrophes inside, and every other character by itself; white space
 * parts. Between two texts stands the separator, a word like the others.
 */
function wordsOf(
  texts: readonly string[],
  { lower, separator }: Pick<WordsTransform, "lower" | "separator">,
): string[] {
  const words: string[] = [];
  for (const [index, text] of texts.entries()) {
    if (index > 0) words.push(separator);
    words.push(...((lower ? text.toLowerCase() : text).normalize("NFC").match(pattern) ?? []));
  }
  return words;
}

const pattern = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;
