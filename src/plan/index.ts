export * from "./clock.js";
export * from "./rates.js";
export * from "./table.js";
export * from "./types.js";
