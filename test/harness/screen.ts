import { resolve } from "node:path";
import { type IPty, spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A command in a pseudo-terminal, and the screen that its user would see. */
export class TestTerminal {
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  /** Everything that was written, escape codes included. */
  written = "";
  readonly exited: Promise<{ readonly exitCode: number; readonly signal: number | undefined }>;

  constructor(command: string, args: readonly string[], options: TerminalOptions) {
    this.#screen = new xterm.Terminal({ cols: options.columns, rows: options.rows, allowProposedApi: true });
    this.#pty = spawn(command, [...args], {
      cols: options.columns,
      rows: options.rows,
      name: "xterm-256color",
      // Nothing of the test's own surroundings: CI, NO_COLOR and the locale change what is drawn.
      env: {
        PATH: process.env.PATH ?? "",
        TERM: "xterm-256color",
        LANG: "C.UTF-8",
        XDG_CACHE_HOME: resolve(import.meta.dirname, "../../node_modules/.cache"),
        ...options.env,
      },
    });
    this.#pty.onData((data) => {
      this.written += data;
      this.#screen.write(data);
    });
    this.exited = new Promise((settle) => {
      this.#pty.onExit(({ exitCode, signal }) => settle({ exitCode, signal }));
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** The alternate screen is shown. */
  get alternate(): boolean {
    return this.#screen.buffer.active.type === "alternate";
  }

  /** The rows that are seen, without spaces at their ends. */
  lines(): string[] {
    const { active } = this.#screen.buffer;
    return Array.from({ length: this.#screen.rows }, (_, row) => {
      return active.getLine(active.baseY + row)?.translateToString(true) ?? "";
    });
  }

  text(): string {
    return this.lines().join("\n");
  }

  /** Presses keys. */
  type(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Waits until the screen says something; fails with what it says instead. */
  async shows(expected: string | RegExp | ((text: string) => boolean), within = 8000): Promise<void> {
    const matches = (text: string): boolean => {
      if (typeof expected === "function") return expected(text);
      return typeof expected === "string" ? text.includes(expected) : expected.test(text);
    };
    const deadline = performance.now() + within;
    while (!matches(this.text())) {
      if (performance.now() > deadline) {
        throw new Error(`the screen does not show ${String(expected)} but:\n${this.text()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  kill(signal?: string): void {
    this.#pty.kill(signal);
  }
}
