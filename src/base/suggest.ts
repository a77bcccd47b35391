import { foreignWords, keyOf, synonymsOf } from "./synonyms.js";

/**
 * Edit distance with transpositions of neighbours (optimal string alignment), ignoring case.
 * Names are short, so the plain quadratic table is fine.
 */
export function editDistance(a: string, b: string): number {
  const s = a.toLowerCase();
  const t = b.toLowerCase();
  let previous2: number[] = [];
  let previous = Array.from({ length: t.length + 1 }, (_, j) => j);
  for (let i = 1; i <= s.length; i++) {
    const row = [i];
    for (let j = 1; j <= t.length; j++) {
      const substitution = (previous[j - 1] as number) + (s[i - 1] === t[j - 1] ? 0 : 1);
      let best = Math.min(substitution, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1])
        best = Math.min(best, (previous2[j - 2] as number) + 1);
      row.push(best);
    }
    previous2 = previous;
    previous = row;
  }
  return previous[t.length] as number;
}

/**
 * The known names that may be meant by an unknown one: what other frameworks call so, else those near enough to it,
 * distance ≤ max(1, length / 3), nearest first. At most three.
 */
export function suggest(name: string, known: Iterable<string>): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const all = new Set(known);
  const near: { name: string; distance: number }[] = [];
  for (const candidate of all) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(name, candidate);
    if (distance <= limit) near.push({ name: candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  // A word of another framework may be near to something else by chance, but not equal to it.
  const isMeant = (synonym: string) => all.has(synonym);
  const meant = near[0]?.distance === 0 ? [] : synonymsOf(name).filter(isMeant);
  if (near.length === 0 && meant.length === 0) return misspeltSynonyms(name).filter(isMeant).slice(0, 1);
  return [...new Set([...meant.slice(0, 1), ...near.map((n) => n.name)])].slice(0, 3);
}

/** `kernal`: a word of another framework, misspelt by one letter. */
function misspeltSynonyms(name: string): readonly string[] {
  const key = keyOf(name);
  if (key.length < 5) return [];
  return foreignWords
    .filter((word) => Math.abs(word.length - key.length) < 2 && editDistance(word, key) === 1)
    .flatMap((word) => synonymsOf(word));
}
