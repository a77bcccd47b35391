export * from "./diagnostic.js";
export * from "./errors.js";
export { countText } from "./render/count.js";
export { renderGithub } from "./render/github.js";
export { diagnosticsFormat, diagnosticsSchema, type FileVerdict, renderJson } from "./render/json.js";
export { renderSarif } from "./render/sarif.js";
export * from "./render/text.js";
export * from "./source.js";
