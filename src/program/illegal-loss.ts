import { losses } from "../language/losses/index.js";
import { metrics } from "../language/metrics/index.js";
import type { TrainingProgram } from "./types.js";

/** Why loss and metrics do not fit what is learned, or class weights the classes; null when they fit. */
export function illegalLoss({ train, data, model }: TrainingProgram): string | null {
  const { loss } = train;
  const target = losses.get(loss.kind)?.target;
  if (data.classes === null ? target !== "number" : target === "number")
    return `the loss ${loss.kind} does not fit the target`;
  const odd = train.metrics.find((metric) => metrics.get(metric.kind)?.target !== target);
  if (odd !== undefined) return `the metric ${odd.name} does not fit the loss ${loss.kind}`;
  const last = model.layers[model.layers.length - 1];
  if ((target === "boxes") !== (last?.operator === "detect"))
    return `the loss ${loss.kind} does not fit the last layer`;
  const weights = loss.kind === "cross_entropy" ? loss.weights : loss.kind === "focal" ? loss.alpha : null;
  if (weights === null) return null;
  return weights.length === data.classes && weights.some((weight) => weight > 0)
    ? null
    : `${weights.length} class weights for ${data.classes} classes`;
}

/** One output may stand for two classes where the loss allows it. */
export function isOneForTwo({ train, data, model }: TrainingProgram): boolean {
  const last = model.layers[model.layers.length - 1];
  return (
    losses.get(train.loss.kind)?.oneOutputForTwoClasses === true &&
    data.classes === 2 &&
    last?.output.join() === "1"
  );
}
