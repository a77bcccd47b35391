export type * from "./ast.js";
export { type Parsed, parse } from "./parse.js";
