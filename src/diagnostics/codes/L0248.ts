import { code } from "./code.js";

export const entry = code({
  code: "L0248",
  severity: "error",
  title: "the anchors of a detector do not fit its inputs",
  meaning:
    "`detect` takes a list of anchors for each input, and in each list a width and a height for every anchor.",
  why: "The number of anchors decides how many boxes a place has, and so the size of the layer.",
  wrong: {
    spec: `
      lerac 1

      experiment "boxes around things" {
        seeds  1..3
      }

      dataset voc {
        source    voc("data/VOCdevkit", difficult: skip)
        classes   20
        features  letterbox(64, 64)
        train     split("VOC2007/trainval")
        test      split("VOC2007/test")
        scale     range(0, 1)
      }

      model detector {
        input  image(64, 64, 3)

        conv:  conv2d(8, 3, stride: 2)
        head:  detect(20, anchors: [[10, 13], [30, 61]])
      }

      train {
        data       voc
        model      detector
        loss       detection(box: 0.05, objectness: 1.0, class: 0.5)
        metrics    map(0.5)
        optimizer  sgd(rate: 1e-2)
        batch      16
        epochs     10
      }`,
  },
  right: {
    spec: `
      lerac 1

      experiment "boxes around things" {
        seeds  1..3
      }

      dataset voc {
        source    voc("data/VOCdevkit", difficult: skip)
        classes   20
        features  letterbox(64, 64)
        train     split("VOC2007/trainval")
        test      split("VOC2007/test")
        scale     range(0, 1)
      }

      model detector {
        input  image(64, 64, 3)

        conv:  conv2d(8, 3, stride: 2)
        head:  detect(20, anchors: [[10, 13, 30, 61]])
      }

      train {
        data       voc
        model      detector
        loss       detection(box: 0.05, objectness: 1.0, class: 0.5)
        metrics    map(0.5)
        optimizer  sgd(rate: 1e-2)
        batch      16
        epochs     10
      }`,
  },
});
