import { number } from "../../language/arguments.js";

/** The rate that several schedules end at. */
export const floor = number("the rate at the end", { default: 0, minimum: 0 });
