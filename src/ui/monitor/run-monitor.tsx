import { type Instance, render, useInput } from "ink";
import type { ReactElement } from "react";
import type { CommandName, RunEvent } from "../../runs/events.js";
import { glyphs } from "../glyphs.js";
import type { PlanView } from "../rate-view.js";
import { RunState, type TrainerExit } from "../state.js";
import { asciiOnly, chooseTheme, type ThemeName } from "../theme.js";
import { DrawingClock } from "./drawing-clock.js";
import type { Frame } from "./frame.js";
import { Interrupts } from "./interrupts.js";
import { dispatch, keyNames, type MonitorActions } from "./keys.js";
import { Monitor } from "./monitor.js";
import { Screen } from "./screen.js";
import { firstView, grown, type Question, type View } from "./view.js";

export interface MonitorOptions {
  /** The run's events in batches, oldest first: `followEvents` of a run folder's `events.jsonl`. */
  readonly events: AsyncIterable<readonly RunEvent[]>;
  readonly plan: PlanView;
  /** Sends a command to the trainer; its answer comes as an event. */
  send(command: CommandName): void;
  readonly stdin: NodeJS.ReadStream;
  /** The terminal to draw on: stderr in practice, because stdout carries the answer. */
  readonly stdout: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `run`: closes itself when the run is over. `watch`: stays until it is left. */
  readonly mode: "run" | "watch";
  /** Number of the last event before a run was resumed: an end up to there is not the one that closes the monitor. */
  readonly resumedAfter?: number;
  /** Milliseconds since 1970; left out, the system's clock. */
  now?(): number;
  readonly theme?: ThemeName;
  readonly ascii?: boolean;
  /** How the trainer's process ended, where the caller started it: what shows a crash. */
  readonly trainer?: Promise<TrainerExit>;
  /** Each time that a trainer somebody else started is gone without a word; it may be resumed after that. */
  readonly deaths?: AsyncIterable<TrainerExit>;
  /** Share of a long history read so far (0 to 1), null when all of it is. */
  reading?(): number | null;
}

export interface MonitorResult {
  /** The run is over; the user left and it goes on; the user aborted it. */
  readonly left: "ended" | "detached" | "aborted";
  /** All that its events said: for `closingLines`. */
  readonly state: RunState;
}

/**
 * Shows a run on the terminal's alternate screen until it is over or left. The terminal is as it was afterwards, also
 * when the monitor itself fails; it then rejects with what failed, and the run goes on.
 */
export async function runMonitor(options: MonitorOptions): Promise<MonitorResult> {
  const session = new MonitorSession(options);
  try {
    return await session.run();
  } finally {
    session.close();
  }
}

/** Longest stretch of reading events before a picture may be drawn, in milliseconds. */
const readingSlice = 4;
const resizeQuiet = 100;
/** What is still in the file when the trainer's process ends is read before it counts as a crash. */
const lastWords = 1000;
/** How long an abort may take before the monitor no longer waits for it. */
const abortPatience = 5000;

