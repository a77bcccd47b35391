import type { Predictions } from "./metric.js";

/**
 * Area under the ROC curve: the chance that a sample of a class scores higher than one of another class, ties counting
 * half (Mann and Whitney 1947). Scores are the softmax shares of the class (with a single output its logit, for class
 * 1). With more than two classes the mean over one class against the rest, over the classes that have samples on both
 * sides; NaN where there are none.
 */
export function areaUnderCurve(predictions: Predictions): number {
  const { samples, width, labels } = predictions;
  if (width <= 2) {
    const scores = width === 1 ? Float64Array.from(predictions.outputs) : classScores(predictions, 1);
    return separation(scores, (sample) => labels[sample] === 1);
  }
  let total = 0;
  let classes = 0;
  for (let k = 0; k < width; k++) {
    const own = labels.reduce((count, label) => count + (label === k ? 1 : 0), 0);
    if (own === 0 || own === samples) continue;
    total += separation(classScores(predictions, k), (sample) => labels[sample] === k);
    classes++;
  }
  return total / classes;
}

/** The softmax share of one class for every sample. */
function classScores({ samples, outputs, width }: Predictions, k: number): Float64Array {
  return Float64Array.from({ length: samples }, (_, sample) => {
    const own = outputs[sample * width + k] as number;
    let total = 0;
    for (let other = 0; other < width; other++)
      total += Math.exp((outputs[sample * width + other] as number) - own);
    return 1 / total;
  });
}

/** The chance that a positive scores above a negative, from the ranks of the positives; ties share the mean rank. */
function separation(scores: Float64Array, positive: (sample: number) => boolean): number {
  const order = Array.from(scores.keys()).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) end++;
    // Ranks count from 1: those of a tie lie from start + 1 to end.
    const rank = (start + 1 + end) / 2;
    for (const sample of order.slice(start, end)) {
      if (!positive(sample)) continue;
      rankSum += rank;
      positives++;
    }
    start = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
