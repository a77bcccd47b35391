import { describe, expect, it } from "vitest";
import { precedence } from "../../grammar/operators.js";
import { LeracLexer } from "../../grammar/tokens.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import type { Expression } from "../../src/syntax/ast.js";
import { parse } from "../../src/syntax/index.js";

/** What a value was read as, with every operation in brackets; null where it is refused. */
function reading(value: string): string | null {
  const { file, diagnostics } = parse(new SourceFile("spec.lerac", `lerac 1\nparam x = ${value}\n`));
  if (diagnostics.length > 0) return null;
  const [param] = file.items;
  return param?.kind === "param" ? written(param.value) : null;
}

function written(value: Expression): string {
  switch (value.kind) {
    case "binary":
      return `(${written(value.left)} ${value.operator} ${written(value.right)})`;
    case "range":
      return `(${written(value.from)} .. ${written(value.to)})`;
    case "unary":
      return `(${value.operator} ${written(value.operand)})`;
    case "quantity":
      return `(${written(value.amount)} ${value.unit.text})`;
    case "ternary":
      return `(${written(value.condition)} ? ${written(value.yes)} : ${written(value.no)})`;
    case "path":
      return value.segments.map((segment) => (segment.kind === "name" ? segment.text : "?")).join(".");
    case "number":
      return String(value.value);
    default:
      throw new Error(`no such value in these tests: ${value.kind}`);
  }
}

const binary = precedence.flatMap(({ operators, chains }, level) =>
  operators
    .map((type) => type.PATTERN as string)
    .filter((operator) => operator !== "not")
    .map((operator) => ({ operator, level, chains })),
);

describe("operators", () => {
  it.each(binary)("$operator beside every other", ({ operator, level, chains }) => {
    for (const other of binary) {
      const text = `a ${operator} b ${other.operator} c`;
      const left = `((a ${operator} b) ${other.operator} c)`;
      const right = `(a ${operator} (b ${other.operator} c))`;
      const same = chains ? left : null;
      expect(reading(text), text).toBe(level > other.level ? left : level < other.level ? right : same);
    }
  });

  it("`not` takes a comparison, and is taken by `and` and `or`", () => {
    expect(reading("not a == b and c")).toBe("((not (a == b)) and c)");
    expect(reading("a or not b + 1 < c or d")).toBe("((a or (not ((b + 1) < c))) or d)");
    expect(reading("a + not b")).toBeNull();
    expect(reading("not not a")).toBeNull();
  });

  it("a sign belongs to its operand, a unit to its product", () => {
    expect(reading("-a * -2 epochs")).toBe("(((- a) * (- 2)) epochs)");
    expect(reading("1 / 4 epoch + 2 steps")).toBe("(((1 / 4) epoch) + (2 steps))");
    expect(reading("2 epochs * 3")).toBeNull();
    expect(reading("2 epochs epochs")).toBeNull();
  });

  it("a condition takes all that stands before it", () => {
    expect(reading("a or b ? c : d ? 1 : 2")).toBe("((a or b) ? c : (d ? 1 : 2))");
  });

  it("the lexer passes the checks of its library", () => {
    expect(new LeracLexer(true).lexerDefinitionErrors).toEqual([]);
  });
});
