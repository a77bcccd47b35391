import { DrawingClock, type DrawingReason } from "./drawing-clock.js";
import type { Frame } from "./frame.js";
import { readEarlyKeys } from "./keys/early-keys.js";
import { loadMount } from "./load-mount.js";
import type { Mounted } from "./mount.js";
import { paintedPicture } from "./picture.js";
import { Screen } from "./screen.js";
import { withoutFetch } from "./without-fetch.js";

export interface WindowOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** What is to be drawn now in a window of so many characters. */
  frame(columns: number, rows: number): Frame;
  onKeys(names: readonly string[]): void;
  /** SIGINT: Ctrl-C, where the terminal did not hand it on as a key. */
  onInterrupt(): void;
  onTerminate(): void;
  /** The terminal is gone. */
  onHangUp(): void;
  onError(error: unknown): void;
}

/** A resize is drawn once, so many milliseconds after the last of its events. */
const resizeQuiet = 100;

/**
 * The monitor's hold on the terminal: it draws when the clock says so, listens to keys, signals and resizes, and leaves
 * everything as it was, also when the process ends under its feet.
 */
export class MonitorWindow {
  readonly #options: WindowOptions;
  readonly #screen: Screen;
  readonly #clock = new DrawingClock(() => this.#draw());
  #ink: Mounted | null = null;
  /** Lets go of the keys that are read before Ink stands. */
  #leaveKeys: () => void = () => undefined;
  #closed = false;
  /** A pane's text stands on the normal screen, for copying. */
  #aside = false;
  #resizeTimer: NodeJS.Timeout | null = null;
  #secondTimer: NodeJS.Timeout | null = null;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.#screen = new Screen(options.stdout);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Takes the terminal, draws the first picture and answers keys before Ink is loaded: that takes as long again, and
   * longer while a long history is read.
   */
  open(): void {
    const { stdin, stdout, onInterrupt, onTerminate, onHangUp, onError } = this.#options;
    process.on("exit", this.#restoreNow);
    process.on("SIGINT", onInterrupt);
    process.on("SIGTERM", onTerminate);
    process.on("SIGHUP", onHangUp);
    stdout.on("resize", this.#onResize);
    this.#screen.enter();
    this.#screen.show(paintedPicture(this.#frame()));
    if (stdin.isTTY) {
      // From now on keys are not echoed into the picture.
      stdin.setRawMode(true);
      this.#leaveKeys = readEarlyKeys(stdin, this.#onKeys);
    }
    this.#secondTimer = setInterval(() => this.#clock.request("progress"), 1000);
    this.#mount().catch(onError);
  }

  request(reason: DrawingReason): void {
    this.#clock.request(reason);
  }

  /** Draws everything anew. */
  redraw(): void {
    this.#screen.reset();
    this.#clock.request("key");
  }

  /** Leaves the alternate screen for some lines of text, until a key is pressed. */
  showAside(lines: readonly string[]): void {
    this.#aside = true;
    this.#screen.leave();
    this.#options.stdout.write(`${lines.join("\r\n")}\r\n\r\npress a key to go back to the monitor\r\n`);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#clock.cancel();
    if (this.#resizeTimer !== null) clearTimeout(this.#resizeTimer);
    if (this.#secondTimer !== null) clearInterval(this.#secondTimer);
    const { stdin, stdout, onInterrupt, onTerminate, onHangUp } = this.#options;
    stdout.off("resize", this.#onResize);
    this.#leaveKeys();
    // Ink does this itself; a terminal that is still listened to would keep the process alive.
    if (this.#ink === null) stdin.unref();
    else this.#ink.unmount();
    if (stdin.isTTY && stdin.isRaw) stdin.setRawMode(false);
    this.#screen.leave();
    process.off("exit", this.#restoreNow);
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
    process.off("SIGHUP", onHangUp);
  }

  async #mount(): Promise<void> {
    const { mount } = await withoutFetch(loadMount);
    // Keys that were pressed while Ink was loaded are answered before it draws for the first time.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#closed) return;
    this.#leaveKeys();
    this.#ink = mount(this.#screen, this.#options.stdin, this.#frame(), this.#onKeys);
    await this.#ink.exited;
  }

  /** The process ends under the monitor's feet. */
  readonly #restoreNow = (): void => {
    this.#screen.leaveNow();
    const { stdin } = this.#options;
    if (stdin.isTTY && stdin.isRaw) stdin.setRawMode(false);
  };

  readonly #onResize = (): void => {
    if (this.#resizeTimer !== null) clearTimeout(this.#resizeTimer);
    this.#resizeTimer = setTimeout(() => {
      this.#resizeTimer = null;
      this.redraw();
    }, resizeQuiet);
  };

  readonly #onKeys = (names: readonly string[]): void => {
    try {
      this.#options.onKeys(this.#aside ? this.#comeBack(names) : names);
    } catch (error) {
      this.#options.onError(error);
    }
  };

  /** Any key brings the monitor back; only Ctrl-C means something besides. */
  #comeBack(names: readonly string[]): string[] {
    this.#aside = false;
    this.#screen.enter();
    this.redraw();
    return names.filter((name) => name === "ctrl-c");
  }

  #draw(): void {
    if (this.#closed || this.#aside || this.#resizeTimer !== null) return;
    if (this.#screen.busy) {
      this.#options.stdout.once("drain", () => this.#clock.request("progress"));
      return;
    }
    try {
      const frame = this.#frame();
      if (this.#ink === null) this.#screen.show(paintedPicture(frame));
      else this.#ink.show(frame);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #frame(): Frame {
    return this.#options.frame(this.#screen.columns, this.#screen.rows);
  }
}
