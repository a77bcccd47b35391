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
  card: {
    what: `
      Behind every convolution stands a Gaussian filter, channel by channel, that blurs features. Its width sigma shrinks as
      training goes on: sigma · factor^floor(t / every). No parameters, no gradient of its own. It changes no rate, and can
      be joined with a curriculum that does: \`cbs + lerac\`.

      By default the filters stand between convolution and norm, outside of shortcuts, as in the official code, and stay in
      place when the model is measured (\`evaluate smoothed\`): nets with batch norm measured without them while sigma is large
      give meaningless numbers.

      This version checks and plans it; it does not train it yet.`,
    source: `
      Sinha, Garg, Larochelle: Curriculum by Smoothing, NeurIPS 2020, arXiv 2003.01367. Code: pairlab/CBS (3x3 filters,
      sigma 1, times 0.9 every 5 epochs).`,
    evidence: `
      First version of the paper on LeRaC, accuracy in percent, mean ± deviation of 5 runs; it is not robust across models.

      | model, data | conventional | cbs |
      |---|---|---|
      | ResNet-18, CIFAR-100 | 65.28 ± 0.16 | 66.41 ± 0.21 |
      | CvT-13, CIFAR-100 | 41.87 ± 0.16 | 44.48 ± 0.40 |
      | Wide-ResNet-50, Tiny ImageNet | 55.97 ± 0.30 | 48.30 ± 1.53 |
      | CvT-13 pre-trained, CIFAR-100 | 77.80 ± 0.16 | 62.35 ± 0.48 |

      CvT-13 on CIFAR-10: cbs 72.64 ± 0.29, lerac 72.90 ± 0.28, both joined 73.25 ± 0.19.`,
    nothing: `
      In a model without convolutions (refused: L0411). At a sigma of 0.12 the middle weight of a 3x3 filter is 1: with the
      defaults it is over after about 100 epochs.`,
  },
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
