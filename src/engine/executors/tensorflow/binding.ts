import type { Numbers } from "../compiled/runner.js";

/** What tfjs-node's native module does with graphs, below the interface that TensorFlow.js shows of it. */
export interface TensorflowBinding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  isUsingGpuDevice(): boolean;
  createTensor(shape: number[], type: number, values: Numbers): number;
  tensorDataSync(id: number): Numbers;
  deleteTensor(id: number): void;
  /** @returns an id */
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  /** @param inputs names with output numbers, apart by commas: `x:0,y:0`; so are `outputs` */
  runSavedModel(id: number, tensors: readonly number[], inputs: string, outputs: string): { id: number }[];
}
