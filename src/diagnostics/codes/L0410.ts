import { code } from "./code.js";

export const entry = code({
  code: "L0410",
  severity: "error",
  title: "there are too many levels",
  meaning: "The wildcards of `levels` make more than 4,096 levels: each match is one.",
  why: "A rate plan is read by people. Several addresses in one parenthesis share a level.",
  wrong: {
    command: "lerac check deep.lerac     # levels  stem, body.*, head",
    says: "error[L0410]: 5002 levels; the limit is 4096",
  },
  right: {
    command: "lerac check deep.lerac     # levels  stem, (body), head",
    says: "ok  deep.lerac   1 model, 40,010 parameters, 3 levels",
  },
});
