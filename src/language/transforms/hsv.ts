import { number } from "../arguments.js";
import { transform } from "./transform.js";

const share = (of: string) => number(`largest change of ${of}, as a share`, { minimum: 0, maximum: 1 });

export const entry = transform({
  name: "hsv",
  summary:
    "Changes hue, saturation and value of a colour image, each by a random factor of up to 1 plus its share.",
  source: "Redmon and Farhadi 2018, YOLOv3",
  arguments: { hue: share("hue"), saturation: share("saturation"), value: share("brightness") },
  random: true,
  takes: ["image"],
  apply(sample) {
    if (sample.channels !== 1) return { gives: sample };
    return { message: "`hsv` changes colours, and the images are grey", label: "given 1 channel" };
  },
});
