import { describe, expect, test } from "vitest";
import { compileText, faults, programOfText, specOf } from "./compile-text.js";

const colour = "model net {\n  input  image(32, 32, 3)\n  flat:  flatten\n  head:  dense(10)\n}";

function model(input: string, outputs = 10): string {
  return `model net {\n  input  ${input}\n  flat:  flatten\n  head:  dense(${outputs})\n}`;
}

const regression = "  loss       mse\n  optimizer  sgd(rate: 0.1)";

describe("sources", () => {
  test.each([
    ["cifar10", 10, "image(32, 32, 3)", "train", ""],
    ["cifar100", 100, "image(32, 32, 3)", "train", "target  fine"],
    ["cifar100", 20, "image(32, 32, 3)", "test", "target  coarse"],
    ["tiny_imagenet", 200, "image(64, 64, 3)", "train", ""],
    ["food101", 101, "image(96, 96, 3)", "train", "features  resize(96, 96)"],
    ["utkface", 2, "image(200, 200, 3)", "all", "target  gender"],
    ["esc50", 50, "audio(220500)", "all", ""],
    ["crema_d", 6, "audio(48000)", "all", "features  fit(3 s)"],
  ])("%s with %i classes gives %s", (source, classes, input, part, extra) => {
    const data = `  source   ${source}("data")\n  classes  ${classes}\n  ${extra}\n  train    split(${part})`;
    const program = programOfText(specOf({ data, model: model(input, classes) }));
    expect(program.data.source).toEqual({ kind: source, path: "data" });
    expect(program.data.classes).toBe(classes);
  });

  test("a fixed number of classes is held to, with the fix", () => {
    const data = '  source   cifar10("data")\n  classes  12\n  train    split(train)';
    const compiled = compileText(specOf({ data, model: colour }));
    expect(faults(compiled)).toEqual(["L0317 12"]);
    expect(compiled.diagnostics[0]?.helps[0]?.edits?.[0]?.replacement).toBe("10");
  });

  test("a number is learned without classes, and its model has one output", () => {
    const data = '  source  utkface("data")\n  target  age\n  train   split(all)';
    const program = programOfText(specOf({ data, model: model("image(200, 200, 3)", 1), train: regression }));
    expect(program.data).toMatchObject({ target: "age", classes: null });
    const wide = compileText(specOf({ data, model: model("image(200, 200, 3)", 5), train: regression }));
    expect(faults(wide)).toEqual(["L0236 5"]);
    const classes = data.replace("train ", "classes  117\n  train ");
    expect(faults(compileText(specOf({ data: classes, model: model("image(200, 200, 3)", 117) })))).toEqual([
      "L0317 117",
    ]);
  });

  test("fields are known by name", () => {
    const data = (target: string) =>
      `  source   cifar100("data")\n  classes  100\n  ${target}\n  train    split(train)`;
    expect(faults(compileText(specOf({ data: data(""), model: colour })))).toEqual(['L0314 "data"']);
    const slip = compileText(specOf({ data: data("target  fien"), model: colour }));
    expect(faults(slip)).toEqual(["L0314 fien"]);
    expect(slip.diagnostics[0]?.helps[0]?.text).toBe("did you mean `fine`?");
  });

  test("tables hold texts or numbers", () => {
    const table = (columns: string) =>
      `  source   csv("data", ${columns}label: kind)\n  classes  3\n  train    split("train.csv")`;
    const numbers = specOf({ data: table("numbers: [length, width], "), model: model("features(2)", 3) });
    expect(programOfText(numbers).data.sample).toEqual({ kind: "features", n: 2 });
    expect(faults(compileText(specOf({ data: table("") })))[0]).toMatch(/^L0313 csv/);
    expect(faults(compileText(specOf({ data: table("text: [a], numbers: [b], ") })))[0]).toMatch(
      /^L0313 csv/,
    );
    const text = compileText(specOf({ data: table("text: [a], "), model: model("tokens(8)", 3) }));
    expect(faults(text)[0]).toMatch(/^L0237/);
  });
});

