import { code } from "./code.js";

export const entry = code({
  code: "L0822",
  severity: "warning",
  title: "a waiver gives no reason",
  meaning: "A waiver says behind a comma why the lint does not matter here.",
  why: "The next reader would otherwise ask, or take it out.",
  wrong: {
    spec: `
      # lint: allow unused_param
      param width = 8`,
  },
  right: {
    spec: `
      # lint: allow unused_param, set by the scripts of the cluster
      param width = 8`,
  },
});
