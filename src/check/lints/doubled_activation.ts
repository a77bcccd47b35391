import { warning } from "../../diagnostics/index.js";
import { lint } from "./lint.js";

export const entry = lint({
  rule: "doubled_activation",
  page: {
    code: "L0813",
    title: "the loss applies the model's last activation itself",
    meaning: `
      The model ends with \`softmax\` or \`sigmoid\`, and the loss applies the same to what the model gives. The
      lint is called \`doubled_activation\`.`,
    why: `
      \`cross_entropy\` and \`focal\` begin with a softmax and \`bce\` with a sigmoid, in a form that does not
      overflow. Applied twice the gradient is flat: the net learns slowly, and is never sure of anything.`,
    wrong: {
      spec: `
        model net {
          input  image(28, 28, 1)

          conv:  conv2d(8, 3)
                 relu
                 flatten
          head:  dense(10)
                 softmax
        }`,
    },
    right: {
      spec: `
        model net {
          input  image(28, 28, 1)

          conv:  conv2d(8, 3)
                 relu
                 flatten
          head:  dense(10)
        }`,
    },
  },
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
});
