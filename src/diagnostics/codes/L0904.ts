import { code } from "./code.js";

export const entry = code({
  code: "L0904",
  severity: "error",
  title: "the native module of tfjs-node can't be built",
  meaning: `
    \`lerac backend build\` compiles tfjs-node's native module against a TensorFlow that is on the machine. The library, its
    headers, tfjs-node's sources or a C++ compiler are missing, or they don't fit together.`,
  why: "Training goes on without it, on a slower backend; nothing is fetched in its place.",
  wrong: {
    command: "lerac backend build --tensorflow /opt/nothing",
    says: `
      error[L0904]: the native module of tfjs-node can't be built
        --> --tensorflow /opt/nothing
         = note: there is no such folder`,
  },
  right: {
    command: "lerac backend build --tensorflow /opt/libtensorflow",
    says: "built lib/napi-v8/tfjs_binding.node of @tensorflow/tfjs-node-gpu",
  },
});
