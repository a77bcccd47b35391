import fc from "fast-check";

/**
 * What happens to files between two colleagues: characters lost or doubled, words swapped, lines moved, pieces of one
 * file pasted into another. Made of plain numbers, so that fast-check can shrink a failure to the one change that matters.
 */
export interface Mutation {
  readonly kind: (typeof kinds)[number];
  /** Where, as a share of the text. */
  readonly at: number;
  /** How much, or which: what it means depends on the kind. */
  readonly pick: number;
}

const kinds = [
  "delete character",
  "insert character",
  "swap characters",
  "delete range",
  "double range",
  "cut off",
  "delete token",
  "double token",
  "swap tokens",
  "replace token",
  "insert token",
  "change number",
  "delete line",
  "double line",
  "move line",
  "paste lines",
] as const;

/** Characters that mean something to the lexer, or should not. */
const characters = [
  ..."{}()[]:,.#\"|>-=<!?*/%_ \n\t;'`\\$@~^&",
  "\u0000",
  "\u001b",
  "é",
  "→",
  "🙂",
  "\u202e",
  "\r",
];

const numbers = [
  "0",
  "1",
  "-1",
  "1e999",
  "1e-999",
  "0.1",
  "99999999999",
  "2147483648",
  "1..0",
  "10%",
  "3 px",
];

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    pick: fc.nat({ max: 2 ** 20 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** One text after its mutations; `others` are the files that pieces come from. */
export function mutated(text: string, changes: readonly Mutation[], others: readonly string[]): string {
  return changes.reduce((now, change) => mutate(now, change, others), text);
}

function mutate(text: string, { kind, at, pick }: Mutation, others: readonly string[]): string {
  const offset = Math.floor(at * text.length);
  const length = 1 + (pick % 40);
  switch (kind) {
    case "delete character":
      return text.slice(0, offset) + text.slice(offset + 1);
    case "insert character":
      return text.slice(0, offset) + one(characters, pick) + text.slice(offset);
    case "swap characters":
      return (
        text.slice(0, offset) +
        text
          .slice(offset, offset + 2)
          .split("")
          .reverse()
          .join("") +
        text.slice(offset + 2)
      );
    case "delete range":
      return text.slice(0, offset) + text.slice(offset + length);
    case "double range":
      return text.slice(0, offset + length) + text.slice(offset);
    case "cut off":
      return text.slice(0, offset);
    case "delete line":
    case "double line":
    case "move line":
    case "paste lines":
      return mutateLines(text.split("\n"), kind, at, pick, others).join("\n");
    default:
      return mutateTokens(tokensOf(text), kind, at, pick, others).join("");
  }
}

function mutateTokens(
  tokens: string[],
  kind: Mutation["kind"],
  at: number,
  pick: number,
  others: readonly string[],
): string[] {
  const words = tokens.flatMap((token, index) => (/\S/.test(token) ? [index] : []));
  const index = words[Math.floor(at * words.length)] ?? 0;
  const other = words[pick % Math.max(1, words.length)] ?? 0;
  const token = tokens[index] ?? "";
  switch (kind) {
    case "delete token":
      return tokens.with(index, "");
    case "double token":
      return tokens.with(index, `${token} ${token}`);
    case "swap tokens":
      return tokens.with(index, tokens[other] ?? "").with(other, token);
    case "replace token":
      return tokens.with(index, foreignToken(pick, others));
    case "insert token":
      return tokens.with(index, `${token} ${foreignToken(pick, others)}`);
    default: {
      const numeric = tokens.findIndex((text, place) => place >= index && /^\d/.test(text));
      return numeric === -1 ? tokens : tokens.with(numeric, one(numbers, pick));
    }
  }
}

function mutateLines(
  lines: string[],
  kind: Mutation["kind"],
  at: number,
  pick: number,
  others: readonly string[],
): string[] {
  const index = Math.floor(at * lines.length);
  switch (kind) {
    case "delete line":
      return lines.toSpliced(index, 1);
    case "double line":
      return lines.toSpliced(index, 0, lines[index] ?? "");
    case "move line":
      return lines.toSpliced(index, 1).toSpliced(pick % lines.length, 0, lines[index] ?? "");
    default: {
      const foreign = one(others, pick).split("\n");
      const from = (pick >> 4) % foreign.length;
      return lines.toSpliced(index, 0, ...foreign.slice(from, from + 1 + (pick % 6)));
    }
  }
}

function tokensOf(text: string): string[] {
  return text.match(/\w+|\s+|->|\|>|\.\.|[=!<>]=|[^\w\s]/g) ?? [""];
}

function foreignToken(pick: number, others: readonly string[]): string {
  const tokens = tokensOf(one(others, pick)).filter((token) => /\S/.test(token));
  return tokens.length === 0 ? "x" : one(tokens, pick >> 3);
}

function one(items: readonly string[], pick: number): string {
  return items[pick % items.length] ?? "";
}
