/** One setting of a section, as `explain` and the reference tell of it. The checker says what its values must be. */
export interface SettingDoc {
  readonly name: string;
  /** The section it stands in; curricula by their kind. */
  readonly section: string;
  readonly doc: string;
  /** A line as it is written. */
  readonly example: string;
  /** What holds where it is left out; null where it can't be, or where nothing stands in for it. */
  readonly default: string | null;
  readonly required?: boolean;
}

type Row = Omit<SettingDoc, "section">;

function section(name: string, rows: readonly Row[]): SettingDoc[] {
  return rows.map((row) => ({ ...row, section: name }));
}

/** In every kind of curriculum. */
export const precedenceSettings: readonly Row[] = [
  {
    name: "freeze",
    doc: "Layers whose tensors don't change, for good or until a time; their batch statistics stay too. May stand several times.",
    example: "freeze  stem until 2 epochs",
    default: null,
  },
  {
    name: "hold",
    doc: "Layers at a rate of their own, for good or until a time. May stand several times.",
    example: "hold  head at 0.01 until 2 epochs",
    default: null,
  },
];

/** Which tensors form a level. */
export const levelsSetting: Row = {
  name: "levels",
  doc: "Which layers share a rate, in the order of the rates; `(a, b)` is one level, a wildcard gives one a match. Every trainable tensor must be in exactly one.",
  example: "levels  stem, layer1.*, (layer2, layer3), head",
  default: "one a labelled top-level layer that has parameters",
};

/** Every setting of every section in the order of the language page; those of curricula stand with their kinds. */
export const settings: readonly SettingDoc[] = [
  ...section("experiment", [
    {
      name: "seeds",
      doc: "The seeds of the runs: initial weights and the order of the data follow from them. `lerac run` takes the first, `lerac compare` all.",
      example: "seeds  1..5",
      default: "1",
    },
    {
      name: "note",
      doc: "A remark that is kept with every run.",
      example: 'note  "second try"',
      default: null,
    },
  ]),
  ...section("dataset", [
    {
      name: "source",
      doc: "Where samples come from and in which format, relative to the file.",
      example: 'source  idx("data/fashion-mnist")',
      default: null,
      required: true,
    },
    {
      name: "classes",
      doc: "The number of classes, or their names in the order of the labels. Without it the target is a number or boxes.",
      example: "classes  10",
      default: null,
    },
    { name: "target", doc: "The field that is to be predicted.", example: "target  age", default: "label" },
    {
      name: "folds",
      doc: "The source's own folds, whose number must agree, or folds made by `kfold`.",
      example: "folds  kfold(5, shuffle: 1)",
      default: null,
    },
    {
      name: "features",
      doc: "Transforms that all splits share, before their own.",
      example: "features  fit(5 s) |> mel(128, window: 25 ms, hop: 10 ms) |> log",
      default: null,
    },
    {
      name: "tokens",
      doc: "How text becomes numbers of words or word pieces.",
      example: 'tokens  wordpiece("data/bert/tokenizer.json", max: 512)',
      default: null,
    },
    {
      name: "train",
      doc: "What is trained on: a part of the source, and transforms.",
      example: "train  split(train, first: 90%) |> flip",
      default: null,
      required: true,
    },
    {
      name: "val",
      doc: "What is measured while training, to choose by. Must share no sample with the other splits.",
      example: "val  split(train, last: 10%)",
      default: null,
    },
    {
      name: "test",
      doc: "What claims are measured on. Must share no sample with the other splits.",
      example: "test  split(test)",
      default: null,
    },
    {
      name: "scale",
      doc: "How raw values become inputs of the model.",
      example: "scale  standard(mean: 0.2860, std: 0.3530)",
      default: "none",
    },
  ]),
  ...section("train", [
    { name: "data", doc: "The dataset.", example: "data  fashion", default: "the only one of the file" },
    {
      name: "model",
      doc: "The model, with arguments where it has parameters.",
      example: "model  cnn",
      default: "the only one of the file",
    },
    {
      name: "curriculum",
      doc: "The curriculum that `lerac run` trains under.",
      example: "curriculum  lerac",
      default: "the only one of the file, or conventional",
    },
    {
      name: "weights",
      doc: "Weights that a part of the model starts from. May stand several times.",
      example: 'weights  encoder from safetensors("bert.safetensors")',
      default: null,
    },
    {
      name: "init",
      doc: "How random tensors start; biases start at 0.",
      example: "init  kaiming_normal",
      default: "kaiming_normal",
    },
    {
      name: "loss",
      doc: "What is made small.",
      example: "loss  cross_entropy",
      default: null,
      required: true,
    },
    {
      name: "metrics",
      doc: "What is measured besides the loss.",
      example: "metrics  accuracy, top(3)",
      default: "accuracy, mae or map, as the target asks",
    },
    {
      name: "optimizer",
      doc: "How weights follow from gradients, and the common rate that every level reaches.",
      example: "optimizer  sgd(rate: 0.1, momentum: 0.9)",
      default: null,
      required: true,
    },
    {
      name: "schedule",
      doc: "How the common rate moves once the curriculum is over.",
      example: "schedule  cosine",
      default: "constant",
    },
    { name: "batch", doc: "Samples a step.", example: "batch  64", default: null, required: true },
    {
      name: "last_batch",
      doc: "Whether the samples of an epoch that fill no batch are used or left out: `keep` or `drop`.",
      example: "last_batch  drop",
      default: "keep",
    },
    {
      name: "epochs",
      doc: "The length of the run in passes over `train`; or `steps`.",
      example: "epochs  30",
      default: null,
    },
    {
      name: "steps",
      doc: "The length of the run in steps; or `epochs`.",
      example: "steps  5000",
      default: null,
    },
    {
      name: "evaluate",
      doc: "How often the model is measured.",
      example: "evaluate  every 5 epochs",
      default: "every epoch",
    },
    {
      name: "keep",
      doc: "Which checkpoint claims are measured at: the last, or the best by a metric.",
      example: "keep  best(val.accuracy)",
      default: "last",
    },
    {
      name: "stop",
      doc: "When a run ends early: by a metric that stays, or by the clock.",
      example: "stop  after(2 h)",
      default: "never",
    },
    { name: "clip", doc: "Bounds on gradients.", example: "clip  norm(1)", default: "none" },
    {
      name: "average",
      doc: "Averages of the weights that are measured in their place.",
      example: "average  ema(0.999)",
      default: "none",
    },
  ]),
  ...section("names", [
    { name: "layout", doc: "How kernels lie in the file.", example: "layout  torch", default: null },
    {
      name: "map",
      doc: "Addresses of ours, and keys of the file; `*` matches in order. May stand several times.",
      example: 'map  layers.*.attention -> "encoder.layer.*.attention"',
      default: null,
    },
    {
      name: "ignore",
      doc: "Keys of the file that are not used. May stand several times.",
      example: 'ignore  "cls.*"',
      default: null,
    },
  ]),
];
