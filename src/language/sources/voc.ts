import { string, word } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "voc",
  summary: "Photos with boxes around things of twenty classes, in the layout of VOCdevkit.",
  source: "Everingham et al. 2010, The PASCAL Visual Object Classes Challenge",
  arguments: {
    path: string("the folder above the years: VOC2007, VOC2012"),
    difficult: word("what becomes of boxes marked as difficult", ["skip", "keep"], { default: "skip" }),
  },
  parts: null,
  partsDoc: 'a year and one of its lists, such as "VOC2007/trainval"',
  fields: { label: { kind: "boxes", count: null } },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: null, width: null, channels: 3, boxes: true }),
});
