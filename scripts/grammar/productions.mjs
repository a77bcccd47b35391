// The parser's own description of its grammar (Chevrotain's GAST), as plain data for the generators beside this file:
//   { kind: "sequence" | "choice", parts } · { kind: "optional" | "repeat", part }
//   { kind: "list", part, separator, atLeastOne } · { kind: "rule", name } · { kind: "token", text, terminal }

/** Rules in the order in which a reader meets them, from the file on: name to expression. */
export function productionsOf(parser) {
  const rules = Object.values(parser.getGAstProductions());
  const all = new Map(rules.map((rule) => [ruleName(rule.name), sequence(rule.definition)]));
  const met = new Set(["file"]);
  for (const name of met) for (const needed of namesIn(all.get(name))) met.add(needed);
  return new Map([...met].map((name) => [name, all.get(name)]));
}

/** The rules that an expression names. */
function namesIn(part) {
  if (part.kind === "rule") return [part.name];
  return [...(part.parts ?? []), ...(part.part ? [part.part] : [])].flatMap(namesIn);
}

/** `layerStatement` as people read it: `layer_statement`. */
function ruleName(name) {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

function sequence(definition) {
  const parts = definition.map(expression);
  return parts.length === 1 ? parts[0] : { kind: "sequence", parts };
}

function expression(production) {
  switch (production.constructor.name) {
    case "NonTerminal":
      return { kind: "rule", name: ruleName(production.nonTerminalName) };
    case "Terminal":
      return token(production.terminalType);
    case "Alternative":
      return sequence(production.definition);
    case "Alternation":
      return choice(production.definition.map((one) => sequence(one.definition)));
    case "Option":
      return { kind: "optional", part: sequence(production.definition) };
    case "Repetition":
      return { kind: "repeat", part: sequence(production.definition) };
    case "RepetitionWithSeparator":
    case "RepetitionMandatoryWithSeparator":
      return {
        kind: "list",
        part: sequence(production.definition),
        separator: token(production.separator),
        atLeastOne: production.constructor.name === "RepetitionMandatoryWithSeparator",
      };
    default:
      throw new Error(`no notation for ${production.constructor.name}`);
  }
}

function choice(parts) {
  return { kind: "choice", parts };
}

/** Tokens with one spelling show it; the others have a name in capitals. */
const terminals = {
  Name: "NAME",
  Unit: "UNIT",
  BinaryOperator: "OPERATOR",
  NumberLiteral: "NUMBER",
  StringLiteral: "STRING",
  Index: "INDEX",
  NewLine: "NL",
};

function token(type) {
  const terminal = terminals[type.name];
  if (terminal !== undefined) return { kind: "token", text: terminal, terminal: true };
  return { kind: "token", text: type.PATTERN, terminal: false };
}
