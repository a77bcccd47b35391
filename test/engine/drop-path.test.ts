import { setBackend, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { DropoutMasks } from "../../src/engine/masks.js";
import { valueAndGradients } from "../harness/gradients.js";
import { randomValues } from "../harness/numeric.js";
import { type EagerCall, eagerForward } from "../harness/operators.js";
import { testedLibraries } from "./backends.js";

describe.each(testedLibraries)("drop_path on %s", (library) => {
  beforeAll(async () => {
    await loadLibrary(library);
    await setBackend(library);
  });

  const batch = 64;
  /** What is left of a batch of ones, sample by sample. */
  const leftOf = (rate: number, call: EagerCall = {}) =>
    tidy(() => {
      const ones = tensor(new Float32Array(batch * 6).fill(1), [batch, 3, 2]);
      const [y] = eagerForward("drop_path", { rate }, [ones], call);
      const values = [...(y?.dataSync() ?? [])];
      return Array.from({ length: batch }, (_, sample) => values.slice(sample * 6, sample * 6 + 6));
    });

  it("decides once for each sample, and scales the others", () => {
    const samples = leftOf(0.25);
    const factors = samples.map((sample) => {
      expect(new Set(sample).size).toBe(1);
      return sample[0] as number;
    });
    const kept = factors.filter((factor) => factor !== 0);
    for (const factor of kept) expect(factor).toBeCloseTo(1 / 0.75, 4);
    // 48 expected, with a standard deviation of 3.5.
    expect(kept.length).toBeGreaterThan(32);
    expect(kept.length).toBeLessThan(63);
  });

  it("draws what its layer, the seed and the step say, like dropout", () => {
    const masks = new DropoutMasks(7, "drop_path").at(3, 0.5, batch);
    expect(leftOf(0.5, { seed: 7, step: 3 }).map((sample) => sample[0])).toEqual([...masks]);
    expect(leftOf(0.5, { seed: 7, step: 3 })).toEqual(leftOf(0.5, { seed: 7, step: 3 }));
    expect(leftOf(0.5, { seed: 7, step: 4 })).not.toEqual(leftOf(0.5, { seed: 7, step: 3 }));
    expect(leftOf(0.5, { seed: 8, step: 3 })).not.toEqual(leftOf(0.5, { seed: 7, step: 3 }));
  });

  it("leaves everything as it is in evaluation, and at rate 0", () => {
    const ones = Array.from({ length: batch }, () => [1, 1, 1, 1, 1, 1]);
    expect(leftOf(0.5, { phase: "evaluate" })).toEqual(ones);
    expect(leftOf(0)).toEqual(ones);
  });

  it("lets gradients through where it let values through", () => {
    const x = randomValues([8, 2, 3], 5, 1, 2);
    const upstream = randomValues([8, 2, 3], 6);
    const { value, gradients } = valueAndGradients(
      ([input]) => eagerForward("drop_path", { rate: 0.5 }, input ? [input] : [])[0] ?? tensor([]),
      [x],
      upstream,
    );
    x.data.forEach((number, i) => {
      const factor = (value.data[i] as number) / number;
      expect(gradients[0]?.data[i]).toBeCloseTo(factor * (upstream.data[i] as number), 5);
    });
  });
});
