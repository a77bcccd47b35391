import { optional, string, word } from "./arguments.js";
import { catalogue } from "./catalogue.js";

/** How kernels lie in a file. */
export const layouts = ["torch", "lerac"] as const;

/** Files that `weights ADDRESS from …` reads. */
export const weightFormats = catalogue([
  {
    name: "safetensors",
    summary:
      "Tensors by key. Keys without `prefix` are not looked at, the others lose it; `names` turns addresses into keys. Applied by `lerac run --init`.",
    source: "Hugging Face safetensors",
    arguments: {
      file: string("the file, relative to the spec"),
      prefix: string("what the keys begin with", { default: "" }),
      layout: optional(word("how kernels lie in the file", layouts), "that of `names`, else lerac"),
    },
  },
]);
