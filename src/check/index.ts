export { type Compiled, type CompileOptions, compile } from "./compile.js";
export { fileLoader } from "./imports/file-loader.js";
export type { SourceLoader } from "./imports/loader.js";
export { memoryLoader } from "./imports/memory-loader.js";
