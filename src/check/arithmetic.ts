import { error, type Span } from "../diagnostics/index.js";
import type { BinaryOperator } from "../syntax/index.js";
import type { Reporter } from "./reporter.js";
import { describeValue, type NumberValue, type Value } from "./values.js";

/** Operators that take numbers; those of conditions are the evaluator's. */
export type NumberOperator = Exclude<BinaryOperator, "and" | "or" | "==" | "!=">;

/**
 * What operators make of values; null after a reported fault. Units are types: sums and comparisons need equal ones,
 * products have one.
 */
export class Arithmetic {
  constructor(private readonly reporter: Reporter) {}

  combined(operator: NumberOperator, a: NumberValue, b: NumberValue, span: Span): Value | null {
    switch (operator) {
      case "*":
      case "/": {
        if (b.unit !== null && (operator === "/" || a.unit !== null)) {
          const what = operator === "*" ? "product" : "quotient";
          return this.fault("L0212", `a ${what} can have one unit only`, span, "two units");
        }
        const value = operator === "*" ? a.value * b.value : a.value / b.value;
        return this.finite({ type: "number", value, unit: a.unit ?? b.unit }, span);
      }
      case "+":
      case "-": {
        if (a.unit !== b.unit) return this.unlike(a, b, span, operator === "+" ? "a sum" : "a difference");
        const value = operator === "+" ? a.value + b.value : a.value - b.value;
        return this.finite({ type: "number", value, unit: a.unit }, span);
      }
      default: {
        if (a.unit !== b.unit) return this.unlike(a, b, span, "a comparison");
        return { type: "boolean", value: compare(operator, a.value, b.value) };
      }
    }
  }

  equal(a: Value, b: Value, span: Span): boolean | null {
    if (a.type === "number" && b.type === "number") {
      return a.unit === b.unit ? a.value === b.value : this.unlike(a, b, span, "a comparison");
    }
    if (a.type === "boolean" && b.type === "boolean") return a.value === b.value;
    const text = (value: Value) => (value.type === "string" || value.type === "word" ? value.text : null);
    if (a.type === b.type && text(a) !== null) return text(a) === text(b);
    const message = `${describeValue(a)} and ${describeValue(b)} can't be compared`;
    return this.fault("L0210", message, span, "of different types");
  }

  unlike(a: NumberValue, b: NumberValue, span: Span, what: string): null {
    const name = (n: NumberValue) => (n.unit === null ? "no unit" : `\`${n.unit}\``);
    const message = `${what} needs equal units, not ${name(a)} and ${name(b)}`;
    return this.fault("L0212", message, span, "units differ");
  }

  finite(value: NumberValue, span: Span): NumberValue | null {
    if (Number.isFinite(value.value)) return value;
    return this.fault("L0213", "this number is not finite", span, "too large, or divided by zero");
  }

  private fault(code: string, message: string, span: Span, text: string): null {
    this.reporter.report(error(code, message, { at: { span, text } }));
    return null;
  }
}

function compare(operator: "<" | "<=" | ">" | ">=", a: number, b: number): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}
