import type { Predictions } from "./metric.js";

const last = 2 ** 31 - 1;

/**
 * For each sample the number of classes with an output strictly greater than its label's: 0 where the label wins or
 * ties. A sample counts for top(k) if it is below k. Not a number among the outputs gives the last rank: it counts
 * for nothing. A single output is the logit of class 1 against a 0 for class 0.
 */
export function labelRanks({ samples, outputs, width, labels }: Predictions): Int32Array {
  const ranks = new Int32Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    const label = labels[sample] as number;
    if (width === 1) {
      const logit = outputs[sample] as number;
      ranks[sample] = (label === 1 ? logit >= 0 : logit <= 0) ? 0 : 1;
      continue;
    }
    const own = outputs[sample * width + label] as number;
    let above = 0;
    for (let k = 0; k < width; k++) {
      const output = outputs[sample * width + k] as number;
      if (output > own) above++;
      else if (!(output <= own)) above = last;
    }
    ranks[sample] = Math.min(above, last);
  }
  return ranks;
}

/** For each sample the class with the largest output, the first of equal ones. */
export function predictedClasses({ samples, outputs, width }: Predictions): Int32Array {
  const classes = new Int32Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    if (width === 1) {
      classes[sample] = (outputs[sample] as number) > 0 ? 1 : 0;
      continue;
    }
    let best = 0;
    for (let k = 1; k < width; k++)
      if ((outputs[sample * width + k] as number) > (outputs[sample * width + best] as number)) best = k;
    classes[sample] = best;
  }
  return classes;
}
