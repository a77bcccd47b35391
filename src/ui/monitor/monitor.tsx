import { Box, Transform } from "ink";
import type { ReactElement } from "react";
import { formatSignificant } from "../../base/format.js";
import { statusOf } from "../status.js";
import { fitLine, type Line, span } from "../text.js";
import { paint } from "../theme.js";
import { leftSentence } from "../wording.js";
import { lossPane, metricPane, narrowChart } from "./chart-panes.js";
import { askedText, footerLines } from "./footer.js";
import { type Frame, layoutFor } from "./frame.js";
import { headerLines } from "./header.js";
import { helpPane } from "./help.js";
import { logPane, logRows } from "./log-pane.js";
import { levelNames, levelSentence, narrowRates, ratePane } from "./rate-pane.js";
import { systemPane, timeLine, timePane } from "./system-panes.js";

interface RowsProps {
  readonly lines: readonly Line[];
  readonly frame: Frame;
  readonly width: number;
}

/**
 * Rows of the window. Their widths are exact already, so Ink lays out one letter a row, which it measures in no time, and
 * the painted row takes its place when the picture is put together: half of the cost of a picture is saved.
 */
function Rows({ lines, frame, width }: RowsProps): ReactElement {
  const painted = lines.map((line) => paint(fitLine(line, width, frame.glyphs.ellipsis), frame.theme));
  return (
    <Box width={width} height={lines.length} flexShrink={0}>
      <Transform transform={(_letter, row) => painted[row] ?? ""}>
        {lines.map(() => "x").join("\n")}
      </Transform>
    </Box>
  );
}

/** One picture of a run: at most `rows` - 1 rows, exactly as wide as the window or less. */
export function Monitor({ frame }: { frame: Frame }): ReactElement {
  const layout = layoutFor(frame.columns, frame.rows);
  if (layout === "line") return <OneLine frame={frame} />;
  if (frame.view.help) return <Help frame={frame} layout={layout} />;
  if (frame.view.zoomed) return <Zoomed frame={frame} layout={layout} />;
  if (layout === "narrow") return <Narrow frame={frame} />;
  return layout === "full" ? <Full frame={frame} /> : <Overview frame={frame} />;
}

/** The chosen pane over the whole window, between header and footer. */
function Zoomed({ frame, layout }: { frame: Frame; layout: "full" | "overview" | "narrow" }): ReactElement {
  const { columns: width } = frame;
  const footer = footerLines(frame, layout);
  const size = { width, height: frame.rows - 1 - 3 - footer.length };
  return (
    <Box flexDirection="column" width={width}>
      <Rows frame={frame} width={width} lines={headerLines(frame, layout)} />
      <Rows frame={frame} width={width} lines={zoomedLines(frame, size, layout)} />
      <Rows frame={frame} width={width} lines={footer} />
    </Box>
  );
}

function zoomedLines(
  frame: Frame,
  size: { readonly width: number; readonly height: number },
  layout: "full" | "overview" | "narrow",
): Line[] {
  switch (frame.view.pane) {
    case "loss":
      return lossPane(frame, size);
    case "metric":
      return metricPane(frame, size, layout);
    case "time":
      return timePane(frame, size);
    case "system":
      return systemPane(frame, size);
    case "log":
      return logPane(frame, size);
    default:
      if (layout === "narrow") return filled(narrowRates(frame, size.height), size.height);
      return ratePane(frame, size, layout === "full");
  }
}

function Overview({ frame }: { frame: Frame }): ReactElement {
  const { columns: width } = frame;
  const height = frame.rows - 1;
  const footer = footerLines(frame, "overview");
  const levels = levelNames(frame.state).length;
  // Header, time line and footer stay; the log takes two rows, the strip its levels, and the charts what is left.
  const free = height - 3 - 1 - footer.length;
  const log = Math.max(0, 2 - (footer.length - 1));
  const rates = Math.min(levels + 3, Math.max(5, free - log - 7));
  const chart = free - log - rates;
  const left = Math.floor(width / 2);
  const asked = askedText(frame);
  return (
    <Box flexDirection="column" width={width}>
      <Rows frame={frame} width={width} lines={headerLines(frame, "overview")} />
      <Box>
        <Rows frame={frame} width={left} lines={lossPane(frame, { width: left, height: chart })} />
        <Rows
          frame={frame}
          width={width - left}
          lines={metricPane(frame, { width: width - left, height: chart }, "overview")}
        />
      </Box>
      <Rows frame={frame} width={width} lines={ratePane(frame, { width, height: rates }, false)} />
      <Rows
        frame={frame}
        width={width}
        lines={[asked === null ? timeLine(frame) : [span(` ${asked}`, "warn")]]}
      />
      <Rows frame={frame} width={width} lines={filled(logRows(frame, log, " "), log)} />
      <Rows frame={frame} width={width} lines={footer} />
    </Box>
  );
}

