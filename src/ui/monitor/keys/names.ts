/** A key press as Ink reports it. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly end: boolean;
  readonly tab: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
}

const special: readonly (readonly [keyof InkKey, string])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["end", "end"],
  ["tab", "tab"],
  ["return", "enter"],
  ["escape", "escape"],
  ["backspace", "backspace"],
  // What most terminals send for the backspace key is called so by Ink.
  ["delete", "backspace"],
];

/** Names of the keys in one report: text that was typed faster than it was read comes at once. */
export function keyNames(input: string, key: Partial<InkKey>): string[] {
  const named = special.find(([flag]) => key[flag] === true);
  if (named !== undefined) return [named[1]];
  if (key.ctrl === true) return [`ctrl-${input}`];
  return [...input].map((character) => characterName(character));
}

function characterName(character: string): string {
  switch (character) {
    case " ":
      return "space";
    case "\u0003":
      return "ctrl-c";
    case "\r":
    case "\n":
      return "enter";
    case "\u007f":
    case "\b":
      return "backspace";
    default:
      return character;
  }
}
