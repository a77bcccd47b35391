import { code } from "./code.js";

export const entry = code({
  code: "L0240",
  severity: "error",
  title: "images are resized to another size than the model takes",
  meaning: "A split is resized to a size that differs from the model's `input`.",
  why: "The sizes of the layers follow from the input: images of another size don't fit.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train) |> resize(32, 32)
      }`,
  },
  right: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train) |> resize(28, 28)
      }`,
  },
});
