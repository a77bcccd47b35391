import { error } from "../diagnostics/index.js";
import type { SampleKind } from "../language/samples.js";
import type { Reporter } from "./reporter.js";
import { type CheckedSplit, roundShare } from "./splits.js";

/** No sample may be in two splits: other names, or the same order with parts that don't overlap. */
export function checkDisjoint(
  dataset: { readonly name: string; readonly kind: SampleKind },
  splits: readonly CheckedSplit[],
  reporter: Reporter,
): void {
  for (const [i, a] of splits.entries()) {
    for (const b of splits.slice(i + 1)) {
      const shared = a.program.names.filter((name) => b.program.names.includes(name));
      if (shared.length === 0) continue;
      const overlap = [
        Math.max(a.program.part[0], b.program.part[0]),
        Math.min(a.program.part[1], b.program.part[1]),
      ] as const;
      const sameOrder =
        a.program.shuffle === b.program.shuffle && a.program.by === b.program.by && sameNames(a, b);
      if (sameOrder && overlap[1] <= overlap[0]) continue;
      reporter.report(sameOrder ? overlapError(dataset, a, b, overlap) : orderError(dataset, a, b));
    }
  }
}

function sameNames(a: CheckedSplit, b: CheckedSplit): boolean {
  return a.program.names.join("\0") === b.program.names.join("\0");
}

function overlapError(
  { name, kind }: { readonly name: string; readonly kind: SampleKind },
  a: CheckedSplit,
  b: CheckedSplit,
  overlap: readonly [number, number],
) {
  const percent = (share: number) => `${Number((share * 100).toPrecision(6))}%`;
  const range = ([from, to]: readonly [number, number]) => `from ${percent(from)} to ${percent(to)}`;
  const both =
    overlap[0] === 0 && overlap[1] === 1 ? "all of it" : `${percent(overlap[0])} to ${percent(overlap[1])}`;
  const rest = roundShare(1 - a.program.part[1]);
  return error(
    "L0311",
    `\`${a.name}\` and \`${b.name}\` share ${shareText(overlap[1] - overlap[0])} of the ${samplesOf(kind)} of \`${name}\``,
    {
      at: { span: b.partSpan, text: `${range(b.program.part)}: ${both} is in both` },
      secondary: [{ span: a.partSpan, text: range(a.program.part) }],
      notes: [`${b.name}.accuracy would count ${samplesOf(kind)} that the net was trained on`],
      helps:
        a.program.part[0] === 0 && rest > 0
          ? [
              {
                text: `write \`last: ${percent(rest)}\``,
                edits: [{ span: b.partSpan, replacement: `last: ${percent(rest)}` }],
              },
            ]
          : [],
    },
  );
}

function orderError(
  { name, kind }: { readonly name: string; readonly kind: SampleKind },
  a: CheckedSplit,
  b: CheckedSplit,
) {
  return error("L0311", `\`${a.name}\` and \`${b.name}\` of \`${name}\` may share ${samplesOf(kind)}`, {
    at: { span: b.partSpan, text: "in another order" },
    secondary: [{ span: a.partSpan, text: "in one order" }],
    notes: ["parts are only known to be disjoint when both cut the same parts in the same order"],
    helps: ["give both the same names, the same `shuffle` and the same `by`"],
  });
}

function shareText(share: number): string {
  const percent = Number((share * 100).toPrecision(6));
  const words: Record<number, string> = {
    10: "a tenth",
    20: "a fifth",
    25: "a quarter",
    50: "half",
    100: "all",
  };
  return words[percent] ?? `${percent}%`;
}

/** What samples are called. */
function samplesOf(kind: SampleKind): string {
  switch (kind) {
    case "image":
      return "images";
    case "audio":
    case "spectrogram":
      return "recordings";
    default:
      return "rows";
  }
}
