import { code } from "./code.js";

export const entry = code({
  code: "L0306",
  severity: "error",
  title: "data are sound, but not those the spec describes",
  meaning: `
    The files on disk can be read, but hold something else than the spec says: other sizes, other channels,
    more classes.`,
  why: `
    A spec describes its data so that a reader need not look; when the two differ, one of them is wrong.`,
  wrong: {
    command: "lerac run fashion.lerac --data fashion=data/cifar-10",
    says: "error[L0306]: images of `fashion` are 32x32, the spec takes 28x28",
  },
  right: {
    command: "lerac run fashion.lerac --data fashion=data/fashion-mnist",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
