import { code } from "./code.js";

export const entry = code({
  code: "L0905",
  severity: "error",
  title: "a device computes other numbers than the processor",
  meaning: `
    Before a model is trained on a device, one step of it is taken there and on the processor, with the same noise. Their new
    weights differ by more than rounding explains; the message says by how much, in which level.`,
  why: `
    Some kernel of the device's library or driver is wrong for a shape that this model has. A run that is not refused would end
    with numbers that nobody can reproduce, or worse, that look right.`,
  wrong: {
    command: "lerac run fashion.lerac --device webgpu",
    says: "error[L0905]: device webgpu computes other numbers than the processor",
  },
  right: {
    command: "lerac run fashion.lerac",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
