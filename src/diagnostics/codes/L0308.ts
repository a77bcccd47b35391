import { code } from "./code.js";

export const entry = code({
  code: "L0308",
  severity: "error",
  title: "images are resized after another transform",
  meaning: "`resize` stands behind another transform of the pipeline.",
  why: `
    Images are resized once, when they are read; every other transform works on the final size, so its
    pixels mean what they say.`,
  wrong: {
    command: "lerac run photos.lerac     # train  split(train) |> flip |> resize(64, 64)",
    says: "error[L0308]: `train` of `photos` resizes after another transform",
  },
  right: {
    command: "lerac run photos.lerac     # train  split(train) |> resize(64, 64) |> flip",
    says: "lerac 0.1.0  photos.lerac  ok: 8,074 parameters, 2 levels, 900 steps",
  },
});
