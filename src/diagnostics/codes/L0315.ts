import { code } from "./code.js";

export const entry = code({
  code: "L0315",
  severity: "error",
  title: "folds that can't be had",
  meaning: `
    A number stands for the folds that the source brings, and must agree; \`kfold(5, shuffle: 1)\` makes some of a source that has one part.`,
  why: `
    Folds decide what is tested on what: they must be the same for everybody.`,
  wrong: {
    spec: `
      dataset sounds {
        source    crema_d("data/CREMA-D")
        classes   6
        folds     5
        features  fit(1 s)
        train     split(train)
        test      split(test)
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
        folds     kfold(5, shuffle: 1, by: speaker)
        features  fit(1 s)
        train     split(train)
        test      split(test)
      }

      model net {
        input  audio(16000)

        flat:  flatten
        head:  dense(6)
      }`,
  },
});
