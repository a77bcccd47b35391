import { suggest } from "../base/suggest.js";
import { error, type Span, spanText } from "../diagnostics/index.js";
import { functions } from "../language/functions.js";
import type { BinaryExpression, CallExpression, Expression, PathExpression } from "../syntax/index.js";
import { Arithmetic } from "./arithmetic.js";
import { type Environment, unknownName } from "./environment.js";
import type { Reporter } from "./reporter.js";
import { describeValue, type Located, type NumberValue, unitOf, type Value } from "./values.js";

/** Evaluates expressions; null stands for a fault that was reported. */
export class Evaluator {
  private readonly arithmetic: Arithmetic;

  constructor(
    private readonly reporter: Reporter,
    private readonly environment: Environment,
  ) {
    this.arithmetic = new Arithmetic(reporter);
  }

  /** With its place. */
  located(expression: Expression): Located | null {
    const value = this.evaluate(expression);
    return value && { value, span: expression.span };
  }

  evaluate(expression: Expression): Value | null {
    switch (expression.kind) {
      case "number":
        return expression.percent
          ? { type: "number", value: expression.value / 100, unit: "%" }
          : this.arithmetic.finite({ type: "number", value: expression.value, unit: null }, expression.span);
      case "string":
        return { type: "string", text: expression.value };
      case "boolean":
        return { type: "boolean", value: expression.value };
      case "path":
        return this.path(expression);
      case "call":
        return this.call(expression);
      case "unary":
        return this.unary(expression.operator, expression.operand, expression.span);
      case "binary":
        return this.binary(expression);
      case "ternary": {
        const condition = this.boolean(expression.condition);
        return condition === null ? null : this.evaluate(condition ? expression.yes : expression.no);
      }
      case "range": {
        const from = this.number(expression.from);
        const to = this.number(expression.to);
        if (from === null || to === null) return null;
        if (from.unit !== to.unit)
          return this.arithmetic.unlike(from, to, expression.span, "the ends of a range");
        return { type: "range", from, to };
      }
      case "arrow": {
        const from = this.located(expression.from);
        const to = this.located(expression.to);
        return from && to && { type: "arrow", from, to };
      }
      case "quantity":
        return this.quantity(expression.amount, expression.unit.text, expression.span);
      case "list": {
        const items = expression.items.map((item) => this.located(item));
        return items.includes(null) ? null : { type: "list", items: items as Located[] };
      }
      case "group": {
        const [only, ...others] = expression.items;
        if (only !== undefined && others.length === 0) return this.evaluate(only);
        return this.tuple(expression.items, expression.span);
      }
      case "member":
        return this.fault("L0219", "a call has no parts here", expression.span, "can't be evaluated here");
      case "pipeline":
        return this.fault(
          "L0219",
          "`|>` stands only behind the parts of a dataset",
          expression.span,
          "not here",
        );
    }
  }

  /** `(3, 3)`: what other languages call a tuple. */
  private tuple(items: readonly Expression[], span: Span): null {
    const [first, ...others] = items.map((item) =>
      item.span.source.text.slice(item.span.start, item.span.end),
    );
    const same = first !== undefined && /^\d+$/.test(first) && others.every((other) => other === first);
    return this.fault(
      "L0219",
      "several values in one pair of parentheses",
      span,
      "only `levels` takes these, as one level",
      same
        ? [`sizes, strides and paddings are the same in every direction: write \`${first}\``]
        : ["a list is written `[a, b]`"],
    );
  }

  number(expression: Expression): NumberValue | null {
    const value = this.evaluate(expression);
    if (value === null || value.type === "number") return value;
    if (value.type === "word") return this.unknownName(value.text, expression.span);
    return this.fault(
      "L0210",
      `this must be a number, not ${describeValue(value)}`,
      expression.span,
      "no number",
    );
  }

  boolean(expression: Expression): boolean | null {
    const value = this.evaluate(expression);
    if (value === null) return null;
    if (value.type === "boolean") return value.value;
    if (value.type === "word") return this.unknownName(value.text, expression.span);
    return this.fault(
      "L0210",
      `a condition is true or false, not ${describeValue(value)}`,
      expression.span,
      "no condition",
      ["compare it with something, such as `stride > 1`"],
    );
  }

