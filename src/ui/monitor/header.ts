import { formatCount, formatDuration, formatSignificant, printable } from "../../base/format.js";
import { type Status, statusOf } from "../status.js";
import { cells, cut, justify, type Line, lineCells, padLeft, span } from "../text.js";
import { formatEpoch, formatMetric, leftSentence } from "../wording.js";
import type { Frame, Layout } from "./frame.js";

/** The three rows on top: what runs and how it is, how far it is, how fast it goes. */
export function headerLines(frame: Frame, layout: Exclude<Layout, "line">): Line[] {
  const status = statusOf(frame.state, frame.now);
  const width = layout === "narrow" ? frame.columns : frame.columns - 1;
  const indent = layout === "narrow" ? "" : " ";
  const corner = badge(status, frame);
  const room = width - indent.length - lineCells(corner) - 1;
  return [
    justify([span(indent), ...titleLine(frame, layout, room)], corner, width, frame.glyphs.ellipsis),
    progressLine(frame, status, layout, width),
    layout === "narrow" ? narrowSpeedLine(frame, status, width) : speedLine(frame, status, layout, width),
  ];
}

/** Experiment, curriculum, seed, backend; where room is short, the name gives way. */
function titleLine(frame: Frame, layout: Layout, room: number): Line {
  const { start } = frame.state;
  if (start === null) return [span(frame.state.run === "" ? "lerac" : frame.state.run, "title")];
  const separator = ` ${frame.glyphs.separator} `;
  const seed =
    layout === "full" && start.seeds > 1 ? `seed ${start.seed} of ${start.seeds}` : `seed ${start.seed}`;
  const facts = [printable(start.curriculum), seed, ...(start.fold === null ? [] : [`fold ${start.fold}`])];
  if (layout !== "narrow") {
    const accelerated = start.device !== "cpu" && start.device !== "";
    facts.push(
      printable(
        accelerated ? `${start.backend}-${start.device === "cuda" ? "gpu" : start.device}` : start.backend,
      ),
    );
  }
  const rest = separator + facts.join(separator);
  const name = cut(printable(start.experiment), Math.max(8, room - cells(rest)), frame.glyphs.ellipsis);
  return [span(name, "title"), span(rest)];
}

/** `● running   2:02`. */
export function badge(status: Status, frame: Frame): Line {
  const glyph = frame.glyphs.badges[status.glyph];
  const word = glyph === "" ? status.word : `${glyph} ${status.word}`;
  const resumed = status.resumed && status.kind === "running" ? ` ${frame.glyphs.badges.resumed}` : "";
  const elapsed = status.elapsed === null ? "" : `   ${status.elapsed}`;
  return [span(word + resumed, status.style), span(elapsed)];
}

/** `epoch  2.41/30   ━━━╸────  8 %   23 min left`. */
function progressLine(frame: Frame, status: Status, layout: Layout, width: number): Line {
  const { state, glyphs } = frame;
  const total = formatEpoch(state.epochs);
  const epoch = padLeft(`${state.epoch.toFixed(2)}/${total}`, total.length * 2 + 4);
  const share = state.steps > 0 ? Math.min(1, state.step / state.steps) : 0;
  const percent = padLeft(` ${Math.floor(share * 100 + 1e-9)} %`, 5);
  const numbers = status.kind === "silent" ? "dim" : "text";
  if (layout === "narrow") {
    const prefix = `epoch ${epoch} `;
    const bar = width - cells(prefix) - 2 - 9;
    return [
      span(prefix, numbers),
      span(glyphs.bar.open),
      ...barSpans(share, bar + (glyphs.ascii ? 0 : 2), frame),
      span(glyphs.bar.close),
      span(padLeft(percent, 9), numbers),
    ];
  }
  const prefix = ` epoch ${epoch}   `;
  const right = `   ${padLeft(phaseOrLeft(frame, status), 11)}`;
  const bar = Math.max(4, width - cells(prefix) - cells(percent) - cells(right) - glyphs.bar.open.length * 2);
  return [
    span(prefix, numbers),
    span(glyphs.bar.open),
    ...barSpans(share, bar, frame),
    span(glyphs.bar.close),
    span(percent + right, numbers),
  ];
}