describe("pipelines", () => {
  const sound = (features: string, train = "split(all)") =>
    `  source    crema_d("data")\n  classes   6\n  features  ${features}\n  train     ${train}`;
  const sample = (features: string, input: string, train?: string) =>
    programOfText(specOf({ data: sound(features, train), model: model(input, 6) })).data;

  // 4 s at 16 kHz are 64,000 samples; centred windows: 1 + floor(64000 / 64) = 1001 (the shape of the CREMA-D spec).
  test("durations become samples, frames follow from hops", () => {
    const data = sample(
      "fit(4 s) |> stft(fft: 1024, window: 512 samples, hop: 64 samples) |> power(0.5) |> mel(128) |> log",
      "spectrogram(bands: 128, frames: 1001)",
    );
    expect(data.sample).toEqual({ kind: "spectrogram", bands: 128, frames: 1001 });
    expect(data.train.transforms.slice(0, 2)).toEqual([
      { kind: "fit", length: 64000 },
      { kind: "stft", fft: 1024, window: 512, hop: 64, shape: "hann" },
    ]);
  });

  test("mel makes its own spectrogram of audio", () => {
    // 25 ms and 10 ms of 16 kHz: 400 and 160 samples; 1 + floor(64000 / 160) = 401 frames.
    const data = sample("fit(4 s) |> mel(64, window: 25 ms, hop: 10 ms) |> log", "spectrogram(64, 401)");
    expect(data.train.transforms[1]).toEqual({
      kind: "mel",
      bands: 64,
      window: 400,
      hop: 160,
      low: 0,
      high: 0,
    });
  });

  test("a folder of recordings may have one sampling rate that is known", () => {
    const folder = (rate: string, features: string, input: string) =>
      compileText(
        specOf({
          data: `  source    audio_folder("data"${rate})\n  classes   3\n  features  ${features}\n  train     split(train)`,
          model: model(input, 3),
        }),
      );
    const known = folder(", rate: 8 kHz", "fit(1 s)", "audio(8000)").program?.data;
    expect(known?.source).toEqual({ kind: "audio_folder", path: "data", rate: 8000 });
    expect(folder("", "resample(16 kHz) |> fit(1 s)", "audio(16000)").program?.data.source).toEqual({
      kind: "audio_folder",
      path: "data",
      rate: null,
    });
    expect(faults(folder("", "fit(1 s)", "audio(8000)"))).toEqual(["L0240 fit(1 s)"]);
    expect(faults(folder(", rate: 8 Hz", "fit(1 s)", "audio(8)"))).toEqual(["L0211 8 Hz"]);
  });

  test("another sampling rate changes how long a second is", () => {
    const data = sample("resample(8 kHz) |> fit(1 s)", "audio(8000)");
    expect(data.train.transforms.map((t) => t.kind)).toEqual(["resample", "fit"]);
  });

  test("`features` stand where the split names them, else first", () => {
    const named = sample(
      "fit(1 s)",
      "audio(16000)",
      "split(all) |> noise(-30 dB) |> speed(0.9..1.1) |> features",
    );
    expect(named.train.transforms.map((t) => t.kind)).toEqual(["noise", "speed", "fit"]);
    const unnamed = sample("fit(1 s)", "audio(16000)", "split(all) |> noise(-30 dB)");
    expect(unnamed.train.transforms.map((t) => t.kind)).toEqual(["fit", "noise"]);
  });

  test.each([
    ["flip |> fit(4 s)", "L0312 flip"],
    ["resize(8, 8)", "L0313 resize(8, 8)"],
    ["mel(64, window: 25 ms, hop: 10 ms)", "L0313 mel(64, window: 25 ms, hop: 10 ms)"],
    ["fit(4 s) |> mel(64)", "L0313 mel(64)"],
    ["fit(4 s) |> stft(fft: 256, window: 512 samples, hop: 64 samples)", "L0313 512 samples"],
    ["fit(4 s) |> stft(fft: 64, hop: 32 samples) |> mel(64)", "L0313 64"],
    ["fit(4 s) |> mel(64, window: 4 ms, hop: 4 ms)", "L0313 64"],
    ["fit(4 s) |> mel(64, window: 25 ms, hop: 10 ms, high: 9 kHz)", "L0313 9 kHz"],
    ["fit(4 s) |> mel(64, window: 25 ms, hop: 10 ms, low: 8 kHz)", "L0313 8 kHz"],
    ["fit(4 s) |> mel(64, window: 25 ms, hop: 10 ms, low: 2 kHz, high: 1 kHz)", "L0313 2 kHz"],
    ["fit(4)", "L0212 4"],
    ["fit(-4 s)", "L0210 -4 s"],
    ["resample(16)", "L0212 16"],
    ["fit(4 s) |> blur", "L0218 blur"],
  ])("%s", (features, fault) => {
    expect(faults(compileText(specOf({ data: sound(features) })))[0]).toBe(fault);
  });

  test("what flows is said at both ends of a mismatch", () => {
    const [found] = compileText(specOf({ data: sound("fit(4 s) |> letterbox(8, 8)") })).diagnostics;
    expect(found?.message).toBe("`letterbox` takes an image");
    expect(found?.secondary[0]?.text).toBe("gives audio of 64,000 samples");
  });

  test("random transforms belong to train", () => {
    const data = `${sound("fit(1 s)", "split(all, first: 90%)")}\n  val  split(all, last: 10%) |> noise(-30 dB)`;
    expect(faults(compileText(specOf({ data, model: model("audio(16000)", 6) })))).toEqual([
      "L0312 noise(-30 dB)",
    ]);
  });
});

