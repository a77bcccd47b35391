/** Pooling stops where a side would fall below. */
const smallestSide = 6;
const usual = { least: 1, most: 4 };
/** Of the param `width`: filters of the first block. */
export const width = 16;
/** What a first run may cost, in multiply-adds of forward passes: a few minutes on two cores. */
const costOfRun = 1e11;

/** Convolution, norm, activation, and pooling where the image is still large enough. */
export interface Block {
  /** Its filters, as a multiple of the param `width`. */
  readonly times: number;
  readonly pools: boolean;
  readonly multiplyAdds: number;
}

/** The blocks of a small net for images, or what is like one, of a size. */
export function blocksFor(height: number, across: number, channels: number, count = usual): Block[] {
  const blocks: Block[] = [];
  let pixels = height * across;
  let side = Math.min(height, across);
  let given = channels;
  while (blocks.length < count.least || (side >= 2 * smallestSide && blocks.length < count.most)) {
    const times = 2 ** blocks.length;
    const pools = side >= 2 * smallestSide;
    blocks.push({ times, pools, multiplyAdds: pixels * 9 * given * times * width });
    given = times * width;
    if (pools) {
      side = Math.floor(side / 2);
      pixels /= 4;
    }
  }
  return blocks;
}

/** The lines of a model, of its label each block. */
export function blockLines(blocks: readonly Block[]): string[] {
  return blocks.flatMap(({ times, pools }, i) => [
    `  conv${i + 1}: conv2d(${times === 1 ? "width" : `${times} * width`}, 3)`,
    "  batch_norm",
    "  relu",
    ...(pools ? ["  max_pool(2)"] : []),
  ]);
}

/** As many as the cost of a first run allows, and not more than a small net needs. */
export function epochsFor(samples: number, blocks: readonly Block[]): number {
  const passesAllowed = costOfRun / blocks.reduce((sum, block) => sum + block.multiplyAdds, 0);
  return Math.max(4, Math.min(40, Math.round(passesAllowed / Math.max(1, samples))));
}
