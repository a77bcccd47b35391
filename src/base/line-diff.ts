/** One line of a comparison: only in the old text, only in the new one, or in both. */
interface Line {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** Unchanged lines shown around a change. */
const context = 3;
/** Beyond so many differing lines on both sides the whole middle counts as replaced: the table below is quadratic. */
const maximumLines = 4000;

/** What changed from one text to another, as a unified diff without its file header; empty where nothing did. */
export function lineDiff(before: string, after: string): string {
  if (before === after) return "";
  const lines = compare(before.split("\n"), after.split("\n"));
  const shown = lines.map((_, i) =>
    lines.slice(Math.max(0, i - context), i + context + 1).some((line) => line.sign !== " "),
  );
  const out: string[] = [];
  let old = 1;
  let young = 1;
  lines.forEach((line, i) => {
    if (shown[i]) {
      if (i === 0 || !shown[i - 1]) out.push(`@@ -${old} +${young} @@`);
      out.push(`${line.sign}${line.text}`);
    }
    if (line.sign !== "+") old++;
    if (line.sign !== "-") young++;
  });
  return `${out.join("\n")}\n`;
}

/** Longest common subsequence between the ends that are equal anyway. */
function compare(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  const same = (text: string): Line => ({ sign: " ", text });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function middle(before: readonly string[], after: readonly string[]): Line[] {
  const removed = (text: string): Line => ({ sign: "-", text });
  const added = (text: string): Line => ({ sign: "+", text });
  if (before.length > maximumLines || after.length > maximumLines) {
    return [...before.map(removed), ...after.map(added)];
  }
  // longest[i][j]: length of the longest common subsequence of before[i…] and after[j…].
  const longest = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const row = longest[i] as Uint32Array;
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const young = after[j];
    if (old !== undefined && old === young) {
      lines.push({ sign: " ", text: old });
      i++;
      j++;
    } else if (old !== undefined && (young === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(old));
      i++;
    } else {
      lines.push(added(young as string));
      j++;
    }
  }
  return lines;
}
