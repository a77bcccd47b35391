import { cpSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { Budget } from "../../src/data/survey/budget.js";
import { findClasses } from "../../src/data/survey/class-layout.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { format } from "../../src/syntax/format/index.js";
import { sine, wav } from "../data/sound_fixtures.js";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();
const digits = resolve(import.meta.dirname, "../../examples/data/digits-mini");

/** Images of one colour a class, told apart at a glance. */
async function writeImages(folder: string, parts: Readonly<Record<string, number>>): Promise<void> {
  const classes = { "red cats": [200, 30, 30], blue: [30, 30, 200], in: [30, 200, 30] };
  for (const [part, count] of Object.entries(parts)) {
    for (const [name, [r = 0, g = 0, b = 0]] of Object.entries(classes)) {
      const path = project.path([folder, part, name].filter((step) => step !== "").join("/"));
      mkdirSync(path, { recursive: true });
      for (let i = 0; i < count; i++) {
        const background = { r: r + i, g: g + i, b: b + i };
        const image = sharp({ create: { width: 40 + 8 * (i % 2), height: 32, channels: 3, background } });
        writeFileSync(`${path}/${i}.png`, await image.png().toBuffer());
      }
    }
  }
}

/** What is written is right, formatted, and as `check` likes it. */
async function expectSound(file: string): Promise<void> {
  const text = project.read(file);
  expect(format(new SourceFile(file, text)).text).toBe(text);
  const { exit, stdout } = await typed(project, ["check", file]);
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: expect.stringMatching(new RegExp(`^ok +${file}`)) });
}

describe("lerac init", () => {
  it("writes a first spec and data, says so, and names the next commands", async () => {
    const { exit, stdout, stderr } = await typed(project, ["init"]);
    expect(exit, stderr).toBe(0);
    const lines = project.read("first.lerac").split("\n").length - 1;
    expect(stdout).toBe(
      `wrote first.lerac         small CNN, 10 classes, curriculum lerac, ${lines} lines\n` +
        "wrote data/fashion-mini/  10,000 + 2,000 images of Fashion-MNIST (5 MB, MIT)\n",
    );
    expect(stderr).toBe("next  lerac plan first.lerac   lerac run first.lerac\n");
    await expectSound("first.lerac");
    const plan = await typed(project, ["plan", "first.lerac"]);
    expect(plan.stdout).toContain("9,000 samples");
  });

  it("never overwrites: exit 4, the file as it was; data that are the same are found", async () => {
    project.write("mine.lerac", "mine");
    const taken = await typed(project, ["init", "mine"]);
    expect(taken).toMatchObject({ exit: 4, stdout: "" });
    expect(taken.stderr).toContain("error[L0007]: mine.lerac is there already; nothing was written");
    expect(project.read("mine.lerac")).toBe("mine");
    expect((await typed(project, ["init", "again"])).stdout).toContain("\nfound data/fashion-mini/");

    project.write("data/fashion-mini/README.md", "changed");
    const damaged = await typed(project, ["init", "third"]);
    expect(damaged.exit).toBe(4);
    expect(existsSync(project.path("third.lerac"))).toBe(false);
    expect(project.read("data/fashion-mini/README.md")).toBe("changed");
  });
});

