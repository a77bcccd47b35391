import { floor } from "./floor.js";
import { schedule, shareDone } from "./schedule.js";

export const entry = schedule({
  name: "linear",
  summary: "A straight line from the end of the curriculum to the end of the run, down to `floor`.",
  arguments: { floor },
  rate: ({ floor }, moment) => moment.common + (floor - moment.common) * shareDone(moment),
});
