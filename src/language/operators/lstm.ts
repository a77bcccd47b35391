import { operator } from "./operator.js";
import { inferRecurrent, recurrentArguments, runRecurrent } from "./recurrent.js";

export const entry = operator({
  name: "lstm",
  summary: "Long short-term memory over a sequence; padded places are left out.",
  source: "Hochreiter and Schmidhuber 1997, with forget gates (Gers et al. 2000); PyTorch LSTM",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: recurrentArguments,
  infer: ({ inputs: [input], args }) => inferRecurrent("lstm", 4, input, args),
  forward: (c, [x], args) => runRecurrent(c, "lstm", x, args),
});
