// grammar/lerac.ebnf, in the notation of grammar/README.md.

const width = 100;

/** The text of the file. `tokens` are the exports of grammar/tokens, `precedence` those of grammar/operators. */
export function ebnf(productions, tokens, { precedence }) {
  const column = Math.max(...[...productions.keys()].map((name) => name.length)) + 1;
  const rules = [...productions].map(([name, body]) => rule(name, body, column));
  return [
    "(* The grammar of lerac, version 1. Generated from grammar/parser.ts by scripts/generate-grammar.mjs.",
    "   {x} none or more   [x] at most one   (x) grouping   | or   capitals: terminals, below *)",
    "",
    ...rules,
    "",
    ...terminals(tokens),
    "",
    ...bindings(precedence),
    "",
  ].join("\n");
}

function rule(name, body, column) {
  const head = `${name.padEnd(column)}= `;
  const one = `${head}${text(body)} ;`;
  if (one.length <= width) return one;
  const indent = `${" ".repeat(column)}| `;
  if (body.kind === "choice") {
    return `${head}${body.parts.map((part) => text(part)).join(`\n${indent}`)} ;`;
  }
  return wrap(one, column + 2);
}

/** Breaks at spaces; no rule has a terminal with a space in it. */
function wrap(line, indent) {
  const lines = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(" ", width);
    lines.push(rest.slice(0, at));
    rest = " ".repeat(indent) + rest.slice(at + 1);
  }
  return [...lines, rest].join("\n");
}

function text(part) {
  switch (part.kind) {
    case "rule":
      return part.name;
    case "token":
      return part.terminal ? part.text : `"${part.text}"`;
    case "sequence":
      return part.parts.map((one) => grouped(one)).join(" ");
    case "choice":
      return part.parts.map((one) => text(one)).join(" | ");
    case "optional":
      return `[${text(part.part)}]`;
    case "repeat":
      return `{${text(part.part)}}`;
    default: {
      const list = `${grouped(part.part)} {${text(part.separator)} ${grouped(part.part)}}`;
      return part.atLeastOne ? list : `[${list}]`;
    }
  }
}

function grouped(part) {
  return part.kind === "choice" ? `(${text(part)})` : text(part);
}

function terminals(tokens) {
  const pattern = (type) => (typeof type.PATTERN === "string" ? type.PATTERN : type.PATTERN.source);
  const words = (list) => list.map((word) => `"${word}"`).join(" ");
  const sections = tokens.sectionTokens.map((type) => type.PATTERN);
  return [
    "(* Terminals, as regular expressions. The longest match counts; white space (space, tab) separates. *)",
    `NAME    = /${pattern(tokens.Identifier)}/ ;`,
    `NUMBER  = /${pattern(tokens.NumberLiteral)}/ ;`,
    `STRING  = /${pattern(tokens.StringLiteral)}/ ;`,
    'INDEX   = /[0-9]+/ directly after a "." that itself directly follows a letter, a digit, "_", "*" or "]" ;',
    `COMMENT = /${pattern(tokens.Comment)}/ ;`,
    "NL      = one or more line ends, with comments and white space between them. Those that don't count are left",
    '          out: inside "(" or "[", after "{", before "}", before a line that starts with "|>", at the start ;',
    wrapWords(`UNIT    = a NAME out of ${words(tokens.unitNames)} ;`),
    "",
    "(* Never a NAME: *)",
    wrapWords(`RESERVED = ${words([...tokens.reservedWords].sort())} ;`),
    "(* A NAME, except at the start of a line that is outside of braces or not indented: *)",
    wrapWords(`SECTION  = ${words(["lerac", ...sections])} ;`),
  ];
}

/** How tightly operators bind: what an EBNF of one rule for them can't say. */
function bindings(precedence) {
  const rows = precedence.map(({ operators, chains }) => {
    const words = operators.map((type) => `"${type.PATTERN}"`).join(" | ");
    if (words === '"not"') return '(* here "not", which stands before its operand *)';
    return `| ${words}${chains ? "" : "   (* not in chains *)"}`;
  });
  return [
    "(* In an operation, from what binds the loosest; a UNIT closes a product. `within` and `with` take sums, brackets of",
    "   a segment a range. *)",
    `OPERATOR = ${rows.join("\n           ").slice(2)} ;`,
  ];
}

function wrapWords(line) {
  return wrap(line, 10);
}
