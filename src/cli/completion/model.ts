import type { Command } from "../command.js";

/** What a shell offers for a value or an operand. */
export type Offer =
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** Files whose names end so; all files where there are none. Folders always. */
  | { readonly kind: "files"; readonly endings: readonly string[] }
  /** Ids of runs, asked of `lerac __complete runs`, and words that may stand before them. */
  | { readonly kind: "runs"; readonly words: readonly string[] }
  /** Ids of runs, or any file: `predict` takes a run and then inputs. */
  | { readonly kind: "inputs" }
  /** `NAME=` of the spec on the line, asked of `lerac __complete params FILE`. */
  | { readonly kind: "params" }
  | { readonly kind: "nothing" };

export interface FlagModel {
  /** `--out`, `-o`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Null for a flag without value. */
  readonly value: Offer | null;
}

export interface CommandModel {
  readonly name: string;
  readonly summary: string;
  readonly operand: Offer;
  readonly flags: readonly FlagModel[];
}

/** What every shell's script is made from. */
export function completionModel(
  commands: readonly Pick<Command, "name" | "arguments" | "groups" | "summary" | "operands" | "actions">[],
): CommandModel[] {
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    operand: operandOffer(command),
    flags: [
      ...command.groups.flatMap((group) =>
        group.options.map((option) => ({
          names: option.flags.split(/[ ,]+/).filter((part) => part.startsWith("-")),
          description: option.description,
          value: valueOffer(option.flags, option.values),
        })),
      ),
      { names: ["-h", "--help"], description: "this command, with examples", value: null },
    ],
  }));
}

function operandOffer(command: Pick<Command, "arguments" | "operands" | "actions">): Offer {
  if (command.actions !== undefined) return { kind: "runs", words: command.actions };
  if (command.operands !== undefined) return { kind: "words", words: command.operands };
  if (/INPUT/.test(command.arguments)) return { kind: "inputs" };
  const [, word = ""] = /([A-Z]+)/.exec(command.arguments) ?? [];
  switch (word) {
    case "RUN":
      return { kind: "runs", words: [] };
    case "FILE":
    case "SPEC":
      return { kind: "files", endings: [".lerac", ".json"] };
    default:
      return { kind: "nothing" };
  }
}

function valueOffer(flags: string, words: readonly string[] | undefined): Offer | null {
  const value = /[ =](\[?[A-Z][A-Z=]*\]?|all)$/.exec(flags)?.[1];
  if (value === undefined) return null;
  if (words !== undefined) return { kind: "words", words };
  if (flags.startsWith("--set")) return { kind: "params" };
  if (value === "RUN") return { kind: "runs", words: [] };
  if (/FILE|DIR|FOLDER/.test(value)) return { kind: "files", endings: [] };
  return value === "all" ? { kind: "words", words: ["all"] } : { kind: "nothing" };
}
