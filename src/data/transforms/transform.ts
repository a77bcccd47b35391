import type { RandomStream } from "../../base/random.js";
import type { ImageShape } from "../images.js";

/** Changes one image of raw 8-bit values in place, drawing what is random from `random`. Keeps the shape. */
export type RandomTransform = (image: Uint8Array, shape: ImageShape, random: RandomStream) => void;
