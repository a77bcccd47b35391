import type { Diagnostic } from "../diagnostics/index.js";

/** Asked for one by one: Node opens each of its process's when it is first named, and that takes milliseconds. */
export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
}

/** The process's surroundings as commands see them: streams, colour, width. stdout is the answer, stderr the story. */
export class Terminal implements Streams {
  readonly #streams: Streams;

  constructor(
    streams: Streams,
    readonly env: NodeJS.ProcessEnv,
  ) {
    this.#streams = streams;
  }

  get stdout(): NodeJS.WriteStream {
    return this.#streams.stdout;
  }

  get stderr(): NodeJS.WriteStream {
    return this.#streams.stderr;
  }

  get stdin(): NodeJS.ReadStream {
    return this.#streams.stdin;
  }

  answer(text: string): void {
    this.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }

  say(text: string): void {
    this.stderr.write(text.endsWith("\n") ? text : `${text}\n`);
  }

  /** How to draw them is loaded when there are some: most specs are right, and start faster without. */
  async diagnostics(
    diagnostics: readonly Diagnostic[],
    stream: NodeJS.WriteStream,
    all = false,
  ): Promise<void> {
    if (diagnostics.length === 0) return;
    const { renderText } = await import("../diagnostics/render/text.js");
    stream.write(renderText(diagnostics, { color: this.color(stream), width: this.width(stream) }, all));
  }

  color(stream: NodeJS.WriteStream): boolean {
    if (this.env.NO_COLOR !== undefined && this.env.NO_COLOR !== "") return false;
    if (this.env.FORCE_COLOR !== undefined && this.env.FORCE_COLOR !== "0") return true;
    return stream.isTTY === true && this.env.TERM !== "dumb";
  }

  /** Of a terminal; where there is none, lines may have any length. */
  columns(stream: NodeJS.WriteStream): number {
    return stream.isTTY && stream.columns > 20 ? stream.columns : Number.POSITIVE_INFINITY;
  }

  width(stream: NodeJS.WriteStream): number {
    return stream.isTTY && stream.columns > 20 ? stream.columns : 120;
  }

  /** Whether a monitor can be drawn and steered: a person sits at stderr and stdin. */
  get interactive(): boolean {
    const { env } = this;
    const quiet = [env.LERAC_NO_TUI, env.CI].some(
      (value) => value !== undefined && value !== "" && value !== "0",
    );
    return this.stderr.isTTY === true && this.stdin.isTTY === true && env.TERM !== "dumb" && !quiet;
  }
}
