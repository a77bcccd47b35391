import { formatCount } from "../../base/format.js";
import { error, type Span } from "../../diagnostics/index.js";
import type { Body, Layer, LayerStatement } from "../../syntax/index.js";
import { calleeSpan } from "../calls.js";
import type { Environment } from "../environment.js";
import type { Module } from "../imports/module.js";
import type { Reporter } from "../reporter.js";
import { isTooLarge, type LeastSize, SizeEstimate } from "./size-estimate.js";

/** Whether a body would pass the limits of expansion; then that is reported, and nothing is to be expanded. */
export function isBomb(
  body: Body,
  environment: Environment,
  module: Module,
  name: Span,
  reporter: Reporter,
): boolean {
  const estimate = new SizeEstimate();
  const size = estimate.body(body, environment, module);
  if (!isTooLarge(size)) return false;
  const culprit = body.statements
    .filter((statement): statement is LayerStatement => statement.kind === "layer")
    .find(({ layer }) => isTooLarge(estimate.layer(layer, environment, module)));
  if (culprit === undefined) report(name, "this model", size, "all its layers together", reporter);
  else reportBomb(culprit.layer, environment, module, reporter);
  return true;
}

/** Whether one line would by itself. */
export function isBombLayer(
  layer: Layer,
  environment: Environment,
  module: Module,
  reporter: Reporter,
): boolean {
  if (!isTooLarge(new SizeEstimate().layer(layer, environment, module))) return false;
  reportBomb(layer, environment, module, reporter);
  return true;
}

function reportBomb(layer: Layer, environment: Environment, module: Module, reporter: Reporter): void {
  const estimate = new SizeEstimate();
  const size = estimate.layer(layer, environment, module);
  switch (layer.kind) {
    case "repeat": {
      const span = { ...layer.keyword, end: layer.count.span.end };
      report(span, "this `repeat`", size, estimate.factors(layer, environment, module), reporter);
      break;
    }
    case "call":
      report(calleeSpan(layer.call), "this call", size, "blocks within blocks", reporter);
      break;
    default:
      report({ ...layer.body.span, start: layer.span.start }, "this line", size, "all below it", reporter);
  }
}

function report(span: Span, what: string, size: LeastSize, text: string, reporter: Reporter): void {
  const { layers, steps } = size;
  const many = layers > 20_000;
  const message = many
    ? `${what} would make ${digits(layers)} layers; the limit is 20,000`
    : `${what} would go through ${digits(steps)} lines; the limit is 100,000`;
  reporter.report(
    error("L0025", message, {
      at: { span, text: many ? text : "most of them make no layer" },
      notes: ["nothing was expanded"],
    }),
  );
}

function digits(n: number): string {
  return n <= 1e15 ? formatCount(n) : "more than 10^15";
}