  private path(expression: PathExpression): Value | null {
    const queried = this.environment.query?.(expression);
    if (queried !== undefined) return queried;
    const [first] = expression.segments;
    if (expression.segments.length === 1 && first?.kind === "name") {
      const known = this.environment.lookup(first.text);
      if (known !== undefined) return known;
      const unit = unitOf[first.text];
      if (unit !== undefined) return { type: "number", value: 1, unit };
      return { type: "word", text: first.text, others: () => this.environment.names() };
    }
    return this.fault(
      "L0219",
      `\`${spanText(expression.span)}\` has no value here`,
      expression.span,
      "an address",
    );
  }

  private unknownName(name: string, span: Span): null {
    this.reporter.report(unknownName(name, span, this.environment.names()));
    return null;
  }

  private call(expression: CallExpression): Value | null {
    const name = expression.callee.map((part) => part.text).join(".");
    const known = functions.get(name);
    if (known === undefined) {
      const near = suggest(name, functions.keys());
      return this.fault(
        "L0202",
        `there is no function called \`${name}\``,
        expression.callee[0]?.span ?? expression.span,
        "can't be computed here",
        near.length > 0 ? [`did you mean \`${near[0]}\`?`] : [],
        [`functions are ${[...functions.keys()].join(", ")}`],
      );
    }
    if (expression.arguments.length !== known.arity || expression.arguments.some((a) => a.key !== null)) {
      const needs = known.arity === 1 ? "one number" : "two numbers";
      return this.fault(
        "L0204",
        `\`${name}\` takes ${needs}`,
        expression.span,
        `given ${expression.arguments.length}`,
      );
    }
    const numbers = expression.arguments.map((argument) => this.number(argument.value));
    if (numbers.includes(null)) return null;
    const [a, b] = numbers as NumberValue[];
    if (a === undefined) return null;
    if (b !== undefined && name !== "pow" && a.unit !== b.unit)
      return this.arithmetic.unlike(a, b, expression.span, `\`${name}\``);
    const value = known.apply(...(numbers as NumberValue[]).map((n) => n.value));
    return this.arithmetic.finite({ type: "number", value, unit: a.unit }, expression.span);
  }

  private unary(operator: "-" | "not", operand: Expression, span: Span): Value | null {
    if (operator === "not") {
      const value = this.boolean(operand);
      return value === null ? null : { type: "boolean", value: !value };
    }
    const value = this.number(operand);
    return value && this.arithmetic.finite({ ...value, value: -value.value }, span);
  }

  private binary(expression: BinaryExpression): Value | null {
    const { operator, left, right, span } = expression;
    if (operator === "and" || operator === "or") {
      const first = this.boolean(left);
      if (first === null) return null;
      if (first === (operator === "or")) return { type: "boolean", value: first };
      const second = this.boolean(right);
      return second === null ? null : { type: "boolean", value: second };
    }
    if (operator === "==" || operator === "!=") {
      const a = this.evaluate(left);
      const b = this.evaluate(right);
      if (a === null || b === null) return null;
      const equal = this.arithmetic.equal(a, b, span);
      return equal === null ? null : { type: "boolean", value: equal === (operator === "==") };
    }
    const a = this.number(left);
    const b = this.number(right);
    return a && b && this.arithmetic.combined(operator, a, b, span);
  }

  private quantity(amount: Expression, unitName: string, span: Span): Value | null {
    const unit = unitOf[unitName];
    const value = this.evaluate(amount);
    if (value === null || unit === undefined) return null;
    if (value.type === "list") {
      const items = value.items.map((item) =>
        item.value.type === "number" && item.value.unit === null
          ? { ...item, value: { ...item.value, unit } }
          : null,
      );
      if (!items.includes(null)) return { type: "list", items: items as Located[] };
    }
    if (value.type === "range" && value.from.unit === null) {
      return { type: "range", from: { ...value.from, unit }, to: { ...value.to, unit } };
    }
    if (value.type === "word") return this.unknownName(value.text, amount.span);
    if (value.type !== "number" || value.unit !== null) {
      return this.fault(
        "L0212",
        `only a plain number can have a unit, not ${describeValue(value)}`,
        span,
        `with \`${unitName}\``,
      );
    }
    return { ...value, unit };
  }

  private fault(
    code: string,
    message: string,
    span: Span,
    text: string,
    helps: readonly string[] = [],
    notes: readonly string[] = [],
  ): null {
    this.reporter.report(error(code, message, { at: { span, text }, helps, notes }));
    return null;
  }
}
