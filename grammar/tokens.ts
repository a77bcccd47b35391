import { createToken, type ILexingResult, type IToken, Lexer, type TokenType } from "chevrotain";

/**
 * All tokens of the language, in the order in which the lexer tries them. `LABEL` is what messages call a token; no
 * other name of a token ever reaches a user.
 */

/** Category of everything that may be a name: plain names, section words and units. */
export const Name = createToken({ name: "Name", pattern: Lexer.NA, label: "a name" });
/** Category of names that, after a complete product, are its unit. */
export const Unit = createToken({ name: "Unit", pattern: Lexer.NA, label: "a unit", categories: [Name] });

export const Identifier = createToken({
  name: "Identifier",
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  label: "a name",
  categories: [Name],
});

export const WhiteSpace = createToken({ name: "WhiteSpace", pattern: /[ \t]+/, group: Lexer.SKIPPED });
/** Comments are kept aside for the formatter and for waivers. */
export const Comment = createToken({ name: "Comment", pattern: /#[^\n\r]*/, group: "comments" });
export const NewLine = createToken({
  name: "NewLine",
  pattern: /\r\n|\n|\r/,
  line_breaks: true,
  label: "the end of the line",
});
export const EndOfFileLabel = "the end of the file";

/** Category of what stands between two operands; `operators.ts` has how tightly each binds. */
export const BinaryOperator = createToken({
  name: "BinaryOperator",
  pattern: Lexer.NA,
  label: "an operator",
});

function punctuation(name: string, text: string, ...categories: TokenType[]): TokenType {
  return createToken({ name, pattern: text, label: `\`${text}\``, categories });
}

function operator(name: string, text: string): TokenType {
  return punctuation(name, text, BinaryOperator);
}

export const Arrow = punctuation("Arrow", "->");
export const Pipe = punctuation("Pipe", "|>");
export const DotDot = operator("DotDot", "..");
export const Dot = punctuation("Dot", ".");
export const DoubleStar = punctuation("DoubleStar", "**");
export const Star = operator("Star", "*");
export const EqualEqual = operator("EqualEqual", "==");
export const NotEqual = operator("NotEqual", "!=");
export const LessEqual = operator("LessEqual", "<=");
export const GreaterEqual = operator("GreaterEqual", ">=");
export const Less = operator("Less", "<");
export const Greater = operator("Greater", ">");
export const Equal = punctuation("Equal", "=");
export const Plus = operator("Plus", "+");
export const Minus = operator("Minus", "-");
export const Slash = operator("Slash", "/");
export const Percent = punctuation("Percent", "%");
export const Question = punctuation("Question", "?");
export const Colon = punctuation("Colon", ":");
export const Comma = punctuation("Comma", ",");
export const LeftBrace = punctuation("LeftBrace", "{");
export const RightBrace = punctuation("RightBrace", "}");
export const LeftParenthesis = punctuation("LeftParenthesis", "(");
export const RightParenthesis = punctuation("RightParenthesis", ")");
export const LeftBracket = punctuation("LeftBracket", "[");
export const RightBracket = punctuation("RightBracket", "]");

export const StringLiteral = createToken({
  name: "StringLiteral",
  pattern: /"(?:[^"\\\n\r]|\\["\\nt])*"/,
  label: "a string",
});
/**
 * A string whose line ends before its closing quote, or with an unknown escape. The parser takes it for a string, so
 * that one mistake stays one; it ends before a `{` that may open the body of a section.
 */
export const BrokenString = createToken({
  name: "BrokenString",
  pattern: /"(?:(?:[^"\\\n\r]|\\.)*"|[^\n\r{]*)/,
  label: "a string",
  categories: [StringLiteral],
});

/** Digits directly after a `.` that itself directly follows a letter, digit, `_`, `*` or `]`: `layers.0`. */
function matchIndex(text: string, offset: number): RegExpExecArray | null {
  if (text[offset - 1] !== "." || !/[A-Za-z0-9_*\]]/.test(text[offset - 2] ?? "")) return null;
  const digits = /[0-9]+/y;
  digits.lastIndex = offset;
  return digits.exec(text);
}

export const Index = createToken({
  name: "Index",
  pattern: matchIndex,
  start_chars_hint: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  line_breaks: false,
  label: "an index",
});
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  pattern: /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/,
  label: "a number",
});

