import { type CstNode, CstParser, type IParserErrorMessageProvider, type ParserMethod } from "chevrotain";
import { lookaheadWhenNeeded } from "./lookahead.js";
import { levelOf, notLevel, precedence, productLevel, rangeLevel, sumLevel } from "./operators.js";
import * as t from "./tokens.js";

/** LL(2). */
const maxLookahead = 2;

/**
 * The grammar, rule for rule as `README.md` shows it. It accepts a superset of the language (a span in an argument, a
 * wildcard in a sum); the checker says what is wrong there, in better words than a parser could. No semantics and no
 * messages here.
 */
export class LeracParser extends CstParser {
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
    this.performSelfAnalysis();
  }

  /** `"{" [x {NL x}] "}"`: what every pair of braces holds. `layout` drops the line ends next to the braces. */
  private body(x: ParserMethod<[], CstNode>): void {
    this.CONSUME(t.LeftBrace);
    this.MANY_SEP9({ SEP: t.NewLine, DEF: () => this.SUBRULE9(x) });
    this.CONSUME(t.RightBrace);
  }

  // ---- file ----

  file = this.RULE("file", () => {
    this.OPTION(() => this.SUBRULE(this.version));
    this.MANY(() => this.SUBRULE(this.item));
  });

  version = this.RULE("version", () => {
    this.CONSUME(t.Lerac);
    this.CONSUME(t.NumberLiteral);
    this.CONSUME(t.NewLine);
  });

  item = this.RULE("item", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importItem) },
      { ALT: () => this.SUBRULE(this.experiment) },
      { ALT: () => this.SUBRULE(this.param) },
      { ALT: () => this.SUBRULE(this.dataset) },
      { ALT: () => this.SUBRULE(this.curriculum) },
      { ALT: () => this.SUBRULE(this.block) },
      { ALT: () => this.SUBRULE(this.model) },
      { ALT: () => this.SUBRULE(this.train) },
      { ALT: () => this.SUBRULE(this.compare) },
      { ALT: () => this.SUBRULE(this.expect) },
    ]);
    this.CONSUME(t.NewLine);
  });

  importItem = this.RULE("importItem", () => {
    this.CONSUME(t.Import);
    this.OR([
      { ALT: () => this.CONSUME(t.StringLiteral) },
      {
        ALT: () => {
          this.CONSUME1(t.Name);
          this.MANY(() => {
            this.CONSUME(t.Dot);
            this.CONSUME2(t.Name);
          });
        },
      },
    ]);
    this.OPTION(() => {
      this.CONSUME(t.As);
      this.CONSUME3(t.Name, { LABEL: "alias" });
    });
  });

  experiment = this.RULE("experiment", () => {
    this.CONSUME(t.Experiment);
    this.CONSUME(t.StringLiteral);
    this.SUBRULE(this.settings);
  });

  param = this.RULE("param", () => {
    this.CONSUME(t.Param);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equal);
    this.SUBRULE(this.span);
  });

  dataset = this.RULE("dataset", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Dataset) }, { ALT: () => this.CONSUME(t.Names) }]);
    this.CONSUME(t.Name);
    this.SUBRULE(this.settings);
  });

  curriculum = this.RULE("curriculum", () => {
    this.CONSUME(t.Curriculum);
    this.CONSUME1(t.Name);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.CONSUME2(t.Name, { LABEL: "kindName" });
    });
    this.SUBRULE(this.settings);
  });

  block = this.RULE("block", () => {
    this.CONSUME(t.Block);
    this.CONSUME1(t.Name);
    this.OPTION1(() => this.SUBRULE(this.params));
    this.OPTION2(() => {
      this.CONSUME(t.From);
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => this.CONSUME2(t.Name, { LABEL: "blockInput" }),
      });
    });
    this.SUBRULE(this.statements);
  });

  model = this.RULE("model", () => {
    this.CONSUME(t.Model);
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.params));
    this.SUBRULE(this.statements);
  });

  params = this.RULE("params", () => {
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RightParenthesis);
  });

  parameter = this.RULE("parameter", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(t.Equal);
      this.SUBRULE(this.ternary);
    });
  });

  train = this.RULE("train", () => {
    this.CONSUME(t.Train);
    this.SUBRULE(this.settings);
  });

  compare = this.RULE("compare", () => {
    this.CONSUME(t.Compare);
    this.body(this.arm);
  });

  arm = this.RULE("arm", () => {
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE1(this.call);
    this.MANY(() => {
      this.CONSUME(t.Plus);
      this.SUBRULE2(this.call);
    });
  });

  expect = this.RULE("expect", () => {
    this.CONSUME(t.Expect);
    this.body(this.claim);
  });

  claim = this.RULE("claim", () => {
    this.SUBRULE(this.operation);
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Within);
            this.SUBRULE1(this.operation, { LABEL: "tolerance", ARGS: [sumLevel] });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.With);
            this.CONSUME(t.Name);
            this.CONSUME(t.Less);
            this.SUBRULE2(this.operation, { LABEL: "level", ARGS: [sumLevel] });
          },
        },
      ]);
    });
  });

  // ---- settings ----

  settings = this.RULE("settings", () => {
    this.body(this.setting);
  });

  setting = this.RULE("setting", () => {
    this.OR1([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME1(t.At) },
      { ALT: () => this.CONSUME1(t.Until) },
      { ALT: () => this.CONSUME1(t.Every) },
    ]);
    this.OPTION(() => this.SUBRULE(this.values));
    this.MANY(() => this.SUBRULE(this.clause));
  });

  clause = this.RULE("clause", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.At) },
      { ALT: () => this.CONSUME(t.Until) },
      { ALT: () => this.CONSUME(t.Every) },
      { ALT: () => this.CONSUME(t.From) },
    ]);
    this.SUBRULE(this.values);
  });

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

  // ---- models ----

  statements = this.RULE("statements", () => {
    this.body(this.statement);
  });

  statement = this.RULE("statement", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.inputStatement) },
      { ALT: () => this.SUBRULE(this.returnStatement) },
      { ALT: () => this.SUBRULE(this.layerStatement) },
    ]);
  });

  inputStatement = this.RULE("inputStatement", () => {
    this.CONSUME(t.Input);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.inputTensor) });
  });

  inputTensor = this.RULE("inputTensor", () => {
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE(this.call);
  });

  returnStatement = this.RULE("returnStatement", () => {
    this.CONSUME(t.Return);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name) });
  });

  layerStatement = this.RULE("layerStatement", () => {
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE(this.layer);
  });

  layer = this.RULE("layer", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.repeat) },
      { ALT: () => this.SUBRULE(this.residual) },
      { ALT: () => this.SUBRULE(this.when) },
      {
        ALT: () => {
          this.SUBRULE(this.call);
          this.OPTION(() => this.SUBRULE(this.from));
        },
      },
    ]);
  });

  repeat = this.RULE("repeat", () => {
    this.CONSUME(t.Repeat);
    this.SUBRULE(this.operation);
    this.OPTION1(() => {
      this.CONSUME(t.As);
      this.CONSUME(t.Name);
    });
    this.OPTION2(() => this.SUBRULE(this.from));
    this.SUBRULE(this.statements);
  });

  residual = this.RULE("residual", () => {
    this.CONSUME(t.Residual);
    this.SUBRULE1(this.statements);
    this.OPTION1(() => {
      this.CONSUME(t.Shortcut);
      this.OPTION2(() => {
        this.CONSUME(t.When);
        this.SUBRULE(this.ternary);
      });
      this.SUBRULE2(this.statements, { LABEL: "shortcutBody" });
    });
  });

  when = this.RULE("when", () => {
    this.CONSUME(t.When);
    this.SUBRULE(this.ternary);
    this.SUBRULE(this.statements);
  });

  from = this.RULE("from", () => {
    this.CONSUME(t.From);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.address) });
  });

  address = this.RULE("address", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.In) }]);
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

  // ---- calls and expressions ----

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
