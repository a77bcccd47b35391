import { error, type Span } from "../diagnostics/index.js";
import type { Claim } from "../syntax/index.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";

/** What values are paired over. */
export interface Pairs {
  readonly seeds: number;
  /** Where the seeds are written; null where the default stands in. */
  readonly seedsSpan: Span | null;
  /** 1 where there are no folds. */
  readonly folds: number;
}

/** Bounds that people use, for suggestions. */
const usualBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.2];

/** Most pairs that a suggestion counts up to. */
const mostPairs = 1000;

/**
 * The smallest one-sided p that the exact Wilcoxon signed-rank test can give for n pairs: all differences have one sign,
 * which is one of 2^n equally likely cases (Wilcoxon 1945).
 */
export function smallestP(n: number): number {
  return 2 ** -n;
}

/** P of `with p < P`, which the pairs must be able to meet; undefined after a reported fault. */
export function readBound(
  written: NonNullable<Claim["with"]>,
  pairs: Pairs,
  evaluator: Evaluator,
  reporter: Reporter,
): number | undefined {
  const { name, below } = written;
  if (name.text !== "p") {
    reporter.report(
      error("L0606", "`with` bounds the p of the paired test", {
        at: { span: name.span, text: "not `p`" },
        helps: [{ text: "write it as `with p < 0.05`", edits: [{ span: name.span, replacement: "p" }] }],
      }),
    );
    return undefined;
  }
  const number = evaluator.number(below);
  if (number === null) return undefined;
  const { value: bound } = number;
  if (number.unit !== null || !(bound > 0) || bound >= 1) {
    reporter.report(
      error("L0606", "a bound of p lies between 0 and 1", {
        at: { span: below.span, text: "no such number" },
        helps: ["write it as `with p < 0.05`"],
      }),
    );
    return undefined;
  }
  const n = pairs.seeds * pairs.folds;
  if (smallestP(n) < bound) return bound;
  reporter.report(outOfReach(bound, below.span, pairs));
  return undefined;
}

function outOfReach(bound: number, span: Span, pairs: Pairs) {
  const { seeds, folds, seedsSpan } = pairs;
  const n = seeds * folds;
  const count = (k: number, what: string) => `${k} ${what}${k === 1 ? "" : "s"}`;
  const reach = `${count(n, "pair")}: the exact signed-rank p is never below ${fraction(n)}`;
  const who = count(seeds, "seed") + (folds > 1 ? ` and ${count(folds, "fold")}` : "");
  return error("L0612", `${who} can never show \`p < ${bound}\``, {
    at: { span, text: "out of reach" },
    secondary: seedsSpan === null ? [] : [{ span: seedsSpan, text: reach }],
    notes: seedsSpan === null ? [reach] : [],
    helps: [instead(bound, pairs)],
  });
}

function instead(bound: number, { seeds, folds }: Pairs): string {
  const wanted = Array.from({ length: mostPairs }, (_, i) => i + 1).find((k) => smallestP(k * folds) < bound);
  const usual = usualBounds.find((candidate) => smallestP(seeds * folds) < candidate);
  const more = wanted === undefined ? [] : [`\`seeds 1..${wanted}\` (${fraction(wanted * folds)})`];
  const weaker = usual === undefined ? [] : [`\`with p < ${usual}\``];
  return `write ${[...more, ...weaker].join(", or ")}`;
}

/** "1/32 = 0.031" */
function fraction(n: number): string {
  const p = smallestP(n);
  const value = Number(p.toPrecision(p < 0.001 ? 1 : 2));
  const text = value < 0.001 ? value.toExponential() : `${value < 0.01 ? Number(p.toFixed(3)) : value}`;
  return n < 40 ? `1/${2 ** n} = ${text}` : text;
}
