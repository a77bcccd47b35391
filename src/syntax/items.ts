import type { CstNode } from "chevrotain";
import { type Diagnostic, joinSpans, type SourceFile, type Span } from "../diagnostics/index.js";
import type { Arm, Claim, Clause, Item, Name, Parameter, Setting } from "./ast.js";
import { inOrder, isNode, node, nodes, spanOfNode, spanOfToken, token, tokens } from "./cst.js";
import { all, ExpressionBuilder } from "./expressions.js";
import { StatementBuilder } from "./statements.js";

/** Sections of the concrete tree to those of the abstract one; what recovery left incomplete is left out. */
export class ItemBuilder {
  private readonly expressions: ExpressionBuilder;
  private readonly statements: StatementBuilder;

  constructor(private readonly source: SourceFile) {
    this.expressions = new ExpressionBuilder(source);
    this.statements = new StatementBuilder(this.expressions);
  }

  /** What the grammar let pass and the tree can't hold, as far as items were built. */
  get faults(): readonly Diagnostic[] {
    return this.expressions.faults;
  }

  item(cst: CstNode): Item | null {
    const child = inOrder(cst).find(isNode);
    if (child === undefined) return null;
    const span = spanOfNode(this.source, child);
    switch (child.name) {
      case "importItem":
        return this.importItem(child, span);
      case "experiment": {
        const title = token(child, "StringLiteral");
        const keyword = this.keyword(child, "Section_experiment");
        if (title === null || keyword === null) return null;
        return {
          kind: "experiment",
          keyword,
          title: this.expressions.string(title),
          settings: this.settings(child),
          span,
        };
      }
      case "param": {
        const name = this.name(child);
        const value = this.expressions.span(node(child, "span"));
        return name && value && { kind: "param", name, value, span };
      }
      case "dataset": {
        const name = this.name(child);
        const kind = token(child, "Section_names") === null ? "dataset" : "names";
        return name && { kind, name, settings: this.settings(child), span };
      }
      case "curriculum": {
        const name = this.name(child);
        const kindName = token(child, "kindName");
        return (
          name && {
            kind: "curriculum",
            name,
            kindName: kindName && this.expressions.name(kindName),
            settings: this.settings(child),
            span,
          }
        );
      }
      case "block": {
        const name = this.name(child);
        const body = this.statements.body(node(child, "statements"));
        const inputs = tokens(child, "blockInput").map((input) => this.expressions.name(input));
        return name && body && { kind: "block", name, params: this.params(child), inputs, body, span };
      }
      case "model": {
        const name = this.name(child);
        const body = this.statements.body(node(child, "statements"));
        return name && body && { kind: "model", name, params: this.params(child), body, span };
      }
      case "train": {
        const keyword = this.keyword(child, "Section_train");
        return keyword && { kind: "train", keyword, settings: this.settings(child), span };
      }
      case "compare": {
        const keyword = this.keyword(child, "Section_compare");
        const arms = nodes(child, "arm").flatMap((arm) => this.arm(arm) ?? []);
        return keyword && { kind: "compare", keyword, arms, span };
      }
      case "expect": {
        const keyword = this.keyword(child, "Section_expect");
        const claims = nodes(child, "claim").flatMap((claim) => this.claim(claim) ?? []);
        return keyword && { kind: "expect", keyword, claims, span };
      }
      default:
        return null;
    }
  }

  private importItem(cst: CstNode, span: Span): Item | null {
    const string = token(cst, "StringLiteral");
    const alias = token(cst, "alias");
    const names = tokens(cst, "Name").map((name) => this.expressions.name(name));
    if (string === null && names.length === 0) return null;
    return {
      kind: "import",
      target: string === null ? names : this.expressions.string(string),
      alias: alias && this.expressions.name(alias),
      span,
    };
  }

  private name(cst: CstNode): Name | null {
    const found = token(cst, "Name");
    return found && this.expressions.name(found);
  }

  private keyword(cst: CstNode, tokenName: string): Span | null {
    const found = token(cst, tokenName);
    return found && spanOfToken(this.source, found);
  }

  private params(cst: CstNode): readonly Parameter[] {
    const list = node(cst, "params");
    if (list === null) return [];
    return nodes(list, "parameter").flatMap((parameter) => {
      const name = this.name(parameter);
      const valueNode = node(parameter, "ternary");
      const value = this.expressions.ternary(valueNode);
      if (name === null || (valueNode !== null && value === null)) return [];
      return { name, value, span: spanOfNode(this.source, parameter) };
    });
  }

  private settings(cst: CstNode): readonly Setting[] {
    const body = node(cst, "settings");
    return body === null ? [] : nodes(body, "setting").flatMap((setting) => this.setting(setting) ?? []);
  }

  private setting(cst: CstNode): Setting | null {
    const first = inOrder(cst)[0];
    if (first === undefined || isNode(first)) return null;
    const values = this.expressions.values(node(cst, "values"));
    const clauses = all(nodes(cst, "clause").map((clause) => this.clause(clause)));
    if (values === null || clauses === null) return null;
    return { head: this.expressions.name(first), values, clauses, span: spanOfNode(this.source, cst) };
  }

  private clause(cst: CstNode): Clause | null {
    const word = inOrder(cst)[0];
    const values = this.expressions.values(node(cst, "values"));
    if (word === undefined || isNode(word) || values === null) return null;
    return { word: this.expressions.name(word), values, span: spanOfNode(this.source, cst) };
  }

  private arm(cst: CstNode): Arm | null {
    const calls = all(nodes(cst, "call").map((call) => this.expressions.call(call)));
    if (calls === null || calls.length === 0) return null;
    return { label: this.name(cst), calls, span: spanOfNode(this.source, cst) };
  }

  private claim(cst: CstNode): Claim | null {
    const condition = this.expressions.operation(node(cst, "operation"));
    if (condition === null) return null;
    const tolerance = node(cst, "tolerance");
    const within = tolerance && this.expressions.operation(tolerance);
    const levelNode = node(cst, "level");
    const below = levelNode && this.expressions.operation(levelNode);
    const name = this.name(cst);
    if (
      (tolerance !== null && within === null) ||
      (levelNode !== null && (below === null || name === null))
    ) {
      return null;
    }
    const claimWith = name !== null && below !== null ? { name, below } : null;
    const end = within?.span ?? below?.span ?? condition.span;
    return { condition, within, with: claimWith, span: joinSpans(condition.span, end) };
  }
}
