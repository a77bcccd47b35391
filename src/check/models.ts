import { error } from "../diagnostics/index.js";
import type { CallExpression, Name } from "../syntax/index.js";
import { calleeSpan, calleeText } from "./calls.js";
import { type Environment, scope } from "./environment.js";
import { evaluateParams } from "./file-scope.js";
import { type Found, findMember, type Members } from "./imports/members.js";
import type { Module } from "./imports/module.js";
import { type CheckedModel, expandModel } from "./model/index.js";
import { Reporter } from "./reporter.js";

/** The models that a file can name: its own, and those of what it imports. */
export class Models {
  /** Own models with their defaults; null where one has faults. One that needs arguments is not among them. */
  readonly own = new Map<string, CheckedModel | null>();

  constructor(
    private readonly module: Module,
    private readonly params: Environment,
    private readonly reporter: Reporter,
  ) {
    for (const [name, item] of module.scope.models) {
      if (module.scope.isBroken(item)) this.own.set(name, null);
      if (this.own.has(name) || item.params.some((parameter) => parameter.value === null)) continue;
      this.own.set(name, this.#expand({ item, module }, bareCall(item.name)));
    }
  }

  /** The only model of the file, which needs no name; null where there are none or several, or it has faults. */
  sole(): CheckedModel | null {
    const [item, ...others] = this.module.scope.models.values();
    return item === undefined || others.length > 0 ? null : (this.find(bareCall(item.name)) ?? null);
  }

  /** A model by a call of it; null after a reported fault, undefined when there is none of the name. */
  find(call: CallExpression): CheckedModel | null | undefined {
    const found = findMember("model", call.callee, this.module);
    if (found === null) return undefined;
    if (found === "silent") return null;
    if (!("item" in found)) {
      this.reporter.report(found);
      return null;
    }
    const { item, module } = found;
    if (module.scope.isBroken(item)) return null;
    const known =
      module === this.module && call.arguments.length === 0 ? this.own.get(item.name.text) : undefined;
    return known === undefined ? this.#expand(found, call) : known;
  }

  #expand(found: Found<Members["model"]>, call: CallExpression): CheckedModel | null {
    if (found.module === this.module) {
      return expandModel(found, call, { caller: this.params, own: this.params }, this.reporter);
    }
    const { environment, used } = watchedParams(found.module);
    const model = expandModel(found, call, { caller: this.params, own: environment }, this.reporter);
    const [first] = used;
    if (first === undefined) return model;
    const name = found.item.name.text;
    this.reporter.report(
      error("L0243", `\`${calleeText(call)}\` can't be imported: it uses \`param ${first}\` of its file`, {
        at: { span: calleeSpan(call), text: "imported" },
        notes: ["`--set` reaches the params of the file that is compiled, and no others"],
        helps: [`make it a parameter of the model there: \`model ${name}(${first} = …)\``],
      }),
    );
    return null;
  }
}

/** The params of another file at their defaults, and which of them were asked for. */
function watchedParams(module: Module): { readonly environment: Environment; readonly used: Set<string> } {
  const used = new Set<string>();
  const params = scope(evaluateParams(module.scope, new Map(), new Reporter()));
  const lookup = (name: string) => {
    const value = params.lookup(name);
    if (value !== undefined) used.add(name);
    return value;
  };
  return { environment: { lookup, names: () => params.names() }, used };
}

function bareCall(name: Name): CallExpression {
  return { kind: "call", callee: [name], arguments: [], span: name.span };
}
