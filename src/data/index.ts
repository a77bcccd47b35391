export {
  type EvaluationBatchOptions,
  evaluationBatches,
  stepsPerEpoch,
  type TrainBatchOptions,
  trainBatches,
} from "./batches.js";
export {
  type Dataset,
  type DatasetOptions,
  type DatasetSizes,
  datasetSizes,
  openDataset,
  type Split,
} from "./dataset.js";
export { type Inputs, openInputs } from "./inputs/index.js";
export type { Vocabulary } from "./vocabulary.js";
