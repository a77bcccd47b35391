import { error } from "../diagnostics/index.js";
import { transforms } from "../language/data.js";
import type { TransformProgram } from "../program/types.js";
import type { CallExpression } from "../syntax/index.js";
import { checkCall } from "./calls.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";

/** Transforms of a pipeline in the program's form. */
export function checkTransform(
  stage: CallExpression,
  split: string,
  evaluator: Evaluator,
  reporter: Reporter,
): TransformProgram | null {
  const call = checkCall(stage, transforms, "a transform", evaluator, reporter);
  if (call === null) return null;
  if (call.entry.random && split !== "train") {
    reporter.report(
      error(
        "L0312",
        `\`${call.entry.name}\` is random, and \`${split}\` must be measured the same every time`,
        {
          at: { span: call.span, text: "allowed in `train` only" },
          helps: [`leave it out of \`${split}\``],
        },
      ),
    );
    return null;
  }
  const { values } = call;
  switch (call.entry.name) {
    case "shift":
      return { kind: "shift", pixels: values.pixels as number };
    case "resize":
      return { kind: "resize", height: values.height as number, width: values.width as number };
    default:
      return { kind: "flip" };
  }
}
