import { error, type Span } from "../diagnostics/index.js";
import type { Entry } from "../language/catalogue.js";
import type { OptimizerProgram } from "../program/types.js";
import type { CheckedCall } from "./calls.js";
import type { Reporter } from "./reporter.js";

/** The update rule that a checked call names; null after a reported fault. */
export function readOptimizer(call: CheckedCall<Entry>, reporter: Reporter): OptimizerProgram | null {
  const reader = new OptimizerReader(call, reporter);
  return reader.read();
}

class OptimizerReader {
  constructor(
    private readonly call: CheckedCall<Entry>,
    private readonly reporter: Reporter,
  ) {}

  read(): OptimizerProgram | null {
    const rate = this.number("rate");
    if (!(rate > 0)) return this.fault("`rate` must be above 0", "rate", "the common rate");
    const weightDecay = this.number("weight_decay");
    const { name } = this.call.entry;
    switch (name) {
      case "sgd": {
        const momentum = this.number("momentum");
        const nesterov = this.flag("nesterov");
        if (nesterov && momentum === 0) {
          return this.fault("`nesterov` needs momentum", "nesterov", "looks ahead along the momentum", [
            "add `momentum: 0.9`",
          ]);
        }
        return { kind: name, rate, momentum, nesterov, weightDecay };
      }
      case "rmsprop": {
        const [alpha, eps, momentum] = [this.number("alpha"), this.number("eps"), this.number("momentum")];
        return { kind: name, rate, alpha, eps, momentum, centered: this.flag("centered"), weightDecay };
      }
      case "adagrad":
        return { kind: name, rate, eps: this.number("eps"), initial: this.number("initial"), weightDecay };
      case "adam":
      case "adamw":
      case "adamax":
      case "lamb": {
        const [beta1, beta2, ...more] = this.call.values.betas as readonly number[];
        if (beta1 === undefined || beta2 === undefined || more.length > 0)
          return this.fault("`betas` needs two numbers from 0 to below 1", "betas", "such as [0.9, 0.999]");
        return { kind: name, rate, beta1, beta2, eps: this.number("eps"), weightDecay };
      }
      default:
        return null;
    }
  }

  private number(name: string): number {
    return this.call.values[name] as number;
  }

  private flag(name: string): boolean {
    return this.call.values[name] as boolean;
  }

  private fault(message: string, argument: string, text: string, helps: readonly string[] = []): null {
    const span: Span = this.call.spans[argument] ?? this.call.span;
    this.reporter.report(error("L0211", message, { at: { span, text }, helps }));
    return null;
  }
}
