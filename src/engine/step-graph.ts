/** Training steps as graphs: how they are made, checked, and read. */
export { faultsOf } from "./graph/check.js";
export { hashGraph } from "./graph/hash.js";
export { printGraph } from "./graph/print.js";
export type { StepGraph } from "./graph/types.js";
export { traceEvaluation, traceTrainStep } from "./step/trace.js";