function barSpans(share: number, width: number, frame: Frame): Line {
  const { bar } = frame.glyphs;
  const halves = Math.round(share * width * 2);
  // In ASCII the head of the bar is always marked: there are no half characters that could tell it.
  const headed = frame.glyphs.ascii && halves > 0 && halves < width * 2;
  const full = headed ? Math.ceil(halves / 2) - 1 : Math.floor(halves / 2);
  const head = headed || halves % 2 === 1 ? bar.half : "";
  return [
    span(bar.full.repeat(full) + head, "train"),
    span(bar.empty.repeat(Math.max(0, width - full - head.length)), "border"),
  ];
}

/** What stands where the time left does: a phase that is under way says how far it is. */
function phaseOrLeft(frame: Frame, status: Status): string {
  const { state } = frame;
  switch (status.kind) {
    case "silent":
      return "unknown";
    case "paused":
      return "paused";
    case "waiting":
      return "waiting for the trainer";
    case "compiling": {
      const since = state.phase?.since ?? state.clock.last ?? frame.now;
      return `compiling ${formatDuration(Math.max(0, frame.now - since) / 1000)}`;
    }
    case "evaluating": {
      const { phase } = state;
      if (phase === null || phase.total === null) return "evaluating";
      return `val ${formatCount(phase.done)} / ${formatCount(phase.total)}`;
    }
    case "running":
    case "stopping":
      return leftSentence(state.left.seconds);
    default:
      return "";
  }
}

/** `step  2,034/25,320   17.2 steps/s   1,101 images/s best val.accuracy 87.4 % @2`. */
function speedLine(frame: Frame, status: Status, layout: Layout, width: number): Line {
  const { state } = frame;
  const numbers = status.kind === "silent" ? "dim" : "text";
  const total = formatCount(state.steps);
  const step = padLeft(`${formatCount(state.step)}/${total}`, total.length * 2 + 1);
  const speed = (value: number | undefined, cellsOf: number) =>
    padLeft(
      value === undefined || !Number.isFinite(value) ? "-" : formatSignificant(value, value < 1000 ? 3 : 4),
      cellsOf,
    );
  const facts = [
    ` step ${step}`,
    `${speed(state.lastStep?.steps_per_second, 4)} steps/s`,
    `${speed(state.lastStep?.samples_per_second, 5)} ${state.plan.samples ?? "samples"}/s`,
  ].join("   ");
  const best = bestText(frame);
  if (layout === "overview")
    return justify([span(facts, numbers)], [span(best)], width, frame.glyphs.ellipsis);
  const { checkpoint } = state;
  const ago =
    checkpoint === null
      ? "no checkpoint yet"
      : `checkpoint ${formatDuration(Math.max(0, elapsedNow(frame) - checkpoint.seconds))} ago`;
  return justify([span(facts, numbers), span(`   ${best}`)], [span(ago)], width, frame.glyphs.ellipsis);
}

function elapsedNow(frame: Frame): number {
  const { clock, live } = frame.state;
  return live ? clock.secondsAt(frame.now) : clock.seconds;
}

function bestText(frame: Frame): string {
  const { best } = frame.state;
  if (best === null) return "";
  return `best ${best.metric} ${formatMetric(best.metric, best.value)} @${formatEpoch(best.epoch)}`;
}

function narrowSpeedLine(frame: Frame, status: Status, width: number): Line {
  const { state } = frame;
  const speed = state.lastStep?.steps_per_second;
  const facts = [
    `step ${formatCount(state.step)}/${formatCount(state.steps)}`,
    speed === undefined ? "-" : `${formatSignificant(speed, 3)}/s`,
  ].join("   ");
  const style = status.kind === "silent" ? "dim" : "text";
  return justify(
    [span(facts, style)],
    [span(phaseOrLeft(frame, status), style)],
    width,
    frame.glyphs.ellipsis,
  );
}
