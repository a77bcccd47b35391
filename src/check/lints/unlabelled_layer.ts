import { type Diagnostic, warning } from "../../diagnostics/index.js";
import type { LayerStatement, ModelItem } from "../../syntax/index.js";
import { type Group, unlabelledAddress } from "../model/body-state.js";
import type { CheckedModel } from "../model/index.js";
import { lint } from "./lint.js";
import { itemsOf } from "./uses.js";

export const entry = lint({
  rule: "unlabelled_layer",
  page: {
    code: "L0801",
    title: "a layer that is trained has no label",
    meaning: `
      A layer with something to train stands above the first label of its model, so that it is called after
      its operator. The lint is called \`unlabelled_layer\`.`,
    why: `
      Levels, checkpoints and plots use this address, and another such layer before it would rename it.`,
    wrong: {
      spec: `
        model cnn {
          input  image(28, 28, 1)

                 conv2d(8, 3)
                 relu
                 flatten
          head:  dense(10)
        }`,
    },
    right: {
      spec: `
        model cnn {
          input  image(28, 28, 1)

          stem:  conv2d(8, 3)
                 relu
                 flatten
          head:  dense(10)
        }`,
    },
  },
  check: ({ file, models }) =>
    itemsOf(file, "model").flatMap((item) => {
      const model = models.get(item.name.text);
      return model === undefined ? [] : unlabelled(item, model);
    }),
});

function unlabelled(item: ModelItem, model: CheckedModel): Diagnostic[] {
  const group: Group = { label: null, address: "", counts: new Map() };
  const found: Diagnostic[] = [];
  for (const statement of item.body.statements) {
    if (statement.kind !== "layer") continue;
    if (statement.label !== null) break;
    const name = nameOf(statement);
    if (name === null) continue;
    const address = unlabelledAddress(group, name);
    const isTrained = model.layers.some(
      (layer) =>
        (layer.address === address || layer.address.startsWith(`${address}.`)) &&
        layer.tensors.some((tensor) => tensor.trainable),
    );
    if (!isTrained) continue;
    found.push(
      warning("L0801", `this layer has no label, and is called \`${address}\` after its operator`, {
        at: { span: statement.span, text: "above the first label" },
        notes: ["levels, checkpoints and plots call it so, and another one before it renames it"],
        helps: ["give it a label, such as `stem: …`"],
      }),
    );
  }
  return found;
}

/** What an unlabelled statement is called after; null for those whose parts stand for themselves. */
function nameOf({ layer }: LayerStatement): string | null {
  if (layer.kind === "call") return layer.call.callee[layer.call.callee.length - 1]?.text ?? null;
  return layer.kind === "repeat" ? "repeat" : null;
}
