import type { OnnxNode } from "./schema.js";

/** Operators that a step may not hold, and why. */
const banned: Readonly<Record<string, string>> = {
  ScatterND: "with several threads and repeated indices onnxruntime 1.30 loses additions",
  Dropout: "its random numbers have a state",
  RandomNormal: "its random numbers have a state",
  RandomNormalLike: "its random numbers have a state",
  RandomUniform: "its random numbers have a state",
  RandomUniformLike: "its random numbers have a state",
  Bernoulli: "its random numbers have a state",
  Multinomial: "its random numbers have a state",
};

/** Why a node may not be there; null where it may. */
export function whyBanned({ operator, attributes }: OnnxNode): string | null {
  if (operator === "BatchNormalization" && attributes.training_mode === 1)
    return "BatchNormalization in training overwrites its operands";
  const why = banned[operator];
  return why === undefined ? null : `${operator}: ${why}`;
}
