import fc, { type Arbitrary } from "fast-check";

/**
 * Random text of the language. A template is made first: text of the grammar with marks where white space may or must
 * stand; then the marks become spaces, line ends and comments. All of it parses; little of it compiles.
 */

/** Where a space may stand. */
const maybe = "\u0001";
/** Where some white space must stand. */
const must = "\u0002";
/** Where a statement ends. */
const end = "\u0003";
/** Where, inside brackets or before `|>`, a line may end. */
const wrap = "\u0004";
/** Between a brace and what it holds: a line end or nothing. */
const pad = "\u0005";

const name = fc.constantFrom(
  ..."width depth conv1 stem head x norm bands layer2 cosine adam _a train model data names".split(" "),
);
const unit = fc.constantFrom("epochs", "epoch", "steps", "ms", "s", "kHz", "dB", "px");
const numberText = fc.constantFrom("0", "1", "64", "0.1", "1e-4", "2.50", "10", "1E+3");
const text = fc.constantFrom('"data/x"', '"a \\"b\\" # c"', '"é {"', '""');

function list(item: Arbitrary<string>, minLength: number, maxLength: number): Arbitrary<string> {
  return fc
    .array(item, { minLength, maxLength })
    .map((items) => items.join(`${maybe}${wrap},${maybe}${wrap}`));
}

/** The same between top-level commas, where a line can't end. */
function bareList(item: Arbitrary<string>, maxLength: number): Arbitrary<string> {
  return fc.array(item, { minLength: 1, maxLength }).map((items) => items.join(`${maybe},${maybe}`));
}

function brackets(open: string, inner: Arbitrary<string>, close: string): Arbitrary<string> {
  return inner.map((one) => `${open}${wrap}${one}${wrap}${close}`);
}

function binary(operand: Arbitrary<string>, ...operators: string[]): Arbitrary<string> {
  return fc
    .tuple(operand, fc.constantFrom(...operators), operand)
    .map(([a, operator, b]) => `${a}${must}${operator}${must}${b}`);
}

const segment = fc.oneof(name, fc.constantFrom("0", "12", "*", "**", "[0..5]"));
const path = fc
  .tuple(fc.oneof(name, fc.constant("in")), fc.array(segment, { maxLength: 2 }))
  .map((parts) => parts.flat().join("."));
const glob = fc
  .tuple(fc.constantFrom("*", "**"), fc.array(name, { maxLength: 2 }))
  .map((parts) => parts.flat().join("."));

type ExpressionRule =
  | "call"
  | "primary"
  | "product"
  | "sum"
  | "range"
  | "comparison"
  | "disjunction"
  | "ternary"
  | "span"
  | "value";

const expressions = fc.letrec<Record<ExpressionRule, string>>((tie) => {
  const argument = fc.oneof(
    tie("span"),
    fc
      .tuple(fc.oneof(name, fc.constantFrom("at", "until", "every")), tie("span"))
      .map(([key, value]) => `${key}${maybe}:${maybe}${value}`),
  );
  return {
    call: fc
      .tuple(
        fc.array(name, { minLength: 1, maxLength: 2 }),
        fc.option(brackets("(", list(argument, 0, 2), ")"), { nil: "" }),
      )
      .map(([callee, given]) => `${callee.join(".")}${given === "" ? "" : maybe}${given}`),
    primary: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      fc.oneof(
        numberText,
        numberText.map((n) => `${n}${maybe}%`),
        text,
        path,
        fc.constantFrom("true", "false"),
      ),
      tie("call"),
      brackets("[", list(tie("span"), 0, 3), "]"),
      brackets("(", list(tie("value"), 1, 2), ")"),
    ),
    product: fc.oneof(
      { weight: 6, arbitrary: tie("primary") },
      tie("primary").map((one) => `-${maybe}${one}`),
      fc.tuple(numberText, unit).map(([n, u]) => `${n}${must}${u}`),
      fc.tuple(numberText, numberText, unit).map(([a, b, u]) => `${a}${maybe}/${maybe}${b}${must}${u}`),
      binary(tie("primary"), "*", "/"),
    ),
    sum: fc.oneof({ weight: 5, arbitrary: tie("product") }, binary(tie("product"), "+", "-")),
    range: fc.oneof(
      { weight: 5, arbitrary: tie("sum") },
      fc.tuple(tie("sum"), tie("sum")).map(([a, b]) => `${a}${maybe}..${maybe}${b}`),
    ),
    comparison: fc.oneof(
      { weight: 6, arbitrary: tie("range") },
      binary(tie("range"), "==", "!=", "<", "<=", ">", ">="),
    ),
    disjunction: fc.oneof(
      { weight: 6, arbitrary: tie("comparison") },
      tie("comparison").map((one) => `not${must}${one}`),
      binary(tie("comparison"), "and", "or"),
    ),
    ternary: fc.oneof(
      { weight: 6, arbitrary: tie("disjunction") },
      fc
        .tuple(tie("disjunction"), tie("disjunction"), tie("disjunction"))
        .map(([a, b, c]) => `${a}${must}?${must}${b}${must}:${must}${c}`),
    ),
    span: fc.oneof({ weight: 6, arbitrary: tie("ternary") }, binary(tie("ternary"), "->")),
    value: fc.oneof(
      { weight: 1, arbitrary: glob },
      { weight: 5, arbitrary: tie("span") },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie("span"), fc.array(tie("call"), { minLength: 1, maxLength: 4 }))
          .map(([head, stages]) => [head, ...stages].join(`${wrap}|>${maybe}`)),
      },
    ),
  };
});

