import { code } from "./code.js";

export const entry = code({
  code: "L0902",
  severity: "error",
  title: "a backend is not part of this version",
  meaning: "The name is reserved for a backend that this version of lerac does not have.",
  why: "A spec or script that asks for it will work with a later version.",
  wrong: {
    command: "lerac run fashion.lerac --backend onnx",
    says: "error[L0902]: backend onnx is not part of this version of lerac",
  },
  right: {
    command: "lerac run fashion.lerac --backend auto",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