describe("lerac init --from", () => {
  it("images in a folder a class: split by itself, resized where sizes differ; it trains", async () => {
    await writeImages("colours", { "": 40 });
    const { exit, stdout, stderr } = await typed(project, ["init", "--from", "colours"]);
    expect(exit, stderr).toBe(0);
    expect(stdout).toMatch(
      /^saw 3 folders of images: 3 classes, 120 files, of several sizes\nwrote colours\.lerac /,
    );
    await expectSound("colours.lerac");
    const text = project.read("colours.lerac");
    expect(text).toContain('classes  [blue, "in", "red cats"]');
    expect(text).toMatch(/train +split\(all, part: 0%\.\.70%, shuffle: 1\) \|> resize\(32, 40\)/);
    const run = await project.lerac([
      "run",
      "colours.lerac",
      "--backend",
      "wasm",
      "--epochs",
      "8",
      "--set",
      "width=4",
      "--quiet",
    ]);
    expect(run.exit, run.stderr).toBe(0);
    const accuracy = Number(/test\.accuracy ([\d.]+) %/.exec(run.stderr)?.[1]);
    expect(accuracy, run.stderr).toBeGreaterThan(60);
  });

  it("parts are used as they are called", async () => {
    await writeImages("divided", { train: 6, valid: 3, test: 3 });
    // Images further down belong to the class above them.
    mkdirSync(project.path("divided/train/blue/far/down"), { recursive: true });
    renameSync(project.path("divided/train/blue/0.png"), project.path("divided/train/blue/far/down/0.png"));
    const { exit, stdout } = await typed(project, ["init", "named", "--from", "divided"]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^saw 3 folders of images: 3 classes, 36 files, .*divided into test, train, valid/,
    );
    await expectSound("named.lerac");
    const looked = await typed(project, ["check", "--data", "named.lerac"]);
    expect(looked.exit, looked.stdout + looked.stderr).toBe(0);
    expect(project.read("named.lerac")).toMatch(/val +split\(valid\)/);
  });

  it("IDX files: sizes, classes and statistics read off them", async () => {
    const { exit, stdout } = await typed(project, ["init", "idx", "--from", "data/fashion"]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^saw IDX files: 10 classes, train 60 \+ test 40 images, 28x28\n/);
    await expectSound("idx.lerac");
  });

  it("recordings in a folder a class: rate, length and statistics read off them; it trains", async () => {
    for (const part of ["train", "test"])
      for (const [digit, name] of [
        ["0", "zero"],
        ["6", "six"],
      ] as const)
        cpSync(join(digits, part, digit), project.path(`spoken/${part}/${name}`), { recursive: true });
    const { exit, stdout, stderr } = await typed(project, ["init", "--from", "spoken"]);
    expect(exit, stderr).toBe(0);
    expect(stdout).toMatch(
      /^saw 2 folders of recordings: 2 classes, 48 files, divided into test, train, 8,000 Hz, 0\.\d to 0\.\d s\nwrote spoken\.lerac /,
    );
    await expectSound("spoken.lerac");
    const text = project.read("spoken.lerac");
    expect(text).toContain('source    audio_folder("spoken", rate: 8 kHz)');
    expect(text).toMatch(/train +split\(train, first: 90%, shuffle: 1\) \|> time_shift\(5%\) \|> features/);
    const looked = await typed(project, ["check", "--data", "spoken.lerac"]);
    expect(looked.exit, looked.stdout + looked.stderr).toBe(0);
    const flags = ["--backend", "wasm", "--epochs", "12", "--set", "width=4", "--quiet"];
    const run = await project.lerac(["run", "spoken.lerac", ...flags]);
    expect(run.exit, run.stderr).toBe(0);
    expect(Number(/test\.accuracy ([\d.]+) %/.exec(run.stderr)?.[1]), run.stderr).toBeGreaterThan(60);
  }, 60_000);

  it("recordings of several rates are brought to one; a format that is not read is named", async () => {
    const tone = (rate: number) => wav(sine(440, rate, rate), { tag: 1, bits: 16, rate });
    for (const [name, rate] of [
      ["high", 44_100],
      ["low", 22_050],
    ] as const) {
      mkdirSync(project.path(`tones/${name}`), { recursive: true });
      for (let i = 0; i < 8; i++) project.write(`tones/${name}/${i}.wav`, tone(rate));
    }
    const { exit, stdout } = await typed(project, ["init", "--from", "tones"]);
    expect(exit).toBe(0);
    expect(stdout).toContain("16 files, 22,050 to 44,100 Hz, 1.0 to 1.0 s\n");
    await expectSound("tones.lerac");
    expect(project.read("tones.lerac")).toContain("features  resample(16 kHz) |> fit(1 s) |> mel(40");
    expect((await typed(project, ["check", "--data", "tones.lerac"])).exit).toBe(0);
    project.write("tones/low/9.mp3", "ID3");
    const mixed = await typed(project, ["init", "mixed", "--from", "tones"]);
    expect(mixed.exit).toBe(4);
    expect(mixed.stderr).toContain("error[L0305]: `9.mp3` is a recording in a format that is not read");
  });

  it.skipIf(process.platform === "win32")("links to folders around it are no classes", async () => {
    await writeImages("looped", { "": 3 });
    for (const [link, to] of [
      ["up", ".."],
      ["self", "."],
      ["blue/other", "../red cats"],
      ["nowhere", "gone"],
    ] as const)
      symlinkSync(to, project.path(`looped/${link}`));
    const { exit, stdout, stderr } = await typed(project, ["init", "looped", "--from", "looped"]);
    expect(exit, stderr).toBe(0);
    expect(stdout).toContain("saw 3 folders of images: 3 classes, 9 files");
  });

  it("a folder with more than can be looked at is refused before it is walked through", async () => {
    await writeImages("many", { "": 20 });
    const folder = project.path("many");
    let asked = 0;
    const wanted = () => asked++ >= 0;
    await expect(findClasses(folder, wanted, new Budget(folder, 62))).rejects.toMatchObject({
      exitCode: 4,
      diagnostics: [
        { code: "L0392", message: expect.stringContaining("holds more than 62 files: too many to look at") },
      ],
    });
    expect(asked).toBe(40);
    expect((await findClasses(folder, wanted, new Budget(folder, 63)))?.parts).toEqual(
      new Map([["all", 60]]),
    );
  });

  it("says what it can't: no folder, nothing known, a kind not written for yet", async () => {
    const absent = await typed(project, ["init", "a", "--from", "nowhere"]);
    expect(absent).toMatchObject({ exit: 4, stdout: "" });
    expect(absent.stderr).toContain("error[L0390]: nowhere is not there");
    mkdirSync(project.path("empty"));
    expect((await typed(project, ["init", "a", "--from", "empty"])).stderr).toContain("it is empty");
    mkdirSync(project.path("sound/rain"), { recursive: true });
    project.write("sound/rain/1.wav", "RIFF");
    const sound = await typed(project, ["init", "a", "--from", "sound"]);
    expect(sound.exit).toBe(4);
    expect(sound.stderr).toContain(
      "error[L0391]: sound seems to hold sound files, but not in a folder a class",
    );
    expect(existsSync(project.path("a.lerac"))).toBe(false);
  });
});
