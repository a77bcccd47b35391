import { number } from "../../language/arguments.js";
import { floor } from "./floor.js";
import { schedule, shareDone } from "./schedule.js";

/** floor + (η(0) − floor) · (1 − share of the way)^power; power 1 is `linear`. */
export const entry = schedule({
  name: "polynomial",
  summary: "A power of what is left of the run, from the end of the curriculum on, down to `floor`.",
  source: "Liu, Rabinovich and Berg 2015 (ParseNet)",
  arguments: {
    power: number("2 falls fast at first and slowly in the end", { minimum: 1e-3, maximum: 1000 }),
    floor,
  },
  rate: ({ power, floor }, moment) => floor + (moment.common - floor) * (1 - shareDone(moment)) ** power,
});
