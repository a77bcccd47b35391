import { code } from "./code.js";

export const entry = code({
  code: "L0810",
  severity: "warning",
  title: "a model is never used",
  meaning: `
    \`train\` names another model of the file, and no claim speaks of this one. The lint is called
    \`unused_model\`.`,
  why: "A reader takes it for a part of what is trained.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)
      }

      model wide {
        input  image(28, 28, 1)

        flat:  flatten
        fc:    dense(512)
        head:  dense(10)
      }

      train {
        model      cnn
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)
      }

      train {
        model      cnn
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
