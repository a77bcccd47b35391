export * from "./program-file.js";
export * from "./types.js";
