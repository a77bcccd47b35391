import { formatCount, printable } from "../../base/format.js";
import { fail } from "../../diagnostics/index.js";

/** Entries of folders that a survey reads: enough for large data sets, and a second or two. */
const maximumEntries = 200_000;

/** What a survey may still look at. A folder that was meant by mistake, such as a whole disk, ends it soon. */
export class Budget {
  readonly #folder: string;
  readonly #limit: number;
  #left: number;

  /** @param folder that which is surveyed, for the message */
  constructor(folder: string, limit = maximumEntries) {
    this.#folder = folder;
    this.#limit = limit;
    this.#left = limit;
  }

  /** @throws LeracError L0392 when this is more than there may be */
  take(entries: number): void {
    this.#left -= entries;
    if (this.#left >= 0) return;
    throw fail(
      "missing",
      "L0392",
      `${printable(this.#folder)} holds more than ${formatCount(this.#limit)} files: too many to look at for a first spec`,
      {
        at: { place: `--from ${this.#folder}` },
        notes: ["nothing was written"],
        helps: [
          "name the folder that holds the class folders or train and test, not one above it",
          "of larger data give a part, and change `source` in the spec that is written",
        ],
      },
    );
  }
}
