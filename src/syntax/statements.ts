import type { CstNode } from "chevrotain";
import type { Body, Layer, Name, Statement } from "./ast.js";
import { node, nodes, spanOfNode, spanOfToken, token, tokens } from "./cst.js";
import type { ExpressionBuilder } from "./expressions.js";

/** Bodies of models and blocks: concrete tree to abstract one. Incomplete statements are left out. */
export class StatementBuilder {
  constructor(private readonly expressions: ExpressionBuilder) {}

  body(cst: CstNode | null): Body | null {
    if (cst === null) return null;
    const statements = nodes(cst, "statement").flatMap((statement) => this.statement(statement) ?? []);
    return { statements, span: spanOfNode(this.expressions.source, cst) };
  }

  private statement(cst: CstNode): Statement | null {
    const span = spanOfNode(this.expressions.source, cst);
    const input = node(cst, "inputStatement");
    if (input !== null) {
      const inputs = nodes(input, "inputTensor").flatMap((tensor) => {
        const call = this.expressions.call(node(tensor, "call"));
        return call === null ? [] : [{ name: this.name(tensor), call }];
      });
      return inputs.length === 0 ? null : { kind: "input", inputs, span };
    }
    const returned = node(cst, "returnStatement");
    if (returned !== null) {
      const names = tokens(returned, "Name").map((name) => this.expressions.name(name));
      return names.length === 0 ? null : { kind: "return", names, span };
    }
    const statement = node(cst, "layerStatement");
    const layerNode = statement && node(statement, "layer");
    const layer = layerNode && this.layer(layerNode);
    return layer && statement && { kind: "layer", label: this.name(statement), layer, span };
  }

  private layer(cst: CstNode): Layer | null {
    const { source } = this.expressions;
    const span = spanOfNode(source, cst);
    const repeat = node(cst, "repeat");
    if (repeat !== null) {
      const count = this.expressions.operation(node(repeat, "operation"));
      const body = this.body(node(repeat, "statements"));
      const from = this.expressions.paths(node(repeat, "from"));
      const keyword = token(repeat, "Reserved_repeat");
      if (count === null || body === null || from === null || keyword === null) return null;
      const variable = this.name(repeat);
      return { kind: "repeat", keyword: spanOfToken(source, keyword), count, variable, from, body, span };
    }
    const residual = node(cst, "residual");
    if (residual !== null) return this.residual(residual, span);
    const when = node(cst, "when");
    if (when !== null) {
      const condition = this.expressions.ternary(node(when, "ternary"));
      const body = this.body(node(when, "statements"));
      return condition && body && { kind: "when", condition, body, span };
    }
    const call = this.expressions.call(node(cst, "call"));
    const from = this.expressions.paths(node(cst, "from"));
    return call && from && { kind: "call", call, from, span };
  }

  private residual(cst: CstNode, span: Layer["span"]): Layer | null {
    const keyword = token(cst, "Reserved_residual");
    const body = this.body(node(cst, "statements"));
    if (keyword === null || body === null) return null;
    const head = {
      kind: "residual" as const,
      keyword: spanOfToken(this.expressions.source, keyword),
      body,
      span,
    };
    if (token(cst, "Reserved_shortcut") === null) return { ...head, shortcut: null };
    const conditionNode = node(cst, "ternary");
    const condition = this.expressions.ternary(conditionNode);
    const shortcut = this.body(node(cst, "shortcutBody"));
    if (shortcut === null || (conditionNode !== null && condition === null)) return null;
    return { ...head, shortcut: { condition, body: shortcut } };
  }

  private name(cst: CstNode): Name | null {
    const found = token(cst, "Name");
    return found && this.expressions.name(found);
  }
}
