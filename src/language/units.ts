/** A unit of the language: how it is written and what it measures. */
export interface UnitDoc {
  /** As values carry it. */
  readonly name: string;
  /** Every spelling; the formatter keeps what is written. */
  readonly spellings: readonly string[];
  readonly measures: string;
  readonly takenBy: string;
}

/** Units are types: nothing is converted from one to another, and sums and comparisons need equal ones. */
export const units: readonly UnitDoc[] = [
  {
    name: "epochs",
    spellings: ["epoch", "epochs"],
    measures: "run time: passes over the training split",
    takenBy: "`until`, `every`, `at`, `warmup`, `cooldown`, `patience`",
  },
  {
    name: "steps",
    spellings: ["step", "steps"],
    measures: "run time: updates of the weights",
    takenBy: "`until`, `every`, `at`, `warmup`, `cooldown`, `patience`",
  },
  {
    name: "%",
    spellings: ["%"],
    measures: "a share: of the run, of a split, of a size",
    takenBy: "`until`, parts of a split, `time_shift`, `affine`; never a plain number",
  },
  {
    name: "samples",
    spellings: ["samples"],
    measures: "a stretch of sound, in samples",
    takenBy: "`fit`, `window`, `hop`",
  },
  { name: "ms", spellings: ["ms"], measures: "duration: milliseconds", takenBy: "`window`, `hop`, `fit`" },
  { name: "s", spellings: ["s"], measures: "duration: seconds", takenBy: "`fit`, `window`, `hop`" },
  {
    name: "min",
    spellings: ["min"],
    measures: "duration: minutes",
    takenBy: "`stop after(…)`; never a curriculum",
  },
  {
    name: "h",
    spellings: ["h"],
    measures: "duration: hours",
    takenBy: "`stop after(…)`; never a curriculum",
  },
  { name: "Hz", spellings: ["Hz"], measures: "frequency", takenBy: "limits of `mel`, `resample`" },
  {
    name: "kHz",
    spellings: ["kHz"],
    measures: "frequency: 1,000 Hz",
    takenBy: "`resample`, limits of `mel`",
  },
  { name: "dB", spellings: ["dB"], measures: "level", takenBy: "`noise`" },
  { name: "px", spellings: ["px"], measures: "length: pixels", takenBy: "`shift`, `crop`" },
];
