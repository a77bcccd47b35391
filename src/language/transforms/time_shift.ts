import { percentage } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "time_shift",
  summary:
    "Moves the recording earlier or later by up to a share of its length; what leaves comes in at the other end.",
  arguments: { share: percentage("furthest move, of the length") },
  random: true,
  takes: ["audio"],
});
