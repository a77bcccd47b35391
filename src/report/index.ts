export { estimateMemory, type MemoryEstimate } from "./memory.js";
export { planCsv } from "./plan-csv.js";
export { type PlanDocument, planDocument, planFormat } from "./plan-document.js";
export { planSchema } from "./plan-schema.js";
export { type PlanTextOptions, planText } from "./plan-text.js";
export { planSvg } from "./svg/plan-svg.js";
