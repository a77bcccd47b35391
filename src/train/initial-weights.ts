import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { printable } from "../base/format.js";
import { fail } from "../diagnostics/index.js";
import type { Executor } from "../engine/executor.js";
import type { TrainingProgram } from "../program/types.js";
import type { RunRecord } from "../runs/index.js";
import { readSafetensors, type StoredTensor } from "../runs/safetensors.js";

/** Tensors named in the message at most. */
const shown = 3;

/** Shapes of all tensors of a program's model, by address: the weights and the statistics. */
export function modelShapes(program: TrainingProgram): Map<string, readonly number[]> {
  const tensors = program.model.layers.flatMap((layer) => layer.tensors);
  return new Map(tensors.map((tensor) => [tensor.address, tensor.shape]));
}

/**
 * Reads the weights and statistics of a model from a safetensors file. Tensors of the file that the model does not
 * have (an optimizer's, another head) are not looked at.
 * @throws LeracError L0721 when the file is missing or damaged, L0709 when a tensor is missing or of another shape.
 */
export async function readInitialWeights(
  program: TrainingProgram,
  file: string,
): Promise<ReadonlyMap<string, StoredTensor>> {
  const shapes = modelShapes(program);
  const { tensors } = await readSafetensors(file, new Set(shapes.keys()));
  const misfits = findMisfits(shapes, tensors);
  if (misfits.length === 0) return tensors;
  const more = misfits.length - shown;
  throw fail(
    "missing",
    "L0709",
    `${printable(file)} does not hold the weights of the model ${program.model.name}`,
    {
      at: { place: file },
      notes: [
        ...misfits.slice(0, shown),
        ...(more > 0 ? [`and ${more} more of ${shapes.size} tensors`] : []),
      ].slice(0, 4),
      helps: ["`lerac plan` prints the addresses and shapes that the file has to have"],
    },
  );
}

/** In words, what of `shapes` is missing among the tensors or has another shape. */
export function findMisfits(
  shapes: ReadonlyMap<string, readonly number[]>,
  tensors: ReadonlyMap<string, StoredTensor>,
): string[] {
  const misfits: string[] = [];
  for (const [address, shape] of shapes) {
    const tensor = tensors.get(address);
    if (tensor === undefined) misfits.push(`${address} is missing`);
    else if (tensor.shape.join() !== shape.join())
      misfits.push(`${address} has shape [${tensor.shape.join(", ")}], the model's is [${shape.join(", ")}]`);
  }
  return misfits;
}

/**
 * Sets the weights that a run starts from instead of random ones, if it asks for any, and pins their file: a run begun
 * anew has to start from the same.
 * @throws LeracError as `readInitialWeights`; L0709 also when the file is not the one the run began with.
 */
export async function startFromInit(
  record: RunRecord,
  program: TrainingProgram,
  executor: Executor,
): Promise<RunRecord["options"]["init"]> {
  const { init } = record.options;
  if (init === null) return null;
  const weights = await readInitialWeights(program, init.file);
  const digest = await fileDigest(init.file);
  if (init.sha256 !== null && init.sha256 !== digest)
    throw fail("missing", "L0709", `${printable(init.file)} has changed since the run ${record.name} began`, {
      at: { place: init.file },
      helps: ["put the old file back, or start a new run"],
    });
  await executor.write(weights);
  return { file: init.file, sha256: digest };
}

/** sha256 of a file's bytes, read piece by piece. */
async function fileDigest(path: string): Promise<string> {
  const digest = createHash("sha256");
  await pipeline(createReadStream(path), digest);
  return digest.digest("hex");
}
