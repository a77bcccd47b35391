export type * from "./ast.js";
export { type Emitted, emitTokens, emitTree } from "./emit.js";
export { type Parsed, parse } from "./parse.js";
