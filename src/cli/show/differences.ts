import { plural } from "../../base/format.js";
import type { Settings } from "./settings.js";

/** One setting that two runs do not share; null where one has no such setting. */
export interface Difference {
  readonly setting: string;
  readonly other: string | null;
  readonly own: string | null;
}

/** Differences that are told one by one, of one part of a program and in all. */
const shownOfPart = 3;
const shown = 12;

/** What differs between two runs, in the order of their settings. */
export function differences(other: Settings, own: Settings): Difference[] {
  return [...new Set([...other.keys(), ...own.keys()])]
    .map((setting) => ({ setting, other: other.get(setting) ?? null, own: own.get(setting) ?? null }))
    .filter((difference) => difference.other !== difference.own);
}

/** `seed 1 | 2`, the other run's first; a part that differs in many places says how many more there are. */
export function differenceTexts(found: readonly Difference[]): string[] {
  if (found.length === 0) return ["nothing: the same in every setting"];
  const texts: string[] = [];
  const parts = new Map<string, number>();
  let more = 0;
  for (const { setting, other, own } of found) {
    const part = setting.split(".", 1)[0] ?? setting;
    const count = (parts.get(part) ?? 0) + 1;
    parts.set(part, count);
    if (count > shownOfPart || texts.length >= shown) more++;
    else texts.push(`${setting} ${other ?? "-"} | ${own ?? "-"}`);
  }
  if (more > 0) texts.push(`${plural(more, "more setting")} (--json has all)`);
  return [...texts, "the rest is the same"];
}
