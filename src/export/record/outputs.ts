import type { TrainingProgram } from "../../program/types.js";
import type { GraphBuilder } from "./builder.js";
import type { Value } from "./graph.js";

interface Output {
  readonly name: string;
  of(graph: GraphBuilder, last: Value): Value;
}

/**
 * What a graph gives: of a classifier `logits`, what the last layer computes, and `probabilities`, through the function
 * that its loss trained it with; of anything else the last layer's numbers as `output`.
 */
export function outputsOf({ train, data }: Pick<TrainingProgram, "train" | "data">): readonly Output[] {
  if (data.classes === null) return [{ name: "output", of: (_, last) => last }];
  return [
    { name: "logits", of: (_, last) => last },
    {
      name: "probabilities",
      of: (graph, last) => (train.loss.kind === "bce" ? graph.unary("sigmoid", last) : graph.softmax(last)),
    },
  ];
}
