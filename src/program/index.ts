export * from "./program-file.js";
export { describeFault } from "./schema-fault.js";
export * from "./types.js";
