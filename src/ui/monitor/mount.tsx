import { Writable } from "node:stream";
import { render } from "ink";
import type { Frame } from "./frame.js";
import { Monitor } from "./monitor.js";
import type { Screen } from "./screen.js";

/** Ink at work on a screen. */
export interface Mounted {
  show(frame: Frame): void;
  unmount(): void;
  /** Rejects when drawing fails. */
  readonly exited: Promise<unknown>;
}

/** Hands a screen and the keys to Ink. The only module of the monitor's that loads it, and React. */
export function mount(
  screen: Screen,
  stdin: NodeJS.ReadStream,
  frame: Frame,
  onKeys: (names: readonly string[]) => void,
): Mounted {
  const picture = (shown: Frame) => (
    <Monitor
      frame={shown}
      show={(rows) => screen.show(rows)}
      onKeys={onKeys}
      interactive={stdin.isTTY === true}
    />
  );
  const ink = render(picture(frame), {
    // What Ink itself would write is an empty box; it is never told of a terminal.
    stdout: nowhere(screen) as unknown as NodeJS.WriteStream,
    stdin,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    show: (shown) => ink.rerender(picture(shown)),
    unmount: () => ink.unmount(),
    exited: ink.waitUntilExit(),
  };
}

/** As large as a screen; takes all that is written and shows none of it. */
function nowhere({ columns, rows }: Screen): Writable {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  return Object.assign(sink, { columns, rows });
}
