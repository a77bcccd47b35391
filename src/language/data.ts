import { count, length, number, numbers, string } from "./arguments.js";
import { catalogue, type Entry } from "./catalogue.js";

/** Where samples come from. */
export interface SourceEntry extends Entry {
  /** Names that `split` may use; null where they are the folders of the source. */
  readonly parts: readonly string[] | null;
  /** The kind of input a sample fits. */
  readonly gives: "image";
}

export const sources = catalogue<SourceEntry>([
  {
    name: "idx",
    summary: "Grey images and labels in IDX files, plain or gzipped, as MNIST and Fashion-MNIST come.",
    source: "LeCun, Cortes and Burges: the MNIST database",
    arguments: { path: string("the folder with the four files") },
    parts: ["train", "test"],
    gives: "image",
  },
  {
    name: "image_folder",
    summary: "A folder of images a class, below a folder a part: FOLDER/train/cat/1.jpg.",
    source: "torchvision ImageFolder",
    arguments: { path: string("the folder above the parts") },
    parts: null,
    gives: "image",
  },
]);

/** What is done to a sample before it is scaled. */
export interface TransformEntry extends Entry {
  /** Random ones are allowed in `train` only. */
  readonly random: boolean;
}

export const transforms = catalogue<TransformEntry>([
  {
    name: "shift",
    summary: "Moves the image by up to so many pixels in each direction; what comes in is black.",
    arguments: { pixels: length("furthest move", { minimum: 0, maximum: 4096 }) },
    random: true,
  },
  {
    name: "flip",
    summary: "Mirrors left and right with probability one half.",
    arguments: {},
    random: true,
  },
  {
    name: "resize",
    summary: "Scales the image to one size, ignoring its proportions.",
    arguments: {
      height: count("rows", { maximum: 65536 }),
      width: count("columns", { maximum: 65536 }),
    },
    random: false,
  },
]);

/** How raw values become inputs of the model. */
export const scales = catalogue([
  {
    name: "standard",
    summary: "(value - mean) / std, after raw bytes are divided by 255.",
    arguments: {
      mean: numbers("mean, one a channel or one for all"),
      std: numbers("standard deviation, above 0"),
    },
  },
  {
    name: "range",
    summary: "Raw bytes from 0 to 255 become numbers from `low` to `high`.",
    arguments: { low: number("what 0 becomes"), high: number("what 255 becomes") },
  },
]);
