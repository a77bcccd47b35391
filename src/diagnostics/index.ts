export * from "./diagnostic.js";
export * from "./errors.js";
export * from "./render/text.js";
export * from "./source.js";
