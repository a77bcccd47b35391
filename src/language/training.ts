import { boolean, count, number, numbers } from "./arguments.js";
import { catalogue } from "./catalogue.js";

const rate = number("the common rate, that every level reaches", { minimum: 0 });
const weightDecay = number("L2 penalty: added to the gradient as decay * weight", { default: 0, minimum: 0 });

export const optimizers = catalogue([
  {
    name: "sgd",
    summary: "Stochastic gradient descent with momentum; weight decay is coupled, dampening 0.",
    source: "PyTorch SGD; Sutskever et al. 2013",
    arguments: {
      rate,
      momentum: number("share of the last update that is kept", {
        default: 0,
        minimum: 0,
        maximum: 1,
        openEnd: true,
      }),
      nesterov: boolean("looks ahead along the momentum", { default: false }),
      weight_decay: weightDecay,
    },
  },
  {
    name: "adam",
    summary: "Adaptive moments; weight decay is coupled (L2).",
    source: "Kingma and Ba 2015; PyTorch Adam",
    arguments: {
      rate,
      betas: numbers("shares of the old moments that are kept", { default: [0.9, 0.999] }),
      eps: number("added to the root of the second moment", { default: 1e-8, minimum: 0 }),
      weight_decay: weightDecay,
    },
  },
]);

export const schedules = catalogue([
  { name: "constant", summary: "The common rate stays.", arguments: {} },
  {
    name: "cosine",
    summary: "Half a cosine from the end of the curriculum to the end of the run.",
    source: "Loshchilov and Hutter 2017",
    arguments: { floor: number("the rate at the end", { default: 0, minimum: 0 }) },
  },
]);

export const losses = catalogue([
  {
    name: "cross_entropy",
    summary: "Softmax of the last layer against the class; the mean over the batch.",
    source: "PyTorch CrossEntropyLoss",
    arguments: {},
  },
]);

export const metrics = catalogue([
  { name: "accuracy", summary: "Share of samples whose class has the largest output.", arguments: {} },
  {
    name: "top",
    summary: "Share of samples whose class is among the k largest outputs.",
    arguments: { k: count("how many count") },
  },
]);

/** Kinds of curriculum. What each does stands in `plan/curricula/`. */
export const curriculumKinds = catalogue([
  { name: "conventional", summary: "One rate for all levels.", arguments: {} },
  {
    name: "lerac",
    summary: "A rate a level, high near the input and low near the output, all growing to one by time k.",
    source: "Croitoru et al. 2024, arXiv 2205.09180",
    arguments: {},
  },
  {
    name: "cbs",
    summary: "Curriculum by Smoothing: features are blurred, less and less.",
    source: "Sinha, Garg and Larochelle 2020, arXiv 2003.01367",
    arguments: {},
  },
]);
