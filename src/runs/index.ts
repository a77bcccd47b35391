export * from "./commands.js";
export * from "./event-log.js";
export * from "./events.js";
export * from "./folder.js";
export * from "./follow.js";
export * from "./lock.js";
export * from "./record.js";
export * from "./resolve.js";