function body(statement: Arbitrary<string>, minLength = 1, maxLength = 2): Arbitrary<string> {
  return fc.array(statement, { minLength, maxLength }).map((all) => `{${pad}${all.join(end)}${pad}}`);
}

const clause = fc
  .tuple(fc.constantFrom("at", "until", "every", "from"), bareList(expressions.value, 2))
  .map(([word, values]) => `${must}${word}${must}${values}`);
const setting = fc
  .tuple(
    fc.oneof(name, fc.constantFrom("levels", "map", "curriculum", "every", "until")),
    fc.option(bareList(expressions.value, 3), { nil: "" }),
    fc.array(clause, { maxLength: 1 }),
  )
  .map(([head, values, clauses]) => `${head}${values === "" ? "" : must}${values}${clauses.join("")}`);

const from = fc.option(
  bareList(path, 2).map((paths) => `${must}from${must}${paths}`),
  { nil: "" },
);
const label = fc.option(
  name.map((one) => `${one}${maybe}:${maybe}`),
  { nil: "" },
);
const layers = fc.letrec<Record<"statement" | "call" | "nested", string>>((tie) => {
  return {
    statement: fc
      .tuple(label, fc.oneof({ maxDepth: 2, depthSize: "small" }, tie("call"), tie("nested")))
      .map((parts) => parts.join("")),
    call: fc.tuple(expressions.call, from).map((parts) => parts.join("")),
    nested: fc.oneof(
      fc
        .tuple(expressions.disjunction, fc.option(name, { nil: "" }), from, body(tie("statement")))
        .map(
          ([count, as, inputs, inner]) =>
            `repeat${must}${count}${as === "" ? "" : `${must}as${must}${as}`}${inputs}${must}${inner}`,
        ),
      body(tie("statement")).map((inner) => `residual${must}${inner}`),
      fc
        .tuple(body(tie("statement")), expressions.ternary, body(tie("statement")))
        .map(
          ([inner, when, other]) =>
            `residual${must}${inner}${must}shortcut${must}when${must}${when}${must}${other}`,
        ),
      fc
        .tuple(expressions.ternary, body(tie("statement")))
        .map(([when, inner]) => `when${must}${when}${must}${inner}`),
    ),
  };
});
const statement = fc.oneof(
  { weight: 8, arbitrary: layers.statement },
  fc.tuple(label, expressions.call).map(([one, call]) => `input${must}${one}${call}`),
  bareList(name, 2).map((names) => `return${must}${names}`),
);

