import { statSync } from "node:fs";
import type { Run } from "../runs/index.js";
import { readSafetensorsHeader } from "../runs/safetensors.js";
import { checkpointPath, listCheckpoints } from "./checkpoint.js";

export interface SpareCheckpoint {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/**
 * Checkpoints that neither resuming nor measuring a run needs: all but the newest and the best. They are there because
 * a user asked for them while it trained. None where the newest can't be read: then an older one is what it resumes
 * from.
 */
export async function spareCheckpoints(run: Run): Promise<SpareCheckpoint[]> {
  const names = listCheckpoints(run);
  const newest = names.at(-1);
  if (newest === undefined) return [];
  const best = await bestAt(checkpointPath(run, newest));
  if (best === undefined) return [];
  return names
    .filter((name) => name !== newest && name !== best)
    .map((name) => {
      const path = checkpointPath(run, name);
      return { name, path, bytes: statSync(path).size };
    });
}

/** Name of the best checkpoint when one was written: null, none yet; undefined, it can't be read. */
async function bestAt(path: string): Promise<string | null | undefined> {
  try {
    const { metadata } = await readSafetensorsHeader(path);
    const state = JSON.parse(metadata.state ?? "") as {
      progress?: { best?: { checkpoint?: string } | null };
    };
    return state.progress?.best === undefined ? undefined : (state.progress.best?.checkpoint ?? null);
  } catch {
    return undefined;
  }
}
