import { error, type Span } from "../diagnostics/index.js";
import type { Time } from "../plan/index.js";
import type { Reporter } from "./reporter.js";
import { kindOfUnit, type Located } from "./values.js";

/** A run time: epochs, steps or a percentage of the run. Null after a reported fault. */
export function asTime(located: Located, name: string, reporter: Reporter): Time | null {
  const { value, span } = located;
  if (value.type === "number") {
    if (value.unit === "epochs" || value.unit === "steps") return { unit: value.unit, value: value.value };
    if (value.unit === "%") return { unit: "share", value: value.value };
    reporter.report(wrongUnit(name, value.value, kindOfUnit(value.unit), value.unit === null, span));
    return null;
  }
  reporter.report(wrongUnit(name, null, `a ${value.type}`, false, span));
  return null;
}

function wrongUnit(name: string, amount: number | null, given: string, plain: boolean, span: Span) {
  const clock = ["minutes", "hours", "seconds", "milliseconds"].includes(given);
  const n = amount !== null && Number.isSafeInteger(amount) && amount > 0 ? amount : 5;
  const helps = plain
    ? [
        { text: `write it as \`${n} epochs\``, edits: [{ span, replacement: `${n} epochs` }] },
        { text: `or as \`${n} steps\`` },
      ]
    : [{ text: "write it as `5 epochs`, `400 steps` or `10%` (of the run)" }];
  return error("L0212", `\`${name}\` needs epochs or steps, not ${given}`, {
    at: { span, text: clock ? "clock time" : plain ? "has no unit" : "no run time" },
    notes: clock ? ["minutes differ between machines; the same file must give the same run"] : [],
    helps,
  });
}
