import { Text, useInput } from "ink";
import { render } from "ink-testing-library";
import type { ReactElement } from "react";
import { expect, test } from "vitest";
import { namesOfInput } from "../../src/ui/monitor/keys/early-keys.js";
import { keyNames } from "../../src/ui/monitor/keys/names.js";

/** Hands on the names of the keys that Ink reads. */
function Listener({ onKeys }: { readonly onKeys: (names: readonly string[]) => void }): ReactElement {
  useInput((input, key) => onKeys(keyNames(input, key)));
  return <Text>keys</Text>;
}

test("keys have the same names before Ink stands and after", async () => {
  const inputs = [
    "?",
    "wl ",
    "/so\r",
    "\u001b",
    "\t",
    "\r",
    "\u007f",
    "\u0003",
    "\u000c",
    "\u001b[A",
    "\u001b[B",
    "\u001b[C",
    "\u001b[D",
    "\u001bOA",
    "\u001bOF",
    "\u001b[F",
    "\u001b[4~",
    "\u001b[5~",
    "\u001b[6~",
    "é",
  ];
  const seen: string[][] = [];
  const { stdin, unmount } = render(<Listener onKeys={(names) => seen.push([...names])} />);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const byInk: [string, string[]][] = [];
  for (const input of inputs) {
    seen.length = 0;
    stdin.write(input);
    // A lone Esc may begin something longer: Ink waits for a turn of the loop.
    await new Promise((resolve) => setTimeout(resolve, 5));
    byInk.push([input, seen.flat()]);
  }
  unmount();
  expect(inputs.map((input) => [input, namesOfInput(input)])).toEqual(byInk);
});

test("keys in one piece are told apart, unknown ones are left out", () => {
  expect(namesOfInput("1\u001b[D\u001b[Dz\u001b[15~\u001b[1;5P?")).toEqual(["1", "left", "left", "z", "?"]);
});
