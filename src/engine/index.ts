export {
  type BackendListing,
  type BackendName,
  backendNames,
  listBackends,
  readBackendName,
} from "./backends.js";
export { type DeviceName, deviceNames, readDeviceName } from "./devices.js";
export type * from "./executor.js";
export { announcement } from "./fastest.js";
export { type ExecutorOptions, loadExecutor } from "./load.js";
export {
  addMetricSums,
  lowerIsBetter,
  metricValues,
  type Predictions,
  wholeSplitValues,
} from "./metrics/index.js";
export { loadThreadExecutor, startExecutorThread } from "./thread/thread-executor.js";
