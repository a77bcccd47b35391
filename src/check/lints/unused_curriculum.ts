import { lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf } from "./uses.js";

export const entry = lint({
  rule: "unused_curriculum",
  page: {
    code: "L0811",
    title: "a curriculum is never used",
    meaning: `
      The file declares a curriculum that it neither trains under nor compares. The lint is called
      \`unused_curriculum\`.`,
    why: "A reader takes it for a part of what is trained.",
    wrong: {
      spec: `
        curriculum lerac {
          rates  0.1 -> 1e-6
          until  5 epochs
        }

        curriculum slow: lerac {
          rates  0.1 -> 1e-6
          until  10 epochs
        }

        train {
          curriculum  lerac
          loss        cross_entropy
          optimizer   sgd(rate: 0.1)
          batch       64
          epochs      30
        }`,
    },
    right: {
      spec: `
        curriculum lerac {
          rates  0.1 -> 1e-6
          until  5 epochs
        }

        curriculum slow: lerac {
          rates  0.1 -> 1e-6
          until  10 epochs
        }

        train {
          curriculum  lerac
          loss        cross_entropy
          optimizer   sgd(rate: 0.1)
          batch       64
          epochs      30
        }

        compare {
          conventional
          lerac
          slow
        }`,
    },
  },
  check({ file, planned }) {
    if (planned.length === 0) return [];
    const used = new Set(planned.flatMap(({ parts }) => parts.map(({ name }) => name)));
    return itemsOf(file, "curriculum")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) =>
        unused("L0811", "curriculum", name, ["`train` names another one, and `compare` has no arm of it"]),
      );
  },
});
