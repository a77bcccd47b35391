import type { ArgumentTable, ArgumentValues } from "../arguments.js";
import type { Entry } from "../catalogue.js";
import type { Sample } from "../samples.js";

/** What can be learned from a sample, field by field. */
export type FieldKind =
  /** One of so many classes; null where the source doesn't fix how many. */
  | { readonly kind: "classes"; readonly count: number | null }
  | { readonly kind: "number" }
  /** Boxes, each with a class. */
  | { readonly kind: "boxes"; readonly count: number | null }
  /** A column that the author knows: classes where `classes` is written, else a number. */
  | { readonly kind: "column" };

/** Where samples come from: one kind of folder or file, with what is known of it without looking. */
export interface SourceEntry extends Entry {
  /** Names that `split` may use; null where they are folders or files of the source. */
  readonly parts: readonly string[] | null;
  /** What such a folder or file is called in messages, where `parts` is null. */
  readonly partsDoc?: string;
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Fields that keep samples together, for `by:`; null where any column may. */
  readonly groups: readonly string[] | null;
  /** How many folds the source brings; null for none. */
  readonly folds: number | null;
  /** One sample as it is read; a message where the arguments contradict each other. */
  sample(args: Readonly<Record<string, unknown>>): Sample | { readonly problem: string };
}

/** Keeps the name of one source for the type of all names, and checks its arguments. */
export function source<const N extends string, const P extends ArgumentTable>(
  definition: Omit<SourceEntry, "name" | "arguments" | "sample"> & {
    readonly name: N;
    readonly arguments: P;
    sample(args: ArgumentValues<P>): Sample | { readonly problem: string };
  },
): SourceEntry & { readonly name: N } {
  return definition as unknown as SourceEntry & { readonly name: N };
}