describe("splits", () => {
  const split = (settings: string, source = 'crema_d("data")', classes = 6) =>
    faults(
      compileText(
        specOf({
          data: `  source    ${source}\n  classes   ${classes}\n  features  fit(1 s)\n  ${settings}`,
          model: model("audio(16000)", classes),
        }),
      ),
    );

  test("groups are kept together, by a field of the source", () => {
    expect(
      split(
        "train  split(all, first: 80%, shuffle: 1, by: speaker)\n  val  split(all, last: 20%, shuffle: 1, by: speaker)",
      ),
    ).toEqual([]);
    expect(split("train  split(all, by: speeker)")).toEqual(["L0318 speeker"]);
  });

  test("parts are disjoint only in one order", () => {
    const val = "  val  split(all, last: 20%, shuffle: 1)";
    expect(split(`train  split(all, first: 80%, shuffle: 1, by: speaker)\n${val}`)).toEqual([
      "L0311 last: 20%",
    ]);
    expect(split(`train  split(all, first: 90%, shuffle: 1)\n${val}`)).toEqual(["L0311 last: 20%"]);
  });

  test("folds: the source's own, or made", () => {
    const esc = (folds: string, train = "split(train)") =>
      split(`folds  ${folds}\n  train  ${train}\n  test  split(test)`, 'esc50("data")', 50);
    // 1 s of 44.1 kHz is not what the model takes; everything about folds is checked before.
    const known = (found: string[]) => found.filter((fault) => !fault.startsWith("L0240"));
    expect(known(esc("5"))).toEqual([]);
    expect(known(esc("10"))).toEqual(["L0315 10"]);
    expect(known(esc("kfold(10, shuffle: 1, by: clip)"))).toEqual([]);
    expect(known(esc("kfold(10, shuffle: 1, by: voice)"))).toEqual(["L0318 voice"]);
    expect(known(esc("5", "split(all)"))).toEqual(["L0303 all"]);
    expect(split("folds  5\n  train  split(train)")).toEqual(["L0315 5"]);
    expect(split("folds  kfold(5, shuffle: 1)\n  train  split(train)", 'idx("data")', 10)[0]).toMatch(
      /^L0315/,
    );
  });

  test.each([
    ["first: 90", "90%"],
    ["first: 0.9", "90%"],
    ["last: 10", "10%"],
  ])("%s is no percentage, and %s is offered", (written, offered) => {
    const data = `  source    idx("data")\n  classes   10\n  train     split(train, ${written})`;
    const [first] = compileText(specOf({ data })).diagnostics;
    expect(first).toMatchObject({ code: "L0210", helps: [{ edits: [{ replacement: offered }] }] });
  });

  test("the overlap says what the samples are", () => {
    const data =
      '  source    crema_d("data")\n  classes   6\n  features  fit(1 s)\n  train  split(all, first: 90%)\n  val  split(all, last: 20%)';
    const [found] = compileText(specOf({ data })).diagnostics;
    expect(found?.message).toBe("`train` and `val` share a tenth of the recordings of `data`");
  });
});

