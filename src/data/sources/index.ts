import { unreachable } from "../../base/invariant.js";
import { holdsImages, holdsSound, type ReadableImages } from "../readable.js";
import { openAudioFolder } from "./audio_folder.js";
import { openIdxSource } from "./idx.js";
import { openImageFolder } from "./image_folder.js";
import type { Source, SourceOptions } from "./source.js";
import { openTable } from "./table.js";

/** The reader for the kind of source the program names. Reads nothing yet. */
export function openSource({ data, ...options }: SourceOptions): Source {
  if (holdsImages(data)) return openImages({ data, ...options });
  return holdsSound(data) ? openAudioFolder({ data, ...options }) : openTable({ data, ...options });
}

function openImages(options: SourceOptions<ReadableImages>): Source {
  const { source } = options.data;
  switch (source.kind) {
    case "idx":
      return openIdxSource(options);
    case "image_folder":
      return openImageFolder(options);
    default:
      return unreachable(source);
  }
}
