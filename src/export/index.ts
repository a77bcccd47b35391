import { listed, type NewFile } from "../base/new-file.js";
import type { TrainingProgram } from "../program/types.js";
import { encodeSafetensors, type StoredTensor } from "../runs/safetensors.js";
import { describe, type Origin, type Target } from "./description.js";
import { writeOnnx } from "./onnx/model.js";
import { type Graph, recordModel } from "./record/index.js";
import { writeGraphModel } from "./tensorflow/model-json.js";

export { type Description, type Origin, type Target, targets } from "./description.js";

/** What goes with every export. */
const descriptionFile = "lerac.json";

/**
 * The files of a trained network for one target, the description last.
 * @param tensors weights and statistics by address; what else a checkpoint holds is left out
 * @param vocabulary the file of the run's words by number, for a model of text
 * @throws LeracError L0740 for a model that the target can't hold
 */
export function exportFiles(
  program: TrainingProgram,
  tensors: ReadonlyMap<string, StoredTensor>,
  to: Target,
  origin: Origin,
  vocabulary: Uint8Array | null = null,
): readonly NewFile[] {
  const graph = to === "safetensors" ? null : recordModel(program, tensors);
  const words = vocabulary === null ? [] : [{ name: "vocabulary.json", pieces: [vocabulary] }];
  const files = [...modelFiles(program, tensors, { to, graph, origin }), ...words];
  const text = `${JSON.stringify(describe(program, to, origin, graph, files.map(listed)), null, 2)}\n`;
  return [...files, { name: descriptionFile, pieces: [Buffer.from(text)] }];
}

interface Request {
  readonly to: Target;
  readonly graph: Graph | null;
  readonly origin: Origin;
}

function modelFiles(
  program: TrainingProgram,
  tensors: ReadonlyMap<string, StoredTensor>,
  { to, graph, origin }: Request,
): readonly NewFile[] {
  if (graph === null) {
    const metadata = { format: "lerac weights 1", run: origin.run, program: origin.program };
    const pieces = encodeSafetensors(modelTensors(program, tensors), metadata);
    return [{ name: "model.safetensors", pieces }];
  }
  if (to === "onnx") {
    const about = {
      name: program.model.name,
      producer: ["lerac", origin.version],
      metadata: { run: origin.run, checkpoint: origin.checkpoint, program: origin.program },
    } as const;
    return [{ name: "model.onnx", pieces: writeOnnx(graph, about) }];
  }
  return [...writeGraphModel(graph, `lerac ${origin.version}`)].map(([name, content]) => ({
    name,
    pieces: [typeof content === "string" ? Buffer.from(content) : content],
  }));
}

/** Without the optimizer's own. */
function modelTensors(
  program: TrainingProgram,
  tensors: ReadonlyMap<string, StoredTensor>,
): Map<string, StoredTensor> {
  const addresses = program.model.layers.flatMap((layer) => layer.tensors.map(({ address }) => address));
  return new Map(
    addresses.flatMap((address) => {
      const tensor = tensors.get(address);
      return tensor === undefined ? [] : [[address, tensor] as const];
    }),
  );
}
