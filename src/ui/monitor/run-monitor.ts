import type { CommandName, RunEvent } from "../../runs/events.js";
import { glyphs } from "../glyphs.js";
import { readPreferences, writePreferences } from "../preferences.js";
import type { PlanView } from "../rate-view.js";
import { RunState, type TrainerExit } from "../state.js";
import { asciiOnly, chooseTheme, type ThemeName } from "../theme.js";
import type { Frame } from "./frame.js";
import { isProgress, takeIn } from "./intake.js";
import { Interrupts } from "./interrupts.js";
import type { MonitorActions } from "./keys/binding.js";
import { dispatch } from "./keys/dispatch.js";
import { plainText } from "./plain-text.js";
import { firstView, grown, type Question, type View } from "./view.js";
import { MonitorWindow } from "./window.js";

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
  /** Where the layout is remembered; null or left out, nowhere. */
  readonly preferences?: string | null;
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

/** What is still in the file when the trainer's process ends is read before it counts as a crash. */
const lastWords = 1000;
/** How long an abort may take before the monitor no longer waits for it. */
const abortPatience = 5000;

class MonitorSession implements MonitorActions {
  readonly #options: MonitorOptions;
  readonly #state: RunState;
  readonly #window: MonitorWindow;
  readonly #interrupts = new Interrupts();
  readonly #theme;
  readonly #glyphs;
  readonly #remembered: Partial<View>;
  #view: View;
  #abortTimer: NodeJS.Timeout | null = null;
  #resolve: (left: MonitorResult["left"]) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#state = new RunState(options.plan);
    this.#theme = chooseTheme(options.theme ?? "auto", options.env);
    this.#glyphs = glyphs(asciiOnly(options.ascii ?? false, options.env, process.platform));
    this.#remembered = readPreferences(options.preferences ?? null);
    this.#view = { ...firstView, ...this.#remembered };
    const { stdin, stdout, mode } = options;
    this.#window = new MonitorWindow({
      stdin,
      stdout,
      frame: (columns, rows) => this.#frame(columns, rows),
      onKeys: (names) => this.#pressed(names),
      onInterrupt: () => this.interrupt(),
      // SIGTERM counts as Ctrl-C where the run is ours, and ends a mere look at it.
      onTerminate: () => (mode === "run" ? this.interrupt() : this.leave()),
      // The terminal is gone; the run is not.
      onHangUp: () => this.leave(),
      onError: (error) => this.#reject(error),
    });
  }

  async run(): Promise<MonitorResult> {
    const done = new Promise<MonitorResult["left"]>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#window.open();
    this.#pump().catch(this.#reject);
    this.#awaitTrainer().catch(this.#reject);
    this.#awaitDeaths().catch(this.#reject);
    return { left: await done, state: this.#state };
  }

  close(): void {
    if (this.#abortTimer !== null) clearTimeout(this.#abortTimer);
    this.#window.close();
    writePreferences(this.#options.preferences ?? null, this.#view, this.#remembered);
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
    this.#window.request("key");
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

  plainText(): void {
    const { columns, rows } = this.#size;
    this.#window.showAside(plainText(this.#frame(columns, rows)));
  }

  redraw(): void {
    this.#window.redraw();
  }

  #pressed(names: readonly string[]): void {
    const { mode } = this.#options;
    for (const name of names) {
      const { columns } = this.#size;
      dispatch(name, { state: this.#state, view: this.#view, columns, mode, actions: this });
    }
  }

  // Pictures.

  /** Of the window, when it was last drawn. */
  #size = { columns: 80, rows: 24 };

  #frame(columns: number, rows: number): Frame {
    this.#size = { columns, rows };
    this.#view = grown(this.#view, this.#state);
    const { user, system } = process.cpuUsage();
    return {
      state: this.#state,
      view: this.#view,
      now: this.#options.now?.() ?? Date.now(),
      columns,
      rows,
      glyphs: this.#glyphs,
      theme: this.#theme,
      mode: this.#options.mode,
      usage: { cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() },
      reading: this.#options.reading?.() ?? null,
    };
  }

  // Events.

  async #pump(): Promise<void> {
    await takeIn(
      this.#options.events,
      (event) => this.#take(event),
      (batch) => this.#window.request(batch.every(isProgress) ? "progress" : "news"),
      () => this.#window.closed,
    );
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
    if (this.#window.closed || !this.#state.live) return;
    this.#state.exited(exit);
    if (this.#options.mode === "run") this.leave();
    else this.#window.request("key");
  }

  async #awaitDeaths(): Promise<void> {
    for await (const exit of this.#options.deaths ?? []) {
      if (this.#window.closed) return;
      if (this.#state.live) this.#state.exited(exit);
      this.#window.request("key");
    }
  }
}
