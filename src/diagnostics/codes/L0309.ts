import { code } from "./code.js";

export const entry = code({
  code: "L0309",
  severity: "error",
  title: "images can't be decoded on this machine",
  meaning: `
    The library that reads JPEG and PNG files does not load: no build of it was installed for this system.`,
  why: "Data in other formats can still be used.",
  wrong: {
    command: "lerac run photos.lerac",
    says: "error[L0309]: images cannot be decoded: the library sharp does not load on this machine",
  },
  right: {
    command: "npm install --include=optional",
    says: "added 1 package",
  },
});
