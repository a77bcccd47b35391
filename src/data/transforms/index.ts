import { unreachable } from "../../base/invariant.js";
import { RandomSource } from "../../base/random.js";
import { fail } from "../../diagnostics/index.js";
import type { ImageTransform } from "../../program/types.js";
import type { ImageShape } from "../images.js";
import { describePurpose, type Purpose } from "../problems.js";
import type { ReadableSplit } from "../readable.js";
import { flip } from "./flip.js";
import { shift } from "./shift.js";
import type { RandomTransform } from "./transform.js";

/**
 * Whether the images of a split are resized when they are decoded. Resizing comes first (L0308), once, and gives the
 * sample's size (L0306); everything behind it is random and changes no size.
 */
export function resizesImages(
  purpose: Purpose,
  split: ReadableSplit<ImageTransform>,
  sample: ImageShape,
): boolean {
  for (const [index, transform] of split.transforms.entries()) {
    if (transform.kind !== "resize") continue;
    if (index > 0) {
      throw fail("spec", "L0308", `${describePurpose(purpose)} resizes after another transform`, {
        notes: ["images are resized once, when they are read; other transforms work on the final size"],
        helps: ["write `resize` first, right behind `split(…)`"],
      });
    }
    if (transform.height !== sample.height || transform.width !== sample.width) {
      const given = `${transform.height}x${transform.width}`;
      const wanted = `${sample.height}x${sample.width}`;
      throw fail(
        "spec",
        "L0306",
        `${describePurpose(purpose)} is resized to ${given}, but samples are ${wanted}`,
        { helps: [`write \`resize(${sample.height}, ${sample.width})\``] },
      );
    }
  }
  return split.transforms.some((transform) => transform.kind === "resize");
}

/** A random transform with its own source of random numbers. */
export interface SeededTransform {
  readonly apply: RandomTransform;
  readonly random: RandomSource;
}

/** The random transforms of a split in their order, each drawing under (seed, address, purpose). */
export function seededTransforms(
  transforms: readonly ImageTransform[],
  seed: number,
  address: string,
): SeededTransform[] {
  const purposes = purposesOf(transforms);
  return transforms.flatMap((transform, i) => {
    const apply = randomTransform(transform);
    if (apply === null) return [];
    return { apply, random: new RandomSource({ seed, address, purpose: purposes[i] as string }) };
  });
}

/** What each transform draws for: its name; a second one draws as `NAME.2`, so that two in a row are independent. */
export function purposesOf(transforms: readonly { readonly kind: string }[]): readonly string[] {
  const seen = new Map<string, number>();
  return transforms.map(({ kind }) => {
    const nth = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, nth);
    return nth === 1 ? kind : `${kind}.${nth}`;
  });
}

/** Null for what is not random. */
function randomTransform(transform: ImageTransform): RandomTransform | null {
  switch (transform.kind) {
    case "shift":
      return shift(transform.pixels);
    case "flip":
      return flip;
    case "resize":
      return null;
    default:
      return unreachable(transform);
  }
}
