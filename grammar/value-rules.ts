import { type CstNode, CstParser, type IParserErrorMessageProvider, type ParserMethod } from "chevrotain";
import { lookaheadWhenNeeded } from "./lookahead.js";
import { levelOf, notLevel, precedence, productLevel, rangeLevel } from "./operators.js";
import * as t from "./tokens.js";

/** LL(2). */
const maxLookahead = 2;

/** Values, calls and expressions: the part of the grammar that needs no other. */
export class ValueRules extends CstParser {
  /**
   * @param recovers whether it goes on behind a mistake; for that the whole grammar is analysed once more
   * @param validate whether the grammar itself is checked
   */
  constructor(errorMessageProvider: IParserErrorMessageProvider, recovers: boolean, validate = false) {
    super(t.allTokens, {
      recoveryEnabled: recovers,
      // The tests build the parser with validation; at every start of the program it would cost 60 ms.
      skipValidations: !validate,
      maxLookahead,
      lookaheadStrategy: lookaheadWhenNeeded(maxLookahead),
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider,
    });
  }

  /** `"{" [x {NL x}] "}"`: what every pair of braces holds. `layout` drops the line ends next to the braces. */
  protected body(x: ParserMethod<[], CstNode>): void {
    this.CONSUME(t.LeftBrace);
    this.MANY_SEP9({ SEP: t.NewLine, DEF: () => this.SUBRULE9(x) });
    this.CONSUME(t.RightBrace);
  }

  values = this.RULE("values", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.value) });
  });

  value = this.RULE("value", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.glob) },
      {
        ALT: () => {
          this.SUBRULE(this.span);
          this.MANY(() => {
            this.CONSUME(t.Pipe);
            this.SUBRULE(this.call);
          });
        },
      },
    ]);
  });

  glob = this.RULE("glob", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Star) }, { ALT: () => this.CONSUME(t.DoubleStar) }]);
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.SUBRULE(this.segment);
    });
  });

  segment = this.RULE("segment", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Index) },
      { ALT: () => this.CONSUME(t.Star) },
      { ALT: () => this.CONSUME(t.DoubleStar) },
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.SUBRULE(this.operation, { ARGS: [rangeLevel] });
          this.CONSUME(t.RightBracket);
        },
      },
    ]);
  });

  call = this.RULE("call", () => {
    this.CONSUME1(t.Name);
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.CONSUME2(t.Name);
    });
    this.OPTION(() => this.SUBRULE(this.arguments));
  });

  arguments = this.RULE("arguments", () => {
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(t.RightParenthesis);
  });

  argument = this.RULE("argument", () => {
    this.OPTION(() => {
      this.SUBRULE(this.key);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE(this.span);
  });

  /** Clause words may be keys (`multistep(at: …)`): a key is always followed by a colon. */
  key = this.RULE("key", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.At) },
      { ALT: () => this.CONSUME(t.Until) },
      { ALT: () => this.CONSUME(t.Every) },
    ]);
  });

  span = this.RULE("span", () => {
    this.SUBRULE1(this.ternary);
    this.OPTION(() => {
      this.CONSUME(t.Arrow);
      this.SUBRULE2(this.ternary);
    });
  });

  ternary = this.RULE("ternary", () => {
    this.SUBRULE(this.operation);
    this.OPTION(() => {
      this.CONSUME(t.Question);
      this.SUBRULE1(this.ternary);
      this.CONSUME(t.Colon);
      this.SUBRULE2(this.ternary);
    });
  });

  /**
   * Operands with operators between them that bind at least as tightly as `loosest` says (`precedence`). One rule for all
   * levels, as a rule for each would make nine nodes of every plain number.
   */
  operation = this.RULE("operation", (loosest = 0) => {
    // What was read up to here can be a left operand of operators up to this level.
    let tightest = precedence.length;
    this.OR1([
      {
        GATE: () => loosest <= notLevel,
        ALT: () => {
          this.CONSUME(t.Not);
          this.SUBRULE1(this.operation, { ARGS: [notLevel + 1] });
          tightest = notLevel - 1;
        },
      },
      { ALT: () => this.SUBRULE(this.operand) },
    ]);
    this.MANY({
      GATE: () => {
        const level = levelOf(this.LA(1));
        return loosest <= level && level <= tightest;
      },
      DEF: () =>
        this.OR2([
          {
            // The unit closes its product.
            ALT: () => {
              this.CONSUME(t.Unit);
              tightest = productLevel - 1;
            },
          },
          {
            ALT: () => {
              const level = levelOf(this.CONSUME(t.BinaryOperator));
              this.SUBRULE2(this.operation, { ARGS: [level + 1] });
              tightest = precedence[level]?.chains ? level : level - 1;
            },
          },
        ]),
    });
  });

  operand = this.RULE("operand", () => {
    this.OR1([
      {
        ALT: () => {
          this.CONSUME(t.Minus);
          this.SUBRULE(this.operand);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.NumberLiteral);
          this.OPTION(() => this.CONSUME(t.Percent));
        },
      },
      { ALT: () => this.CONSUME(t.StringLiteral) },
      { ALT: () => this.CONSUME(t.True) },
      { ALT: () => this.CONSUME(t.False) },
      { ALT: () => this.CONSUME(t.In) },
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.group) },
    ]);
    this.MANY(() => {
      this.OR2([
        {
          ALT: () => {
            this.CONSUME(t.Dot);
            this.SUBRULE(this.segment);
          },
        },
        { ALT: () => this.SUBRULE(this.arguments) },
      ]);
    });
  });

  list = this.RULE("list", () => {
    this.CONSUME(t.LeftBracket);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.span) });
    this.CONSUME(t.RightBracket);
  });

  group = this.RULE("group", () => {
    this.CONSUME(t.LeftParenthesis);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.value) });
    this.CONSUME(t.RightParenthesis);
  });
}