class MonitorSession implements MonitorActions {
  readonly #options: MonitorOptions;
  readonly #state: RunState;
  readonly #screen: Screen;
  readonly #clock = new DrawingClock(() => this.#draw());
  readonly #interrupts = new Interrupts();
  readonly #theme;
  readonly #glyphs;
  #view: View = firstView;
  #ink: Instance | null = null;
  #closed = false;
  #resizeTimer: NodeJS.Timeout | null = null;
  #secondTimer: NodeJS.Timeout | null = null;
  #abortTimer: NodeJS.Timeout | null = null;
  #resolve: (left: MonitorResult["left"]) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#state = new RunState(options.plan);
    this.#screen = new Screen(options.stdout);
    this.#theme = chooseTheme(options.theme ?? "auto", options.env);
    this.#glyphs = glyphs(asciiOnly(options.ascii ?? false, options.env, process.platform));
  }

  async run(): Promise<MonitorResult> {
    const done = new Promise<MonitorResult["left"]>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#open();
    this.#pump().catch(this.#reject);
    this.#awaitTrainer().catch(this.#reject);
    this.#awaitDeaths().catch(this.#reject);
    return { left: await done, state: this.#state };
  }

  // What keys do.

  send(command: CommandName): void {
    this.#interrupts.sent(command);
    if (this.#interrupts.aborting && this.#abortTimer === null) {
      this.#abortTimer = setTimeout(() => this.#resolve("aborted"), abortPatience);
    }
    this.change((view) => ({ ...view, asked: [...view.asked.filter((name) => name !== command), command] }));
    this.#options.send(command);
  }

  change(change: (view: View) => View): void {
    this.#view = change(this.#view);
    this.#clock.request("key");
  }

  ask(question: Question): void {
    this.change((view) => ({ ...view, question, help: false }));
  }

  leave(): void {
    this.#resolve(this.#state.live ? "detached" : "ended");
  }

  interrupt(): void {
    const command = this.#interrupts.next();
    if (!this.#state.live) this.leave();
    else if (command === null) this.#resolve("aborted");
    else this.send(command);
  }

  redraw(): void {
    this.#screen.reset();
    this.#clock.request("key");
  }

  // The terminal.

  #open(): void {
    const { stdin, stdout } = this.#options;
    process.on("exit", this.#restoreNow);
    process.on("SIGINT", this.#onInterrupt);
    process.on("SIGTERM", this.#onTerminate);
    process.on("SIGHUP", this.#onHangUp);
    stdout.on("resize", this.#onResize);
    this.#screen.enter();
    this.#ink = render(this.#picture(), {
      // Ink draws on what has columns, rows and write; it is never told that this is a terminal.
      stdout: this.#screen as unknown as NodeJS.WriteStream,
      stdin,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    this.#ink.waitUntilExit().catch(this.#reject);
    this.#secondTimer = setInterval(() => this.#clock.request("progress"), 1000);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#clock.cancel();
    for (const timer of [this.#resizeTimer, this.#secondTimer, this.#abortTimer]) {
      if (timer !== null) clearTimeout(timer);
    }
    this.#options.stdout.off("resize", this.#onResize);
    this.#ink?.unmount();
    this.#screen.leave();
    process.off("exit", this.#restoreNow);
    process.off("SIGINT", this.#onInterrupt);
    process.off("SIGTERM", this.#onTerminate);
    process.off("SIGHUP", this.#onHangUp);
  }

  /** The process ends under the monitor's feet. */
  readonly #restoreNow = (): void => {
    this.#screen.leaveNow();
    const { stdin } = this.#options;
    if (stdin.isTTY && stdin.isRaw) stdin.setRawMode(false);
  };

  readonly #onInterrupt = (): void => this.interrupt();

  /** SIGTERM counts as Ctrl-C where the run is ours, and ends a mere look at it. */
  readonly #onTerminate = (): void => {
    if (this.#options.mode === "run") this.interrupt();
    else this.leave();
  };

  /** The terminal is gone; the run is not. */
  readonly #onHangUp = (): void => this.leave();

  readonly #onResize = (): void => {
    if (this.#resizeTimer !== null) clearTimeout(this.#resizeTimer);
    this.#resizeTimer = setTimeout(() => {
      this.#resizeTimer = null;
      this.#screen.reset();
      this.#clock.request("key");
    }, resizeQuiet);
  };

  readonly #onKeys = (names: readonly string[]): void => {
    try {
      for (const name of names) {
        const { mode } = this.#options;
        dispatch(name, { state: this.#state, view: this.#view, mode, actions: this });
      }
    } catch (error) {
      this.#reject(error);
    }
  };

  // Pictures.

  #draw(): void {
    if (this.#closed || this.#resizeTimer !== null) return;
    if (this.#screen.busy) {
      this.#options.stdout.once("drain", () => this.#clock.request("progress"));
      return;
    }
    try {
      this.#ink?.rerender(this.#picture());
    } catch (error) {
      this.#reject(error);
    }
  }

  #picture(): ReactElement {
    this.#view = grown(this.#view, this.#state);
    const { stdin } = this.#options;
    return <Window frame={this.#frame()} onKeys={this.#onKeys} interactive={stdin.isTTY === true} />;
  }

  #frame(): Frame {
    const { user, system } = process.cpuUsage();
    return {
      state: this.#state,
      view: this.#view,
      now: this.#options.now?.() ?? Date.now(),
      columns: this.#screen.columns,
      rows: this.#screen.rows,
      glyphs: this.#glyphs,
      theme: this.#theme,
      mode: this.#options.mode,
      usage: { cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() },
      reading: this.#options.reading?.() ?? null,
    };
  }

  // Events.

  async #pump(): Promise<void> {
    let begin = performance.now();
    for await (const batch of this.#options.events) {
      for (const event of batch) {
        if (this.#closed) return;
        this.#take(event);
        if (performance.now() - begin > readingSlice) {
          await new Promise((resolve) => setImmediate(resolve));
          begin = performance.now();
        }
      }
      this.#clock.request(batch.every(isProgress) ? "progress" : "news");
    }
    // No more events will come. A finished run may still be looked at; the end of ours is the end of the monitor.
    if (this.#options.mode === "run") this.leave();
  }

  #take(event: RunEvent): void {
    this.#state.apply(event);
    if (event.type === "command") {
      const { asked } = this.#view;
      this.#view = { ...this.#view, asked: asked.filter((name) => name !== event.command) };
      if (!event.accepted) this.#interrupts.refused(event.command);
    }
    if (event.type === "run.end") {
      this.#view = { ...this.#view, asked: [], question: null };
      const earlier = event.seq <= (this.#options.resumedAfter ?? 0);
      if (this.#options.mode === "run" && !earlier) {
        this.#resolve(event.outcome === "aborted" ? "aborted" : "ended");
      }
    }
  }

  async #awaitTrainer(): Promise<void> {
    const exit = await this.#options.trainer;
    if (exit === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, lastWords));
    if (this.#closed || !this.#state.live) return;
    this.#state.exited(exit);
    if (this.#options.mode === "run") this.leave();
    else this.#clock.request("key");
  }

  async #awaitDeaths(): Promise<void> {
    for await (const exit of this.#options.deaths ?? []) {
      if (this.#closed) return;
      if (this.#state.live) this.#state.exited(exit);
      this.#clock.request("key");
    }
  }
}

/** Events that come all the time and only say that the run goes on. */
function isProgress(event: RunEvent): boolean {
  return event.type === "step" || event.type === "heartbeat" || event.type === "system";
}

interface WindowProps {
  readonly frame: Frame;
  readonly onKeys: (names: readonly string[]) => void;
  readonly interactive: boolean;
}

function Window({ frame, onKeys, interactive }: WindowProps): ReactElement {
  useInput((input, key) => onKeys(keyNames(input, key)), { isActive: interactive });
  return <Monitor frame={frame} />;
}
