/** One thing that `lerac explain` tells of. Several may have one name: `mae` is a loss and a metric. */
export interface Topic {
  /** "operator", "code", "setting of train". */
  readonly kind: string;
  readonly name: string;
  /** Other words that find it. */
  readonly aliases?: readonly string[];
  /** A few words for lists. */
  readonly summary: string;
  /** Lines for people. */
  text(): readonly string[];
  /** The same for machines. */
  json(): unknown;
}
