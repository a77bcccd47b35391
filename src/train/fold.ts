import { fail } from "../diagnostics/index.js";
import type { TrainingProgram } from "../program/types.js";

/**
 * The fold that a run is tested on: the one asked for, else the first; null for data without folds.
 *
 * @param place where the number was given, for messages
 * @throws LeracError L0920 where there is no such fold
 */
export function foldOf({ data }: TrainingProgram, asked: number | null, place: string): number | null {
  const count = data.folds?.count ?? 0;
  if (asked === null) return count > 0 ? 1 : null;
  if (asked >= 1 && asked <= count) return asked;
  const what =
    count === 0 ? "the dataset has no folds" : `there is no fold ${asked}: folds are 1 to ${count}`;
  throw fail("usage", "L0920", what, {
    at: { place },
    helps: count === 0 ? ["`folds` in the dataset makes some"] : [],
  });
}
