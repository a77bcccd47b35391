import { operator } from "./operator.js";
import { inferRecurrent, recurrentArguments, runRecurrent } from "./recurrent.js";

export const entry = operator({
  name: "gru",
  summary: "Gated recurrent units over a sequence; padded places are left out.",
  source: "Cho et al. 2014; PyTorch GRU, whose reset gate acts on the product with the state",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: recurrentArguments,
  infer: ({ inputs: [input], args }) => inferRecurrent("gru", 3, input, args),
  forward: (c, [x], args) => runRecurrent(c, "gru", x, args),
});
