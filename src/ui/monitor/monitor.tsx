import { Box, Transform, useInput } from "ink";
import type { ReactElement } from "react";
import type { Frame } from "./frame.js";
import { keyNames } from "./keys/names.js";
import { paintedPicture } from "./picture.js";

interface MonitorProps {
  readonly frame: Frame;
  readonly onKeys: (names: readonly string[]) => void;
  readonly interactive: boolean;
}

/**
 * The picture of a run as Ink shows it, and the keys that Ink reads. The rows' widths are exact already, so Ink lays out
 * one letter a row, which it measures in no time, and the painted row takes its place when the picture is put together.
 */
export function Monitor({ frame, onKeys, interactive }: MonitorProps): ReactElement {
  useInput((input, key) => onKeys(keyNames(input, key)), { isActive: interactive });
  const painted = paintedPicture(frame);
  return (
    <Box width={frame.columns} height={painted.length} flexShrink={0}>
      <Transform transform={(_letter, row) => painted[row] ?? ""}>
        {painted.map(() => "x").join("\n")}
      </Transform>
    </Box>
  );
}
