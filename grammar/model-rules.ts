import * as t from "./tokens.js";
import { ValueRules } from "./value-rules.js";

/** What stands in models and blocks: parameters, layers, graphs. */
export class ModelRules extends ValueRules {
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
}
