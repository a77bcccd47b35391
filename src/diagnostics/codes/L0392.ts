import { code } from "./code.js";

export const entry = code({
  code: "L0392",
  severity: "error",
  title: "too many files to look at for a first spec",
  meaning: `
    \`lerac init --from\` counts the files of every class. Below the folder there are more than 200,000, so it was
    likely not the folder that was meant; nothing was written.`,
  why: `
    A first spec should stand within seconds, also when a whole disk was named by mistake.`,
  wrong: {
    command: "lerac init --from /home/ada",
    says: `
      error[L0392]: /home/ada holds more than 200,000 files: too many to look at for a first spec
        --> --from /home/ada
         = note: nothing was written
         = help: name the folder that holds the class folders or train and test, not one above it`,
  },
  right: {
    command: "lerac init --from /home/ada/photos",
    says: `
      saw 4 folders of images: 4 classes, 1,213 files, 348x348
      wrote photos.lerac  small CNN, 4 classes, curriculum lerac, 54 lines`,
  },
});
