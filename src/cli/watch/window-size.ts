/** Where nobody says how large a window is. */
const usual = { columns: 80, rows: 24 };
/** More than any window: a picture of a million columns would only be a mistake. */
const largest = 1000;

/** The window a picture is made for: COLUMNS and LINES where they are set, else the terminal's, else 80 x 24. */
export function windowSize(
  stream: Pick<NodeJS.WriteStream, "columns" | "rows">,
  env: NodeJS.ProcessEnv,
): { readonly columns: number; readonly rows: number } {
  return {
    columns: size(env.COLUMNS) ?? (stream.columns || usual.columns),
    rows: size(env.LINES) ?? (stream.rows || usual.rows),
  };
}

function size(text: string | undefined): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? Math.min(value, largest) : null;
}
