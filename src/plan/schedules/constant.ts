import { schedule } from "./schedule.js";

export const entry = schedule({
  name: "constant",
  summary: "The common rate stays.",
  arguments: {},
  rate: (_, { common }) => common,
});
