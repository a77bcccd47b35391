import type { Compiled } from "../../check/index.js";
import { type Diagnostic, LeracError } from "../../diagnostics/index.js";
import { pointAtSource } from "../data-errors.js";
import { dataFolder } from "../load-program.js";

/**
 * `check --data`: what can be told of the data on this machine from headers and listings alone, such as missing files,
 * other sizes or an empty split. Nothing where the spec itself is wrong or trains nothing.
 */
export async function checkData(
  { program, dataSource }: Compiled,
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly Diagnostic[]> {
  if (program === null) return [];
  const { datasetSizes } = await import("../../data/index.js");
  const elsewhere = env.LERAC_DATA !== undefined && env.LERAC_DATA !== "";
  try {
    await datasetSizes(program.data, { folder: dataFolder({ program, file }, [], env) });
    return [];
  } catch (error) {
    const located = pointAtSource(error, elsewhere ? null : dataSource);
    if (located instanceof LeracError) return located.diagnostics;
    throw located;
  }
}