describe("fit of dataset and model", () => {
  const cifar = '  source   cifar10("data")\n  classes  10\n  train    split(train)';

  test("sizes of images", () => {
    expect(faults(compileText(specOf({ data: cifar, model: model("image(28, 28, 3)") })))).toEqual([
      'L0240 "data"',
    ]);
    expect(faults(compileText(specOf({ data: cifar, model: model("image(32, 32, 1)") })))).toEqual([
      "L0237 image(32, 32, 1)",
    ]);
    const resized = cifar.replace("split(train)", "split(train) |> resize(28, 28)");
    expect(programOfText(specOf({ data: resized, model: model("image(28, 28, 3)") })).data.sample).toEqual({
      kind: "image",
      height: 28,
      width: 28,
      channels: 3,
    });
  });

  test("kinds", () => {
    expect(faults(compileText(specOf({ data: cifar, model: model("spectrogram(32, 32)") })))).toEqual([
      "L0237 spectrogram(32, 32)",
    ]);
  });

  test("fields and inputs meet by name", () => {
    const data = (tokens: string) =>
      `  source   tsv("data", text: [a, b], label: l)\n  classes  2\n  tokens   ${tokens}\n  train    split("train.tsv")`;
    const net = (input: string, first: string) =>
      `model net {\n  input  ${input}\n  embed: embedding(100, 4) from ${first}\n  flat:  flatten\n  head:  dense(2)\n}`;
    const wordpiece = data('wordpiece("t.json", max: 16)');
    const both = specOf({ data: wordpiece, model: net("ids: tokens(16), segments: tokens(16)", "ids") });
    expect(programOfText(both).data.sample).toEqual({
      kind: "tokens",
      length: 16,
      fields: { ids: "ids", segments: "segments" },
    });
    const one = specOf({ data: data("words(size: 100, max: 16)"), model: net("tokens(16)", "tokens") });
    expect(programOfText(one).data.sample).toMatchObject({ fields: { tokens: "ids" } });
    const unnamed = compileText(specOf({ data: wordpiece, model: net("tokens(16)", "tokens") }));
    expect(faults(unnamed)).toEqual(["L0237 tokens(16)"]);
    const slip = compileText(specOf({ data: wordpiece, model: net("idss: tokens(16)", "idss") }));
    expect(slip.diagnostics[0]?.helps[0]?.text).toBe("did you mean `ids`?");
  });

  test("what is not raw bytes needs to know from what to scale", () => {
    const data =
      '  source    crema_d("data")\n  classes   6\n  features  fit(1 s)\n  train  split(all)\n  scale  range(0, 1)';
    expect(faults(compileText(specOf({ data, model: model("audio(16000)", 6) })))).toEqual([
      "L0239 scale  range(0, 1)",
    ]);
    const per = data.replace("range(0, 1)", "range(0, 1, per: sample)");
    expect(programOfText(specOf({ data: per, model: model("audio(16000)", 6) })).data.scale).toEqual({
      kind: "range",
      low: 0,
      high: 1,
      per: "sample",
    });
  });
});
