import { code } from "./code.js";

export const entry = code({
  code: "L0901",
  severity: "error",
  title: "a backend or a device is not available",
  meaning: `
    The backend asked for is not known, or its library does not load on this machine; or it does not compute on the device
    asked for with \`--device\`.`,
  why: `
    A backend that was asked for by name is never replaced silently: another one may be much slower.
    \`--backend auto\` takes the fastest that loads.`,
  wrong: {
    command: "lerac run fashion.lerac --backend tensorflow",
    says: "error[L0901]: backend tensorflow is not available on this machine",
  },
  right: {
    command: "lerac run fashion.lerac --backend auto",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