function reserved(text: string, ...categories: TokenType[]): TokenType {
  return createToken({
    name: `Reserved_${text}`,
    pattern: text,
    label: `\`${text}\``,
    categories,
  });
}

export const And = reserved("and", BinaryOperator);
export const As = reserved("as");
export const At = reserved("at");
export const Every = reserved("every");
export const False = reserved("false");
export const From = reserved("from");
export const Import = reserved("import");
export const In = reserved("in");
export const Input = reserved("input");
export const Not = reserved("not");
export const Or = reserved("or", BinaryOperator);
export const Repeat = reserved("repeat");
export const Residual = reserved("residual");
export const Return = reserved("return");
export const Shortcut = reserved("shortcut");
export const True = reserved("true");
export const Until = reserved("until");
export const When = reserved("when");
export const With = reserved("with");
export const Within = reserved("within");

/** Special only where `layout` leaves them so: at the start of a top-level line. Elsewhere they are plain names. */
function section(text: string): TokenType {
  return createToken({
    name: `Section_${text}`,
    pattern: text,
    label: `\`${text}\``,
  });
}

export const Lerac = section("lerac");
export const Experiment = section("experiment");
export const Param = section("param");
export const Dataset = section("dataset");
export const Names = section("names");
export const Curriculum = section("curriculum");
export const Block = section("block");
export const Model = section("model");
export const Train = section("train");
export const Compare = section("compare");
export const Expect = section("expect");

/** Names that are units where a unit may stand. */
export const unitNames = [
  "epochs",
  "epoch",
  "steps",
  "step",
  "samples",
  "ms",
  "min",
  "s",
  "h",
  "kHz",
  "Hz",
  "dB",
  "px",
] as const;

export const unitTokens: readonly TokenType[] = unitNames.map((text) =>
  createToken({
    name: `Unit_${text}`,
    pattern: text,
    categories: [Unit, Name],
    label: `\`${text}\``,
  }),
);

export const sectionTokens = [
  Experiment,
  Param,
  Dataset,
  Names,
  Curriculum,
  Block,
  Model,
  Train,
  Compare,
  Expect,
] as const;

export const reservedTokens = [
  And,
  As,
  At,
  Every,
  False,
  From,
  Import,
  Input,
  In,
  Not,
  Or,
  Repeat,
  Residual,
  Return,
  Shortcut,
  True,
  Until,
  When,
  Within,
  With,
] as const;

/** Words that can never be names, as written. */
export const reservedWords: readonly string[] = reservedTokens.map((token) => token.PATTERN as string);

export const allTokens: TokenType[] = [
  Name,
  Unit,
  BinaryOperator,
  WhiteSpace,
  Comment,
  NewLine,
  Arrow,
  Pipe,
  DotDot,
  Dot,
  DoubleStar,
  Star,
  EqualEqual,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  Equal,
  Plus,
  Minus,
  Slash,
  Percent,
  Question,
  Colon,
  Comma,
  LeftBrace,
  RightBrace,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  StringLiteral,
  BrokenString,
  Index,
  NumberLiteral,
  ...reservedTokens,
  Lerac,
  ...sectionTokens,
  ...unitTokens,
  Identifier,
];

const words = new Map<string, TokenType>(
  [...reservedTokens, Lerac, ...sectionTokens, ...unitTokens].map((type) => [type.PATTERN as string, type]),
);

/**
 * Tells words of the language by their text, once all of them are read as names: forty patterns more would make the
 * lexer slower to build and to run. Offsets only, as `layout` gives tokens their ends; validated by the tests, not at
 * every start.
 */
export class LeracLexer extends Lexer {
  constructor(validate = false) {
    const patterns = allTokens.filter((type) => !words.has(type.PATTERN as string));
    super(patterns, { positionTracking: "onlyOffset", skipValidations: !validate });
  }

  override tokenize(text: string): ILexingResult {
    const lexed = super.tokenize(text);
    for (const token of lexed.tokens) {
      if (token.tokenType !== Identifier) continue;
      const word = words.get(token.image);
      if (word === undefined) continue;
      token.tokenType = word;
      token.tokenTypeIdx = word.tokenTypeIdx as number;
    }
    return lexed;
  }
}

export const lexer = new LeracLexer();

export type Token = IToken;