const lowerPanes = 8;

function Full({ frame }: { frame: Frame }): ReactElement {
  const { columns: width } = frame;
  const height = frame.rows - 1;
  const footer = footerLines(frame, "full");
  const levels = levelNames(frame.state).length;
  const free = height - 3 - lowerPanes - 1 - footer.length;
  const rates = Math.min(levels + 3, Math.max(5, free - 10));
  const chart = free - rates;
  const left = Math.floor(width / 2);
  const asked = askedText(frame);
  const time = 36;
  const system = 40;
  const log = width - time - system;
  return (
    <Box flexDirection="column" width={width}>
      <Rows frame={frame} width={width} lines={headerLines(frame, "full")} />
      <Box>
        <Rows frame={frame} width={left} lines={lossPane(frame, { width: left, height: chart })} />
        <Rows
          frame={frame}
          width={width - left}
          lines={metricPane(frame, { width: width - left, height: chart }, "full")}
        />
      </Box>
      <Rows frame={frame} width={width} lines={ratePane(frame, { width, height: rates }, true)} />
      <Box>
        <Rows frame={frame} width={time} lines={timePane(frame, { width: time, height: lowerPanes })} />
        <Rows frame={frame} width={system} lines={systemPane(frame, { width: system, height: lowerPanes })} />
        <Rows frame={frame} width={log} lines={logPane(frame, { width: log, height: lowerPanes })} />
      </Box>
      <Rows
        frame={frame}
        width={width}
        lines={[asked === null ? [span(levelSentence(frame))] : [span(` ${asked}`, "warn")]]}
      />
      <Rows frame={frame} width={width} lines={footer} />
    </Box>
  );
}

function Narrow({ frame }: { frame: Frame }): ReactElement {
  const { columns: width } = frame;
  const height = frame.rows - 1;
  const footer = footerLines(frame, "narrow");
  const levels = levelNames(frame.state).length;
  const free = height - 3 - footer.length - 1;
  const rates = Math.min(levels + 1, free - 5);
  const asked = askedText(frame);
  const last: Line = asked === null ? (logRows(frame, 1, "")[0] ?? []) : [span(asked, "warn")];
  return (
    <Box flexDirection="column" width={width}>
      <Rows frame={frame} width={width} lines={headerLines(frame, "narrow")} />
      <Rows frame={frame} width={width} lines={narrowChart(frame, free - rates)} />
      <Rows frame={frame} width={width} lines={narrowRates(frame, rates)} />
      <Rows frame={frame} width={width} lines={[last]} />
      <Rows frame={frame} width={width} lines={footer} />
    </Box>
  );
}

/** `epoch 2.41/30  loss 0.412  23 min left  ?`: a window too small for anything else. */
function OneLine({ frame }: { frame: Frame }): ReactElement {
  const { state } = frame;
  const status = statusOf(state, frame.now);
  const facts = [
    `epoch ${state.epoch.toFixed(2)}/${state.plan.epochs}`,
    ...(state.lastStep === null ? [] : [`loss ${formatSignificant(state.lastStep.loss, 3)}`]),
    status.kind === "running" ? leftSentence(state.left.seconds) : status.word,
    "?",
  ];
  const { question } = frame.view;
  const text =
    question === null ? facts.join("  ") : question === "abort" ? "abort? y/N" : "leave l, stop s, Esc";
  return <Rows frame={frame} width={frame.columns} lines={[[span(text)]]} />;
}

function Help({ frame, layout }: { frame: Frame; layout: "full" | "overview" | "narrow" }): ReactElement {
  const { columns: width } = frame;
  const footer = footerLines(frame, layout);
  const height = frame.rows - 1 - 1 - footer.length;
  return (
    <Box flexDirection="column" width={width}>
      <Rows frame={frame} width={width} lines={headerLines(frame, layout).slice(0, 1)} />
      <Rows frame={frame} width={width} lines={helpPane(frame, { width, height: Math.min(height, 18) })} />
      <Rows frame={frame} width={width} lines={filled([], Math.max(0, height - 18))} />
      <Rows frame={frame} width={width} lines={footer} />
    </Box>
  );
}

function filled(lines: readonly Line[], count: number): Line[] {
  return Array.from({ length: count }, (_, i) => lines[i] ?? []);
}
