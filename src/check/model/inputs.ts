import { suggest } from "../../base/suggest.js";
import { error } from "../../diagnostics/index.js";
import { inputKinds } from "../../language/inputs.js";
import type { ModelItem } from "../../syntax/index.js";
import { bindArguments } from "../arguments.js";
import { calleeSpan, calleeText } from "../calls.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import type { ModelInput } from "./checked-model.js";

/** What a model says in its first line that it takes; null after a reported fault. */
export function readInputs(
  model: ModelItem,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly ModelInput[] | null {
  const [first] = model.body.statements;
  if (first?.kind !== "input") {
    reporter.report(
      error("L0228", `model \`${model.name.text}\` does not say what it takes`, {
        at: { span: model.name.span, text: "no `input`" },
        helps: ["begin it with a line such as `input image(28, 28, 1)`"],
      }),
    );
    return null;
  }
  const inputs: ModelInput[] = [];
  for (const { name, call } of first.inputs) {
    const kindName = calleeText(call);
    const kind = inputKinds.get(kindName);
    if (kind === undefined) {
      const near = suggest(kindName, inputKinds.keys());
      const span = calleeSpan(call);
      reporter.report(
        error("L0201", `there is no input called \`${kindName}\``, {
          at: { span, text: "not a kind of input" },
          notes: near.length > 0 ? [] : [`inputs are ${[...inputKinds.keys()].join(", ")}`],
          helps: near
            .slice(0, 1)
            .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
        }),
      );
      return null;
    }
    const bound = bindArguments(call, kind.arguments, evaluator, reporter);
    if (bound === null) return null;
    const called = name?.text ?? kind.name;
    if (inputs.some((input) => input.name === called)) {
      reporter.report(
        error("L0221", `two inputs are called \`${called}\``, {
          at: { span: name?.span ?? call.span, text: "called so again" },
          helps: name === null ? [`give each a name: \`first: ${kind.name}(…)\``] : ["choose another name"],
        }),
      );
      return null;
    }
    inputs.push({
      name: called,
      named: name !== null,
      kind: kind.name,
      shape: kind.shape(bound.values),
      span: call.span,
    });
  }
  return inputs;
}
