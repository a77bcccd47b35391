/** Why a picture is wanted: a key was pressed, something happened in the run, or it merely went on. */
export type DrawingReason = "key" | "news" | "progress";

/** Shortest time since the last picture, in milliseconds. */
const apart: Readonly<Record<DrawingReason, number>> = { key: 100, news: 500, progress: 1000 };

/**
 * Decides when to draw: at most ten pictures a second after a key, two when something happened, one for steps and the
 * clock, none unasked. A key is answered at once where the last picture is old enough.
 */
export class DrawingClock {
  readonly #draw: () => void;
  #last = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #due = Number.POSITIVE_INFINITY;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  request(reason: DrawingReason): void {
    const now = performance.now();
    const due = Math.max(now, this.#last + apart[reason]);
    if (due >= this.#due) return;
    this.cancel();
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.cancel();
      this.#last = performance.now();
      this.#draw();
    }, due - now);
  }

  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = Number.POSITIVE_INFINITY;
  }
}
