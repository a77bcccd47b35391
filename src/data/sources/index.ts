import { unreachable } from "../../base/invariant.js";
import { holdsImages, holdsSound, type ReadableImages, type ReadableSound } from "../readable.js";
import { openAudioFolder } from "./audio_folder.js";
import { openCremaD } from "./crema_d.js";
import { openEsc50 } from "./esc50.js";
import { openIdxSource } from "./idx.js";
import { openImageFolder } from "./image_folder.js";
import type { Source, SourceOptions } from "./source.js";
import { openTable } from "./table.js";

/** The reader for the kind of source the program names. Reads nothing yet. */
export function openSource({ data, ...options }: SourceOptions): Source {
  if (holdsImages(data)) return openImages({ data, ...options });
  return holdsSound(data) ? openSound({ data, ...options }) : openTable({ data, ...options });
}

function openSound(options: SourceOptions<ReadableSound>): Source {
  switch (options.data.source.kind) {
    case "audio_folder":
      return openAudioFolder(options);
    case "esc50":
      return openEsc50(options);
    case "crema_d":
      return openCremaD(options);
    default:
      return unreachable(options.data.source);
  }
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
