import type { ImportItem, Name } from "../../syntax/index.js";
import { lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry = lint({
  rule: "unused_import",
  page: {
    code: "L0812",
    title: "an import is never used",
    meaning: "The file imports another one and uses nothing of it. The lint is called `unused_import`.",
    why: "A reader takes it for a part of what is trained, and looks for it.",
    wrong: {
      spec: "import std.bert",
    },
    right: {
      spec: `
        param width = 8

        model cnn {
          input  image(28, 28, 1)

          conv:  conv2d(width, 3)
                 flatten
          head:  dense(10)
        }`,
    },
  },
  check({ file }) {
    const used = namesUsed(file.items.filter((item) => item.kind !== "import"));
    return itemsOf(file, "import")
      .map(boundName)
      .filter((name) => !used.has(name.text))
      .map((name) => unused("L0812", "import", name));
  },
});

/** The name that an import binds: the one after `as`, or the last part of what it names. */
function boundName({ alias, target }: ImportItem): Name {
  if (alias !== null) return alias;
  if (!("kind" in target)) return target[target.length - 1] as Name;
  return { text: target.value.replace(/^.*\//, "").replace(/\.lerac$/, ""), span: target.span };
}
