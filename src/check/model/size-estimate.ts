import { formatCount } from "../../base/format.js";
import { operators } from "../../language/operators/index.js";
import type { BlockItem, Body, CallExpression, Layer, RepeatLayer } from "../../syntax/index.js";
import { calleeText } from "../calls.js";
import { type Environment, emptyEnvironment, scope } from "../environment.js";
import { Evaluator } from "../evaluate.js";
import { findMember } from "../imports/members.js";
import type { Module } from "../imports/module.js";
import { Reporter } from "../reporter.js";
import { maximumLayers, maximumSteps } from "./checked-model.js";
import { bindParameters } from "./parameters.js";

/** What a line makes at least: layers, and lines gone through on the way. */
export interface LeastSize {
  readonly layers: number;
  readonly steps: number;
}

const nothing: LeastSize = { layers: 0, steps: 0 };
/** Lines that one estimate looks at; beyond, it counts nothing more and stays a lower bound. */
const maximumLooks = 5000;

export function isTooLarge({ layers, steps }: LeastSize): boolean {
  return layers > maximumLayers || steps > maximumSteps;
}

/**
 * How large a model gets at least, without expanding it: enough to refuse a bomb before it goes off. Counts and
 * conditions that hang on shapes are not known yet and count as nothing.
 */
export class SizeEstimate {
  readonly #blocks = new Map<string, LeastSize>();
  readonly #numbers = new Map<BlockItem, number>();
  readonly #calling = new Set<BlockItem>();
  #looks = 0;

  layer(layer: Layer, environment: Environment, module: Module): LeastSize {
    if (++this.#looks > maximumLooks) return nothing;
    switch (layer.kind) {
      case "repeat": {
        const times = timesOf(layer, environment);
        const once = this.body(layer.body, environment, module);
        return { layers: times * once.layers, steps: 1 + times * Math.max(1, once.steps) };
      }
      case "residual": {
        const { layers, steps } = this.body(layer.body, environment, module);
        return { layers: layers + 1, steps: steps + 1 };
      }
      case "when": {
        const holds = new Evaluator(new Reporter(), environment).boolean(layer.condition);
        const { layers, steps } = holds === true ? this.body(layer.body, environment, module) : nothing;
        return { layers, steps: steps + 1 };
      }
      case "call":
        if (operators.has(calleeText(layer.call))) return { layers: 1, steps: 1 };
        return this.#call(layer.call, environment, module);
    }
  }

  body(body: Body, environment: Environment, module: Module): LeastSize {
    let layers = 0;
    let steps = 0;
    for (const statement of body.statements) {
      if (statement.kind !== "layer") continue;
      const size = this.layer(statement.layer, environment, module);
      layers += size.layers;
      steps += size.steps;
    }
    return { layers, steps };
  }

  /** The product that explains a loop: "1,000 x 1,000 x 1 layer". */
  factors(layer: RepeatLayer, environment: Environment, module: Module): string {
    const times = formatCount(timesOf(layer, environment));
    const [only, ...others] = layer.body.statements;
    if (only?.kind === "layer" && only.layer.kind === "repeat" && others.length === 0) {
      return `${times} x ${this.factors(only.layer, environment, module)}`;
    }
    const { layers } = this.body(layer.body, environment, module);
    return `${times} x ${formatCount(layers)} layer${layers === 1 ? "" : "s"}`;
  }

  #call(call: CallExpression, environment: Environment, module: Module): LeastSize {
    const found = findMember("block", call.callee, module);
    if (found === null || found === "silent" || !("item" in found)) return nothing;
    const block = found.item;
    if (this.#calling.has(block)) return nothing;
    const reporter = new Reporter();
    const values = bindParameters(block, call, new Evaluator(reporter, environment), reporter);
    const key = `${this.#numberOf(block)} ${values === null ? "" : JSON.stringify([...values.values()], plain)}`;
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    this.#calling.add(block);
    const { layers, steps } = this.body(
      block.body,
      values === null ? emptyEnvironment : scope(values),
      found.module,
    );
    this.#calling.delete(block);
    const size = { layers, steps: steps + 1 };
    this.#blocks.set(key, size);
    return size;
  }

  #numberOf(block: BlockItem): number {
    const number = this.#numbers.get(block) ?? this.#numbers.size;
    this.#numbers.set(block, number);
    return number;
  }
}

function timesOf(layer: RepeatLayer, environment: Environment): number {
  const count = new Evaluator(new Reporter(), environment).number(layer.count);
  return count === null || count.unit !== null || !(count.value > 0) ? 0 : Math.floor(count.value);
}

/** Values as a key: places don't matter. */
function plain(key: string, value: unknown): unknown {
  return key === "span" ? undefined : value;
}
