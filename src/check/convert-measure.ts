import { error } from "../diagnostics/index.js";
import type { ArgumentSpec, Duration, RunTime } from "../language/arguments.js";
import { inBounds, wrongUnit } from "./convert.js";
import type { Reporter } from "./reporter.js";
import { asTime } from "./times.js";
import { describeValue, type Located } from "./values.js";

/**
 * Arguments that are measured: durations, frequencies, levels and ranges. Null when one does not fit and that was
 * reported.
 */
export function convertMeasure(
  located: Located,
  name: string,
  spec: ArgumentSpec,
  reporter: Reporter,
): unknown {
  const { value, span } = located;
  const wrong = (wants: string, help: string): null => {
    reporter.report(
      error("L0210", `\`${name}\` needs ${wants}, not ${describeValue(value)}`, {
        at: { span, text: spec.doc },
        helps: [`write it as \`${help}\``],
      }),
    );
    return null;
  };
  switch (spec.type) {
    case "duration":
      return convertDuration(located, name, spec, reporter);
    case "time":
      return convertTime(located, name, spec, reporter);
    case "times": {
      const items = value.type === "list" ? value.items : [located];
      const times = items.map((item) => convertTime(item, name, spec, reporter));
      return times.includes(null) ? null : times;
    }
    case "frequency": {
      if (value.type !== "number") return wrong("a frequency", "16 kHz");
      const factor = value.unit === "Hz" ? 1 : value.unit === "kHz" ? 1000 : null;
      if (factor === null) return wrongUnit(value, "a frequency", name, span, reporter, `${value.value} Hz`);
      return inBounds(value.value * factor, name, spec, span, reporter);
    }
    case "level": {
      if (value.type !== "number") return wrong("a level", "-30 dB");
      if (value.unit !== "dB")
        return wrongUnit(value, "a level in dB", name, span, reporter, `${value.value} dB`);
      return inBounds(value.value, name, spec, span, reporter);
    }
    case "range": {
      if (spec.orNumber === true && value.type === "number" && value.unit === null) {
        const inside = inBounds(value.value, name, spec, span, reporter);
        return inside === null ? null : [inside, inside];
      }
      if (value.type !== "range" || value.from.unit !== null) return wrong("a range of numbers", "0.9..1.1");
      const bounds = [value.from.value, value.to.value] as const;
      if (bounds[0] > bounds[1]) return wrong("a range that rises", `${bounds[1]}..${bounds[0]}`);
      const inside = bounds.map((bound) => inBounds(bound, name, spec, span, reporter));
      return inside.includes(null) ? null : bounds;
    }
    default:
      return wrong("another kind of value", spec.doc);
  }
}

/** A run time above 0, or from 0 on where the table says so. */
function convertTime(located: Located, name: string, spec: ArgumentSpec, reporter: Reporter): RunTime | null {
  const time = asTime(located, name, reporter);
  if (time === null || time.value > 0 || (time.value === 0 && spec.minimum === 0)) return time;
  reporter.report(
    error("L0413", `\`${name}\` must be later than the start`, {
      at: { span: located.span, text: "is the start, or before it" },
    }),
  );
  return null;
}

const seconds: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, min: 60, h: 3600 };

function convertDuration(
  { value, span }: Located,
  name: string,
  spec: ArgumentSpec,
  reporter: Reporter,
): Duration | null {
  const unit = value.type === "number" ? (value.unit ?? "") : "";
  if (value.type === "number" && value.value > 0) {
    if (unit === "samples" && Number.isSafeInteger(value.value)) return value.value;
    const factor = seconds[unit];
    if (factor !== undefined) return { seconds: value.value * factor };
  }
  if (value.type === "number" && unit !== "samples" && seconds[unit] === undefined) {
    wrongUnit(value, "a duration", name, span, reporter);
    return null;
  }
  const wants = unit === "samples" ? "a whole number of samples, at least 1" : "a duration above 0";
  reporter.report(
    error("L0210", `\`${name}\` needs ${wants}, not ${describeValue(value)}`, {
      at: { span, text: spec.doc },
      helps: ["write it as `25 ms`, `5 s` or `512 samples`"],
    }),
  );
  return null;
}
