import { dedent } from "../../base/dedent.js";
import type { ArgumentSpec } from "../../language/arguments.js";
import type { Modifier, PlanValue, RateRule, Time } from "../types.js";

/** What a setting of a curriculum takes, as documentation and as the checker needs it. */
export type SettingSpec = ValueSetting | RatesSetting | ChoiceSetting | PacedSetting | LayersSetting;

interface Documented {
  readonly doc: string;
  /** What is written behind the name, in the reader's words. */
  readonly takes: string;
  /** A line as it is written. */
  readonly example: string;
  readonly required?: boolean;
}

/** One value, as an argument of a call would be. */
export type ValueSetting = Documented & ArgumentSpec & { readonly odd?: boolean };

/** `0.1 -> 1e-6`, a list with one rate a level, or `decay(0.75)`. */
export interface RatesSetting extends Documented {
  readonly type: "rates";
  /** Whether `decay(FACTOR)` makes sense. */
  readonly decay?: boolean;
}

/** One of a few words, some with a number: `exponential`, `stepwise(10)`. */
export interface ChoiceSetting extends Documented {
  readonly type: "choice";
  /** Word by word what its number is; null for words without one. */
  readonly choices: Readonly<Record<string, ArgumentSpec<number> | null>>;
  readonly default: Choice;
  readonly defaultText?: string;
}

/** A number and how often it applies: `0.9 every 5 epochs`. */
export interface PacedSetting extends Documented {
  readonly type: "paced";
  readonly number: ArgumentSpec<number>;
  readonly default: Paced;
  readonly defaultText: string;
}

/** Addresses of layers, with wildcards. */
export interface LayersSetting extends Documented {
  readonly type: "layers";
  /** Those of which kind of layer it may name. */
  accepts(layer: LayerFacts): boolean;
  /** What it stands for where it is left out; `defaultText` says it. */
  otherwise(layer: LayerFacts): boolean;
  readonly defaultText: string;
  /** "convolution", for messages. */
  readonly noun: string;
}

export interface LayerFacts {
  readonly address: string;
  readonly operator: string;
}

export interface Choice {
  readonly word: string;
  readonly number: number | null;
}

export interface Paced {
  readonly number: number;
  readonly every: Time;
}

export type Rates =
  | { readonly kind: "ends"; readonly first: number; readonly last: number }
  | { readonly kind: "list"; readonly rates: readonly number[] }
  | { readonly kind: "decay"; readonly factor: number };

/** What a checked setting is in the end: by its spec's type. */
export type SettingValue<S> = S extends RatesSetting
  ? Rates
  : S extends ChoiceSetting
    ? Choice
    : S extends PacedSetting
      ? Paced
      : S extends LayersSetting
        ? readonly string[]
        : S extends ArgumentSpec<infer V>
          ? V
          : never;

export type SettingTable = Readonly<Record<string, SettingSpec>>;

export type SettingValues<T extends SettingTable> = { readonly [K in keyof T]: SettingValue<T[K]> };

/** Where a level stands between the start and k. Times are in steps. */
export interface RampMoment {
  readonly t: number;
  readonly k: number;
  /** Between two recomputations; 0 where rates flow. */
  readonly tick: number;
  /** Length of an epoch. */
  readonly epoch: number;
}

/** What a curriculum that sets rates has to say, beyond its settings. All functions are pure and total. */
export interface RateKind<V = Readonly<Record<string, unknown>>> {
  /** η_j(0) of n ≥ 1 levels. A list of rates has n of them: that is checked before. */
  starts(values: V, common: number, n: number): readonly number[];
  /** What a program stores besides `kind` and `common`; `until` is k. */
  store(
    values: V,
    plan: { readonly starts: readonly number[]; readonly common: number; readonly every: Time },
  ): { readonly until?: Time; readonly [setting: string]: PlanValue | undefined };
  /** Whether a rule from a program file is one that `store` makes. */
  isStored(rule: RateRule): boolean;
  /** η_j(t) for t < k. */
  ramp(rule: RateRule, start: number, moment: RampMoment): number;
  /** η_j where the schedule gives `common`, from k on; left out: the common rate itself. */
  follow?(rule: RateRule, start: number, common: number): number;
  /** Rates depend on the number of ticks passed. */
  countsTicks?(rule: RateRule): boolean;
  /** Rates depend on how long an epoch is, whatever the times are written in. */
  countsEpochs?(rule: RateRule): boolean;
  /** The curriculum in half a line, for the head of the rate table: "0.1 -> 1e-6, log spacing, k = 5 epochs". */
  describe(rule: RateRule, starts: readonly number[]): string;
  /** Why all levels do the same as without it; null when they don't. */
  idle(values: V, starts: readonly number[], common: number): string | null;
  /** A setting that can't be left out beside the others; null where none is missing. */
  missing?(values: V): string | null;
  /** Rates that rise from one level to the next break its idea. */
  readonly falls?: boolean;
}

/** What a curriculum that changes something else than rates has to say. */
export interface ModifierKind<V = Readonly<Record<string, unknown>>> {
  store(values: V): Readonly<Record<string, PlanValue>>;
  /** Whether a modifier from a program file is one that `store` makes. */
  isStored(modifier: Modifier): boolean;
  /** In a line of the plan. */
  describe(modifier: Modifier): string;
}

/** What a reader should know before using it. Paragraphs and tables of Markdown, indented as they stand in the source. */
export interface CurriculumCard {
  /** What it does, and its formula. */
  readonly what: string;
  /** Paper, section, reference implementation. */
  readonly source: string;
  /** What was measured, by whom. */
  readonly evidence: string;
  /** When it does nothing, or harm. */
  readonly nothing: string;
}

/**
 * One kind of curriculum: settings, documentation and pure rule in one folder. Checker, plan, program, `explain` and
 * the reference feed from it.
 */
export interface CurriculumEntry<T extends SettingTable = SettingTable> {
  readonly name: string;
  readonly summary: string;
  readonly source?: string;
  readonly card: CurriculumCard;
  /** Besides `levels`, `freeze` and `hold`, which every kind that can have them has. */
  readonly settings: T;
  /** Null for a kind that sets no rates: it can be joined with one that does. */
  readonly rates: RateKind<SettingValues<T>> | null;
  /** Null for a kind that changes rates only. */
  readonly modifier: ModifierKind<SettingValues<T>> | null;
}

/** Keeps the types of one kind's settings while it is defined, and widens it for the table. */
export function curriculum<const T extends SettingTable>(definition: CurriculumEntry<T>): CurriculumEntry {
  const { what, source, evidence, nothing } = definition.card;
  const card = {
    what: dedent(what),
    source: dedent(source),
    evidence: dedent(evidence),
    nothing: dedent(nothing),
  };
  return { ...definition, card } as unknown as CurriculumEntry;
}

/** An argument's spec as a setting. */
export function setting<V>(
  spec: ArgumentSpec<V>,
  written: Omit<Documented, "doc"> & { readonly odd?: boolean },
): Documented & ArgumentSpec<V> & { readonly odd?: boolean } {
  return { ...spec, ...written };
}
