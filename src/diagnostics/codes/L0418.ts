import { code } from "./code.js";

export const entry = code({
  code: "L0418",
  severity: "error",
  title: "an address holds no layer of the kind that the setting is about",
  meaning: `
    The setting takes layers of one kind, such as the convolutions of \`sites\`, and there is none at or
    below the address.`,
  why: "The setting would change nothing there.",
  wrong: {
    spec: `
      curriculum cbs {
        sites  head
      }`,
  },
  right: {
    spec: `
      curriculum cbs {
        sites  conv
      }`,
  },
});
