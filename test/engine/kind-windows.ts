import { kinds } from "../../src/engine/kinds/index.js";
import type { Fill, Operand } from "./kind-cases.js";
import type { Dice } from "./kind-dice.js";

export const f32 = (shape: readonly number[], fill: Fill = "signed"): Operand => ({
  dtype: "float32",
  shape,
  fill,
});

/** A convolution that has a place at least: shapes of image, kernel and result, and how it slides. */
export function conv(dice: Dice) {
  const groups = dice.of(1, 1, 1, 2);
  const [batch, channels, filters] = [
    dice.of(1, 3, 8, 16),
    groups * dice.channels(),
    groups * dice.channels(),
  ];
  const axes = [0, 1].map(() => {
    const [taps, dilation] = [dice.whole(1, 3), dice.whole(1, 2)];
    const padding = dice.whole(0, dilation * (taps - 1));
    const extent = dice.whole(Math.max(1, dilation * (taps - 1) + 1 - padding), 9);
    return { taps, dilation, padding, extent, stride: dice.whole(1, 3) };
  });
  const pair = (name: "taps" | "dilation" | "padding" | "extent" | "stride") =>
    axes.map((axis) => axis[name]);
  const x = [batch, ...pair("extent"), channels];
  const kernel = [...pair("taps"), channels / groups, filters];
  const attributes = { stride: pair("stride"), padding: pair("padding"), dilation: pair("dilation"), groups };
  const y = kinds.get("lerac.Conv2d")?.infer([f32(x), f32(kernel)], attributes)[0]?.shape ?? [];
  return { x, kernel, y, attributes, size: pair("extent") };
}

/** A window, and an image that it fits on. */
export function pool(dice: Dice) {
  const size = dice.whole(1, 4);
  const stride = dice.whole(1, 4);
  const padding = dice.whole(0, Math.floor(size / 2));
  const extent = () => dice.whole(Math.max(1, size - padding), 11);
  const image = [dice.whole(1, 4), extent(), extent(), dice.channels()];
  return { attributes: { size, stride, padding }, image };
}
