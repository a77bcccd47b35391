import { code } from "./code.js";

export const entry = code({
  code: "L0318",
  severity: "error",
  title: "samples are not grouped by such a field",
  meaning: `
    \`by\` keeps samples together that share a field, such as the speaker of recordings. The source must have it.`,
  why: `
    Groups that are cut apart let a model recognise what it should not know.`,
  wrong: {
    spec: `
      dataset sounds {
        source    crema_d("data/CREMA-D")
        classes   6
        features  fit(1 s)
        train     split(all, first: 80%, by: speeker)
      }

      model net {
        input  audio(16000)

        flat:  flatten
        head:  dense(6)
      }`,
  },
  right: {
    spec: `
      dataset sounds {
        source    crema_d("data/CREMA-D")
        classes   6
        features  fit(1 s)
        train     split(all, first: 80%, by: speaker)
      }

      model net {
        input  audio(16000)

        flat:  flatten
        head:  dense(6)
      }`,
  },
});
