import { warning } from "../../diagnostics/index.js";
import type { Lint } from "./lint.js";

export const entry: Lint = {
  code: "L0813",
  rule: "doubled_activation",
  summary: "a model ends with the softmax or sigmoid that its loss applies itself",
  check({ train, trained }) {
    const last = trained?.layers[trained.layers.length - 1];
    const activation = train?.loss.entry.activation;
    if (!train || last === undefined || last.operator.name !== activation) return [];
    const loss = train.loss.entry.name;
    return [
      warning("L0813", `\`${loss}\` applies \`${activation}\` itself: here it would be applied twice`, {
        at: { span: last.span, text: "applied by the model" },
        secondary: [{ span: train.loss.span, text: "applied by the loss" }],
        notes: [
          "twice flattens the gradient: such a net learns slowly, and its probabilities are never sure",
        ],
        helps: ["end the model with the layer before it"],
      }),
    ];
  },
};
