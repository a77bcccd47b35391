/**
 * lerac as a library. Importing it loads neither TensorFlow.js nor Ink nor sharp; the first of them comes with `train`.
 * `docs/library.md` has an example.
 */
export { memoryLoader, type SourceLoader } from "../check/index.js";
export { type Diagnostic, exitCodes, LeracError } from "../diagnostics/index.js";
export type { TrainingProgram } from "../program/types.js";
export type { PlanDocument } from "../report/index.js";
export type { RunEndEvent, RunEvent } from "../runs/events.js";
export {
  type Checked,
  type CompiledSpec,
  check,
  compile,
  type Parsed,
  type PlanOptions,
  parse,
  plan,
  renderDiagnostics,
  type SpecOptions,
} from "./spec.js";
export { type Training, type TrainOptions, type TrainResult, train } from "./train.js";
