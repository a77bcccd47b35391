import { count, time } from "../../language/arguments.js";
import { inSteps } from "../clock.js";
import { floor } from "./floor.js";
import { schedule, shareDone } from "./schedule.js";

/** Loshchilov and Hutter 2017 (SGDR), Eq. 5; restarts are equally long (T_mult 1). */
export const entry = schedule({
  name: "cosine",
  summary: "Half a cosine from the end of the curriculum to the end of the run, down to `floor`.",
  source: "Loshchilov and Hutter 2017",
  arguments: {
    floor,
    cooldown: time("how long before the end of the run it has reached the floor, and stays there", {
      default: { unit: "epochs", value: 0 },
      defaultText: "0 epochs",
      minimum: 0,
    }),
    restarts: count("how often it starts again with the common rate, in equal parts", {
      default: 0,
      minimum: 0,
      maximum: 4096,
    }),
  },
  rate({ floor, cooldown, restarts }, moment) {
    const to = Math.max(moment.from, moment.to - inSteps(cooldown, moment.clock));
    if (moment.t >= to && to < moment.to) return floor;
    const parts = shareDone({ ...moment, to }) * (restarts + 1);
    // A restart itself counts to the new part, whatever rounding makes of it.
    const done = parts >= restarts + 1 ? 1 : Math.max(0, parts - Math.floor(parts + 1e-9));
    return floor + ((moment.common - floor) * (1 + Math.cos(Math.PI * done))) / 2;
  },
  marks({ cooldown, restarts }, { from, to, clock }) {
    const end = Math.max(from, to - inSteps(cooldown, clock));
    const starts = Array.from(
      { length: restarts },
      (_, i) => from + ((end - from) * (i + 1)) / (restarts + 1),
    );
    return end < to ? [...starts, end] : starts;
  },
});
