import { dedent } from "../base/dedent.js";

/** A word that has its place in the grammar, as `explain` and the reference tell of it. */
export interface WordDoc {
  readonly name: string;
  readonly kind: "section" | "statement" | "clause";
  readonly doc: string;
  /** Sections as they are written. */
  readonly example: string;
}

function word(kind: WordDoc["kind"], name: string, doc: string, example: string): WordDoc {
  return { kind, name, doc, example: dedent(example) };
}

/** Sections in the order of a file, then what stands in a model, then what stands behind values. */
export const words: readonly WordDoc[] = [
  word(
    "section",
    "experiment",
    "What the file is about, in a title; the seeds of its runs.",
    `
    experiment "ResNet-18 on CIFAR-10" {
      seeds  1..5
    }`,
  ),
  word(
    "section",
    "param",
    "A number, word or list by name, which `--set NAME=VALUE` and an import may change.",
    "param width = 64",
  ),
  word(
    "section",
    "import",
    "Blocks, models, datasets and names of another file, below its name: a path from this file, or a module of `std` that comes with lerac. `as` gives another name.",
    `
    import "backbones/resnet.lerac" as nets
    import std.bert`,
  ),
  word(
    "section",
    "dataset",
    "Where samples come from, what their targets are, and what is done to each split.",
    `
    dataset fashion {
      source   idx("data/fashion")
      classes  10
      scale    range(0, 1)
      train    split(train) |> shift(2 px) |> flip
      test     split(test)
    }`,
  ),
  word(
    "section",
    "names",
    "How a file of weights calls tensors, so that it can be loaded into a model of this file.",
    `
    names published {
      map  layers.*.ffn.up -> "encoder.layer.*.intermediate.dense"
    }`,
  ),
  word(
    "section",
    "block",
    "A part of models under a name, with parameters and, behind `from`, inputs of its own. It is expanded where it is called.",
    `
    block unit(filters, size = 3) {
      conv: conv2d(filters, size)
            batch_norm
            relu
    }`,
  ),
  word(
    "section",
    "model",
    "Layers from the input to the output, one a line. A label before a layer names it, and all below it up to the next label.",
    `
    model net {
      input image(28, 28, 1)

      stem: conv2d(32, 3)
            relu
            flatten
      head: dense(10)
    }`,
  ),
  word(
    "section",
    "curriculum",
    "Which rate each level of layers has while training begins. Behind the colon its kind; without one the name is the kind.",
    `
    curriculum fast: lerac {
      rates  0.1 -> 1e-6
      until  5 epochs
    }`,
  ),
  word(
    "section",
    "train",
    "Model, data, loss, optimizer, schedule and length of a run.",
    `
    train {
      loss       cross_entropy
      optimizer  sgd(rate: 0.1, momentum: 0.9)
      batch      64
      epochs     30
    }`,
  ),
  word(
    "section",
    "compare",
    "Arms that are trained alike but for their curriculum, each with every seed; `+` joins curricula.",
    `
    compare {
      conventional
      ours: cbs + lerac
    }`,
  ),
  word(
    "section",
    "expect",
    "Claims, one a line: of the model's size, decided by `check`, and of what arms measure, with how sure one must be.",
    `
    expect {
      net.parameters == 11173962
      lerac.test.accuracy > conventional.test.accuracy with p < 0.05
    }`,
  ),
  word(
    "statement",
    "input",
    "What the model takes, without the batch: one kind of input, or several by name.",
    `
    model net {
      input ids: tokens(128), segments: tokens(128)

      word: embedding(30522, 768) from ids
    }`,
  ),
  word(
    "statement",
    "from",
    "Inputs of a layer that are not the line above: labels, inputs, or `in` for what the body was given.",
    `
    block gate {
      weigh: dense(in.channels)
             sigmoid
             multiply from in, weigh
    }`,
  ),
  word(
    "statement",
    "in",
    "What the body around was given: a stream behind `from`, and its sizes in arithmetic.",
    `
    block mlp(expansion = 4) {
      up:   dense(expansion * in.channels)
            gelu
      down: dense(in.channels)
    }`,
  ),
  word(
    "statement",
    "return",
    "What a block gives back where that is not its last line, or several streams by name.",
    `
    block backbone {
      small: conv2d(64, 3, stride: 2)
      large: conv2d(128, 3, stride: 2)
      return small, large
    }`,
  ),
  word(
    "statement",
    "repeat",
    "Its body so many times on top of each other, numbered from 0; `as` names the number.",
    `
    model net {
      input   tokens(128)

      word:   embedding(30522, 256)
      layers: repeat 6 as i {
        dense(256)
        dropout(i / 60)
      }
    }`,
  ),
  word(
    "statement",
    "residual",
    "Its body's output added to its input. Where shapes differ, `shortcut` says what the input goes through.",
    `
    block unit(filters, stride = 1) {
      residual {
        conv1: conv2d(filters, 3, stride: stride)
               relu
        conv2: conv2d(filters, 3)
      } shortcut when stride > 1 {
        conv2d(filters, 1, stride: stride)
      }
      relu
    }`,
  ),
  word(
    "statement",
    "shortcut",
    "What the input of a `residual` goes through before it is added; behind `when`, only where a condition holds.",
    `
    block unit(filters) {
      residual { conv2d(filters, 3) } shortcut when in.channels != filters { conv2d(filters, 1) }
    }`,
  ),
  word(
    "statement",
    "when",
    "Layers that are there only where a condition holds. It is decided when the model is compiled.",
    `
    block unit(filters, drop = 0) {
      conv: conv2d(filters, 3)
            when drop > 0 { dropout(drop) }
    }`,
  ),
  word(
    "clause",
    "at",
    "The value that holds there: the rate of a `hold`, the times of a `multistep`.",
    `
    curriculum fast: lerac {
      rates  0.1 -> 1e-6
      until  5 epochs
      hold   head at 0.01 until 2 epochs
    }`,
  ),
  word(
    "clause",
    "within",
    "How far the measured value may lie from the one that a claim states.",
    `
    expect {
      lerac.test.accuracy == 0.8956 within 0.005
    }`,
  ),
  word(
    "clause",
    "with",
    "How sure a claim must be: the greatest p of a paired one-sided test over the seeds.",
    `
    expect {
      lerac.test.accuracy > conventional.test.accuracy with p < 0.05
    }`,
  ),
];
