import { duration, metric, number, time } from "./arguments.js";
import { catalogue, type Entry } from "./catalogue.js";

/** Which checkpoint of a run is its result. */
export const keeps = catalogue<Entry>([
  { name: "last", summary: "The weights at the end of the run.", arguments: {} },
  {
    name: "best",
    summary: "The weights at which a metric was best; of equals the earliest.",
    arguments: { metric: metric("what decides, such as `val.accuracy`") },
  },
]);

/** When a run ends before its length. */
export const stops = catalogue<Entry>([
  { name: "never", summary: "It runs its full length.", arguments: {} },
  {
    name: "early",
    summary: "When a metric has not become better for as long as `patience`.",
    source: "Prechelt 1998",
    arguments: {
      metric: metric("what is watched, such as `val.loss`"),
      patience: time("how long it may stay as it is", {
        default: { unit: "epochs", value: 10 },
        defaultText: "10 epochs",
      }),
    },
  },
  {
    name: "after",
    summary:
      "After so much time on the clock, at the end of the epoch under way; results then depend on the machine.",
    arguments: { time: duration("hours or minutes: `2 h`") },
  },
]);

/** Bounds on gradients. */
export const clips = catalogue<Entry>([
  { name: "none", summary: "Gradients stay as they are.", arguments: {} },
  {
    name: "norm",
    summary: "The gradients of all tensors that move, taken as one vector, are scaled down to this length.",
    source: "Pascanu, Mikolov and Bengio 2013; PyTorch clip_grad_norm_",
    arguments: { limit: number("the largest length", { minimum: 1e-12 }) },
  },
  {
    name: "value",
    summary: "Each number of a gradient is cut to lie between -limit and limit.",
    source: "PyTorch clip_grad_value_",
    arguments: { limit: number("the largest size", { minimum: 1e-12 }) },
  },
]);

/** Averages of the weights over steps, measured and kept in their stead. */
export const averages = catalogue<Entry>([
  { name: "none", summary: "The weights themselves.", arguments: {} },
  {
    name: "ema",
    summary: "An exponential moving average: decay * average + (1 - decay) * weights after each step.",
    source: "Polyak and Juditsky 1992",
    arguments: {
      decay: number("share of the old average that is kept", { minimum: 0, maximum: 1, openEnd: true }),
    },
  },
]);
