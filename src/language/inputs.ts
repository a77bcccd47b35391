import { type ArgumentTable, count } from "./arguments.js";
import type { Shape } from "./operators/index.js";

/** What a model takes, a kind a call: `input image(28, 28, 1)`. */
export interface InputKind {
  readonly name: string;
  readonly summary: string;
  readonly arguments: ArgumentTable;
  shape(args: Readonly<Record<string, unknown>>): Shape;
}

const size = (doc: string) => count(doc, { maximum: 65_536 });
/** Sound and rows of numbers may be longer than images are wide. */
const long = (doc: string) => count(doc, { maximum: 2 ** 27 });

export const inputKinds: ReadonlyMap<string, InputKind> = new Map(
  (
    [
      {
        name: "image",
        summary: "Pixels, channels last.",
        arguments: {
          height: size("rows"),
          width: size("columns"),
          channels: size("1 for grey, 3 for colour"),
        },
        shape: (args) => [args.height as number, args.width as number, args.channels as number],
      },
      {
        name: "spectrogram",
        summary: "Energy by frequency band and time, in one channel.",
        arguments: { bands: size("frequency bands"), frames: long("moments in time") },
        shape: (args) => [args.bands as number, args.frames as number, 1],
      },
      {
        name: "audio",
        summary: "A waveform.",
        arguments: { samples: long("samples") },
        shape: (args) => [args.samples as number],
      },
      {
        name: "tokens",
        summary: "Numbers of words or word pieces; carries each sample's length.",
        arguments: { length: size("tokens at most") },
        shape: (args) => [args.length as number],
      },
      {
        name: "features",
        summary: "A row of numbers.",
        arguments: { n: long("how many") },
        shape: (args) => [args.n as number],
      },
    ] satisfies InputKind[]
  ).map((kind) => [kind.name, kind]),
);
