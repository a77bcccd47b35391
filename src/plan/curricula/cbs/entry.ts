import { count, number, word } from "../../../language/arguments.js";
import { timeText } from "../../time-text.js";
import { isTime } from "../../types.js";
import { curriculum, type LayerFacts, setting } from "../curriculum.js";

/** Operators whose outputs can be smoothed. */
const convolutions: readonly string[] = [
  "conv2d",
  "depthwise_conv2d",
  "grouped_conv",
  "separable_conv2d",
  "conv_transpose2d",
];

function isConvolution(layer: LayerFacts): boolean {
  return convolutions.includes(layer.operator);
}

export const entry = curriculum({
  name: "cbs",
  summary: "Curriculum by Smoothing: features are blurred by Gaussian filters, less and less.",
  source: "Sinha, Garg and Larochelle 2020, arXiv 2003.01367",
  settings: {
    sigma: setting(
      number("width of the filters at the start, in places", { default: 1, minimum: 1e-6, maximum: 1000 }),
      {
        takes: "a number above 0",
        example: "sigma  1",
      },
    ),
    decay: {
      type: "paced",
      doc: "the factor by which the width shrinks, and how often",
      takes: "a factor `every` a time",
      example: "decay  0.9 every 5 epochs",
      number: number("what is left of the width each time", { minimum: 1e-6, maximum: 1 }),
      default: { number: 0.9, every: { unit: "epochs", value: 5 } },
      defaultText: "0.9 every 5 epochs",
    },
    kernel: setting(count("height and width of the filters", { default: 3, minimum: 3, maximum: 31 }), {
      takes: "an odd number",
      example: "kernel  3",
      odd: true,
    }),
    sites: {
      type: "layers",
      doc: "the convolutions whose outputs are smoothed, before their norm",
      takes: "addresses of convolutions",
      example: "sites  stem, layer1.**",
      accepts: isConvolution,
      otherwise: (layer) => isConvolution(layer) && !layer.address.split(".").includes("shortcut"),
      defaultText: "all convolutions outside shortcuts",
      noun: "convolution",
    },
    evaluate: setting(
      word(
        "whether measurements are made with the filters of the moment or without any",
        ["smoothed", "clean"],
        {
          default: "smoothed",
        },
      ),
      { takes: "`smoothed` or `clean`", example: "evaluate  smoothed" },
    ),
  },
  rates: null,
  modifier: {
    store: ({ sigma, decay, kernel, sites, evaluate }) => ({
      sigma,
      factor: decay.number,
      every: decay.every,
      kernel,
      sites,
      evaluate,
    }),
    isStored: ({ sigma, factor, every, kernel, sites, evaluate }) =>
      [sigma, factor, kernel].every((value) => typeof value === "number" && value > 0) &&
      isTime(every) &&
      Array.isArray(sites) &&
      typeof evaluate === "string",
    describe({ sigma, factor, every, kernel, sites, evaluate }) {
      const pace = isTime(every) ? timeText(every) : "";
      const count = Array.isArray(sites) ? sites.length : 0;
      return `sigma ${sigma}, times ${factor} every ${pace}; ${kernel}x${kernel} filters behind ${count} convolution${count === 1 ? "" : "s"}; evaluated ${evaluate}`;
    },
  },
});
