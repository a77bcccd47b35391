export { type PlanTextOptions, planText } from "./plan-text.js";
