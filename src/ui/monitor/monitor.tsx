import { Box, useInput } from "ink";
import { type ReactElement, useLayoutEffect } from "react";
import type { Frame } from "./frame.js";
import { keyNames } from "./keys/names.js";
import { paintedPicture } from "./picture.js";

interface MonitorProps {
  readonly frame: Frame;
  readonly show: (rows: readonly string[]) => void;
  readonly onKeys: (names: readonly string[]) => void;
  readonly interactive: boolean;
}

/**
 * The picture of a run as a component, and the keys that Ink reads. The rows' widths are exact already, so nothing is laid
 * out: the painted rows go to the screen when React commits them. Handed to Ink as text, each would be taken apart into
 * characters with their colours and put together again, which took three quarters of a picture's time.
 */
export function Monitor({ frame, show, onKeys, interactive }: MonitorProps): ReactElement {
  useInput((input, key) => onKeys(keyNames(input, key)), { isActive: interactive });
  const painted = paintedPicture(frame);
  useLayoutEffect(() => show(painted));
  // Empty: of a box as large as the picture, Ink would make up every blank, which takes as long as painting.
  return <Box />;
}
