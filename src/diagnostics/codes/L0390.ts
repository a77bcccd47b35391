import { code } from "./code.js";

export const entry = code({
  code: "L0390",
  severity: "error",
  title: "nothing known as data in a folder",
  meaning: `
    The folder that \`lerac init --from\` was to look at is not there, or holds nothing that a first spec can be written
    for: IDX files as MNIST has them, or images or recordings in a folder a class, divided into \`train\`, \`val\` and \`test\` or not.`,
  why: `
    A spec for data that nobody has looked at would only fail later. Looking costs a second and changes nothing.`,
  wrong: {
    command: "lerac init --from pictures",
    says: `
      error[L0390]: pictures is not there
        --> --from pictures
         = help: name a folder of IDX files, or of images or recordings in a folder a class`,
  },
  right: {
    command: "lerac init --from photos",
    says: `
      saw 4 folders of images: 4 classes, 1,213 files, 348x348
      wrote photos.lerac  small CNN, 4 classes, curriculum lerac, 54 lines`,
  },
});
