import { number, percentage } from "../../language/arguments.js";
import { schedule, shareDone } from "./schedule.js";

/** Half a cosine from a to b, of which `done` is done. */
function annealed(a: number, b: number, done: number): number {
  return b + ((a - b) * (1 + Math.cos(Math.PI * done))) / 2;
}

/** Smith and Topin 2018, in the form and with the defaults of PyTorch's OneCycleLR. The common rate is the peak. */
export const entry = schedule({
  name: "one_cycle",
  summary: "The rate rises from a fraction of the common one to it, then falls to almost nothing.",
  source: "Smith and Topin 2018; PyTorch OneCycleLR",
  rises: true,
  arguments: {
    rise: percentage("share of the way that it rises", { default: 0.3, defaultText: "30%" }),
    start: number("the first rate, as a fraction of the common one", {
      default: 0.04,
      minimum: 0,
      maximum: 1,
    }),
    end: number("the last rate, as a fraction of the common one", { default: 4e-6, minimum: 0, maximum: 1 }),
  },
  rate({ rise, start, end }, moment) {
    const done = shareDone(moment);
    const { common } = moment;
    if (done < rise) return annealed(common * start, common, done / rise);
    return annealed(common, common * end, rise < 1 ? (done - rise) / (1 - rise) : 0);
  },
});
