/** A stretch of a curve: where it begins, its smallest, largest, mean and last value. */
export interface Bucket {
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly last: number;
}

/**
 * A curve of any length in bounded memory: at most `capacity` buckets of equally many points each. When it is full,
 * neighbours merge in pairs; every bucket keeps its smallest and largest value, so a spike survives any length. x must
 * not fall (`truncate` first where it does).
 */
export class Series {
  readonly #capacity: number;
  #x: Float64Array;
  #low: Float64Array;
  #high: Float64Array;
  #mean: Float64Array;
  #last: Float64Array;
  #length = 0;
  /** Points a full bucket holds. */
  #stride = 1;
  /** Points in the last bucket. */
  #filled = 0;
  #gaps: number[] = [];

  constructor(capacity = 32_768) {
    this.#capacity = capacity;
    const initial = Math.min(capacity, 1024);
    this.#x = new Float64Array(initial);
    this.#low = new Float64Array(initial);
    this.#high = new Float64Array(initial);
    this.#mean = new Float64Array(initial);
    this.#last = new Float64Array(initial);
  }

  get length(): number {
    return this.#length;
  }

  /** Where a value was NaN or infinite: the newest thousand. */
  get gaps(): readonly number[] {
    return this.#gaps;
  }

  push(x: number, value: number): void {
    if (!Number.isFinite(value)) {
      this.#gaps.push(x);
      if (this.#gaps.length > 1000) this.#gaps.shift();
      return;
    }
    if (this.#length > 0 && this.#filled < this.#stride) {
      const at = this.#length - 1;
      this.#low[at] = Math.min(this.#low[at] as number, value);
      this.#high[at] = Math.max(this.#high[at] as number, value);
      this.#last[at] = value;
      this.#filled++;
      const mean = this.#mean[at] as number;
      this.#mean[at] = mean + (value - mean) / this.#filled;
      return;
    }
    if (this.#length === this.#capacity) this.#halve();
    if (this.#length === this.#x.length) this.#grow();
    this.#x[this.#length] = x;
    this.#low[this.#length] = value;
    this.#high[this.#length] = value;
    this.#mean[this.#length] = value;
    this.#last[this.#length] = value;
    this.#length++;
    this.#filled = 1;
  }

  at(index: number): Bucket {
    return {
      x: this.#x[index] as number,
      low: this.#low[index] as number,
      high: this.#high[index] as number,
      mean: this.#mean[index] as number,
      last: this.#last[index] as number,
    };
  }

  /** Index of the first bucket that begins at or after x. */
  indexAt(x: number): number {
    let from = 0;
    let to = this.#length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#x[middle] as number) < x) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The value that stood at x: the last one measured up to there; null before the first. */
  valueAt(x: number): number | null {
    const after = this.indexAt(x);
    const at = after < this.#length && (this.#x[after] as number) <= x ? after : after - 1;
    return at < 0 ? null : (this.#last[at] as number);
  }

  /** Smallest and largest value from x0 on to x1, null where there is none. */
  range(x0: number, x1: number): { readonly low: number; readonly high: number } | null {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = this.indexAt(x0); i < this.#length && (this.#x[i] as number) <= x1; i++) {
      low = Math.min(low, this.#low[i] as number);
      high = Math.max(high, this.#high[i] as number);
    }
    return low <= high ? { low, high } : null;
  }

  /** Forgets everything after x: a resumed run goes on from an older checkpoint. */
  truncate(x: number): void {
    while (this.#length > 0 && (this.#x[this.#length - 1] as number) > x) this.#length--;
    // The next point opens a bucket of its own: a shorter bucket does no harm.
    this.#filled = this.#stride;
    this.#gaps = this.#gaps.filter((gap) => gap <= x);
  }

  #grow(): void {
    const size = Math.min(this.#capacity, this.#x.length * 2);
    const larger = (old: Float64Array) => {
      const copy = new Float64Array(size);
      copy.set(old);
      return copy;
    };
    this.#x = larger(this.#x);
    this.#low = larger(this.#low);
    this.#high = larger(this.#high);
    this.#mean = larger(this.#mean);
    this.#last = larger(this.#last);
  }

  #halve(): void {
    const half = this.#length >> 1;
    for (let i = 0; i < half; i++) {
      this.#x[i] = this.#x[2 * i] as number;
      this.#low[i] = Math.min(this.#low[2 * i] as number, this.#low[2 * i + 1] as number);
      this.#high[i] = Math.max(this.#high[2 * i] as number, this.#high[2 * i + 1] as number);
      // Buckets hold equally many points, but for one cut short by a resume.
      this.#mean[i] = ((this.#mean[2 * i] as number) + (this.#mean[2 * i + 1] as number)) / 2;
      this.#last[i] = this.#last[2 * i + 1] as number;
    }
    this.#length = half;
    this.#stride *= 2;
  }
}