const params = fc.option(
  brackets(
    "(",
    list(
      fc.oneof(
        name,
        fc.tuple(name, expressions.ternary).map((pair) => pair.join(`${maybe}=${maybe}`)),
      ),
      0,
      3,
    ),
    ")",
  ),
  { nil: "" },
);
const arm = fc
  .tuple(label, fc.array(expressions.call, { minLength: 1, maxLength: 2 }))
  .map(([one, calls]) => one + calls.join(`${must}+${must}`));
const claim = fc
  .tuple(
    expressions.disjunction,
    fc.option(
      fc.oneof(
        expressions.sum.map((d) => `${must}within${must}${d}`),
        numberText.map((n) => `${must}with${must}p${maybe}<${maybe}${n}`),
      ),
      { nil: "" },
    ),
  )
  .map((parts) => parts.join(""));

const item = fc.oneof(
  fc.constantFrom(`import${must}"a.lerac"`, `import${must}std.bert${must}as${must}b`),
  body(setting).map((inner) => `experiment${must}"x"${must}${inner}`),
  fc.tuple(name, expressions.span).map(([one, value]) => `param${must}${one}${maybe}=${maybe}${value}`),
  fc.tuple(fc.constantFrom("dataset", "names"), name, body(setting, 0)).map((parts) => parts.join(must)),
  fc
    .tuple(name, fc.option(name, { nil: "" }), body(setting))
    .map(
      ([one, kind, inner]) =>
        `curriculum${must}${one}${kind === "" ? "" : `${maybe}:${maybe}${kind}`}${must}${inner}`,
    ),
  fc
    .tuple(name, params, from, body(statement))
    .map(([one, given, inputs, inner]) => `block${must}${one}${given}${plainNames(inputs)}${must}${inner}`),
  fc
    .tuple(name, params, body(statement))
    .map(([one, given, inner]) => `model${must}${one}${given}${must}${inner}`),
  body(setting).map((inner) => `train${must}${inner}`),
  body(arm).map((inner) => `compare${must}${inner}`),
  body(claim).map((inner) => `expect${must}${inner}`),
);

/** Inputs of a block are names, not paths. */
function plainNames(inputs: string): string {
  return inputs.replace(/\.[\w*.[\]]+/g, "").replace(/\bin\b/g, "x");
}

const template = fc
  .array(item, { minLength: 1, maxLength: 3 })
  .map((items) => ["lerac 1", ...items, ""].join(end));

/** How the marks of a template are filled in. */
export interface Dressing {
  /** Whether comments and empty lines are put in. */
  readonly comments: boolean;
}

/** Fills in the marks; `choices` decides, again and again from its start. */
function dress(marked: string, choices: readonly number[], { comments }: Dressing): string {
  let used = 0;
  const choose = (n: number) => (choices[used++ % choices.length] as number) % n;
  let depth = 0;
  let remarks = 0;
  const remark = () =>
    comments && choose(6) === 0 ? `${choose(2) === 0 ? " " : ""}# note ${++remarks}` : "";
  // Names of sections in the first column would be sections, so that all lines inside of something are indented.
  const indent = () => " ".repeat((depth > 0 ? 1 : 0) + choose(4));
  const lineEnd = (indented: string) => {
    let out = `${remark()}\n`;
    for (let i = choose(comments ? 4 : 1); i > 0; i--) {
      const own = remark();
      out += own === "" ? "\n" : `${indented}${own}\n`;
    }
    return out + indented;
  };
  let out = "";
  for (const c of marked) {
    if (c === "{") depth++;
    if (c === "}") depth--;
    if (c === maybe) out += ["", "", " ", "  ", "\t"][choose(5)];
    else if (c === must) out += [" ", " ", "   ", "\t"][choose(4)];
    else if (c === end) out += lineEnd(depth > 0 ? indent() : "");
    else if (c === wrap) out += choose(5) === 0 ? lineEnd(` ${indent()}`) : "";
    else if (c === pad) out += choose(3) === 0 ? " " : lineEnd(` ${indent()}`);
    else out += c;
  }
  return out;
}

/** A file that parses, laid out at random, with comments and empty lines. */
export function specText(dressing: Dressing = { comments: true }): Arbitrary<string> {
  return fc
    .tuple(template, fc.array(fc.nat(9973), { minLength: 40, maxLength: 80 }))
    .map(([marked, choices]) => dress(marked, choices, dressing));
}
