import { code } from "./code.js";

export const entry = code({
  code: "L0017",
  severity: "error",
  title: "a name, string or list is too long",
  meaning: `
    A name has more than 64 characters, a string more than 4,096, or a list more than 4,096 items.`,
  why: `
    Names stand in tables, in addresses and in the names of tensors; what is longer than these limits was hardly
    written for a reader.`,
  wrong: {
    spec: `
      param the_number_of_filters_of_the_first_convolution_of_the_first_stage_of_the_net = 8`,
  },
  right: {
    spec: `
      param filters = 8

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(filters, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
