import type { IParserErrorMessageProvider } from "chevrotain";
import { ModelRules } from "./model-rules.js";
import { sumLevel } from "./operators.js";
import * as t from "./tokens.js";

/**
 * The grammar, rule for rule as `README.md` shows it. It accepts a superset of the language (a span in an argument, a
 * wildcard in a sum); the checker says what is wrong there, in better words than a parser could. No semantics and no
 * messages here. Files and sections; `model-rules.ts` and `value-rules.ts` have the rest.
 */
export class LeracParser extends ModelRules {
  /**
   * @param recovers whether it goes on behind a mistake; for that the whole grammar is analysed once more
   * @param validate whether the grammar itself is checked
   */
  constructor(errorMessageProvider: IParserErrorMessageProvider, recovers: boolean, validate = false) {
    super(errorMessageProvider, recovers, validate);
    this.performSelfAnalysis();
  }

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
}
