import { nameText } from "./words.js";

/** What splits of data begin with, and what each of their pipelines adds. */
export interface SplitText {
  /** Parts that were found, with their numbers of samples: see `Survey`. */
  readonly parts: ReadonlyMap<string, number>;
  /** Whether what is cut from a part is shuffled before; null for data that come in any order. */
  readonly shuffled: boolean;
  /** Behind ` |> `, or nothing. */
  readonly trained: string;
  readonly measured: string;
}

/** The settings `train`, `val` and `test` of a dataset: the parts as they are called, or shares of the whole. */
export function splitSettings({ parts, shuffled, trained, measured }: SplitText): [string, string][] {
  const find = (pattern: RegExp) => [...parts.keys()].find((name) => pattern.test(name));
  const [train, val, test] = [/^train(ing)?$/i, /^val(id|idation)?$/i, /^test(ing)?$/i].map(find);
  const split = (what: string, then: string) => `split(${what})${then}`;
  if (train === undefined) {
    return [
      ["train", split("all, part: 0%..70%, shuffle: 1", trained)],
      ["val", split("all, part: 70%..85%, shuffle: 1", measured)],
      ["test", split("all, part: 85%..100%, shuffle: 1", measured)],
    ];
  }
  const shuffle = shuffled ? ", shuffle: 1" : "";
  const name = nameText(train);
  return [
    ...(val === undefined
      ? ([
          ["train", split(`${name}, first: 90%${shuffle}`, trained)],
          ["val", split(`${name}, last: 10%${shuffle}`, measured)],
        ] as [string, string][])
      : ([
          ["train", split(name, trained)],
          ["val", split(nameText(val), measured)],
        ] as [string, string][])),
    ...(test === undefined ? [] : ([["test", split(nameText(test), measured)]] as [string, string][])),
  ];
}

/** Samples to train on, where the whole is divided as `splitSettings` does. */
export function trainSamples(parts: ReadonlyMap<string, number>): number {
  const [whole] = [...parts].filter(([name]) => /^train(ing)?$/i.test(name)).map(([, count]) => count);
  return whole ?? (parts.get("all") ?? 0) * 0.7;
}
