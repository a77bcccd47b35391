/** Why a picture is wanted: a key was pressed, something happened in the run, or it merely went on. */
export type DrawingReason = "key" | "news" | "progress";

/** Shortest time since the last picture, in milliseconds. */
const apart: Readonly<Record<Exclude<DrawingReason, "key">, number>> = { news: 500, progress: 1000 };
/** Milliseconds between pictures while keys come without end. */
const keyApart = 100;
/** Keys in a row that are each answered at once, after a second or so without any. */
const burst = 5;

/**
 * Decides when to draw: at most ten pictures a second in the long run after keys, two when something happened, one for
 * steps and the clock, none unasked. Some keys pressed in quick succession are answered at once, each by a picture.
 */
export class DrawingClock {
  readonly #draw: () => void;
  #last = Number.NEGATIVE_INFINITY;
  /** When the pictures that keys were answered with would all have been drawn, had each waited for its turn. */
  #paidUntil = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #due = Number.POSITIVE_INFINITY;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  request(reason: DrawingReason): void {
    const now = performance.now();
    const earliest = reason === "key" ? this.#paidUntil - (burst - 1) * keyApart : this.#last + apart[reason];
    const due = Math.max(now, earliest);
    if (due >= this.#due) return;
    this.cancel();
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.cancel();
      this.#last = performance.now();
      this.#paidUntil = Math.max(this.#last, this.#paidUntil) + keyApart;
      this.#draw();
    }, due - now);
  }

  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = Number.POSITIVE_INFINITY;
  }
}
