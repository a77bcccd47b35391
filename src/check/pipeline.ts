import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import { type TransformEntry, transforms } from "../language/data.js";
import { describeKind, describeSample, type Sample } from "../language/samples.js";
import { isUnfit } from "../language/transforms/index.js";
import type { TransformProgram } from "../program/types.js";
import type { CallExpression, Expression, Setting } from "../syntax/index.js";
import { asCall, type CheckedCall, calleeSpan, calleeText, checkCall } from "./calls.js";
import { isDataPath } from "./data-path.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { onlyValue } from "./settings.js";

export type Stage = CheckedCall<TransformEntry>;

/** What flows through a pipeline, and where it was made. */
export interface Flow {
  readonly sample: Sample;
  readonly span: Span;
}

/** `features` or `tokens` of a dataset: transforms that every split goes through. */
export interface CommonStages {
  readonly name: string;
  readonly stages: readonly Stage[];
}

/** One transform by itself; what it is given is for `follow` to say. `split` is null for what all splits share. */
export function checkStage(
  stage: Expression,
  split: string | null,
  evaluator: Evaluator,
  reporter: Reporter,
): Stage | null {
  if (reportScale(stage, reporter)) return null;
  const call = checkCall(stage, transforms, "a transform", evaluator, reporter);
  if (call === null) return null;
  const file = call.values.file;
  if (typeof file === "string" && !isDataPath(file, call.spans.file ?? call.span, reporter)) return null;
  if (!call.entry.random || split === "train") return call;
  const { name } = call.entry;
  reporter.report(
    split === null
      ? error("L0312", `\`${name}\` is random, and every split goes through this`, {
          at: { span: call.span, text: "allowed in `train` only" },
          helps: [`move it to \`train\`: \`train  split(…) |> ${name}\``],
        })
      : error("L0312", `\`${name}\` is random, and \`${split}\` must be measured the same every time`, {
          at: { span: call.span, text: "allowed in `train` only" },
          helps: [`leave it out of \`${split}\``],
        }),
  );
  return null;
}

/** `split(train) |> normalize(…)`, as other frameworks have it. */
function reportScale(stage: Expression, reporter: Reporter): boolean {
  const call = asCall(stage);
  if (call === null || suggest(calleeText(call), [...transforms.keys(), "scale"])[0] !== "scale")
    return false;
  reporter.report(
    error("L0218", `there is no transform called \`${calleeText(call)}\``, {
      at: { span: calleeSpan(call), text: "is a setting of the dataset" },
      helps: [
        "write it on a line of its own, for all splits: `scale  range(0, 1)` or `scale  standard(mean: …, std: …)`",
      ],
    }),
  );
  return true;
}

/** The transforms of `features a |> b` or `tokens a`; null after a reported fault. */
export function checkCommonStages(
  setting: Setting,
  evaluator: Evaluator,
  reporter: Reporter,
): CommonStages | null {
  const value = onlyValue(setting, reporter);
  if (value === null) return null;
  const calls = value.kind === "pipeline" ? [value.head, ...value.stages] : [value];
  const stages = calls.map((call) => checkStage(call, null, evaluator, reporter));
  return stages.includes(null) ? null : { name: setting.head.text, stages: stages as Stage[] };
}

/**
 * All stages of one split in order. `features` or `tokens` stand where the split names them, else they come first.
 */
export function stagesOf(
  calls: readonly CallExpression[],
  split: string,
  common: CommonStages | null,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly Stage[] | null {
  const named = calls.some((call) => isName(call, common?.name));
  const stages: (Stage | null)[] = named || common === null ? [] : [...common.stages];
  for (const call of calls) {
    if (isName(call, common?.name)) stages.push(...(common?.stages ?? []));
    else if (isName(call, "features") || isName(call, "tokens")) {
      stages.push(null);
      const name = calleeText(call);
      reporter.report(
        error("L0313", `the dataset does not say what its \`${name}\` are`, {
          at: { span: call.span, text: "not set" },
          helps: [`add a line \`${name}  …\` to the dataset, or leave it out here`],
        }),
      );
    } else stages.push(checkStage(call, split, evaluator, reporter));
  }
  return stages.includes(null) ? null : (stages as Stage[]);
}

function isName(call: Expression, name: string | undefined): boolean {
  const callee = asCall(call);
  return (
    callee !== null && name !== undefined && callee.arguments.length === 0 && calleeText(callee) === name
  );
}

/** Sends a sample through the stages; null after a reported fault. */
export function follow(
  start: Flow,
  stages: readonly Stage[],
  reporter: Reporter,
): { readonly gives: Flow; readonly programs: readonly TransformProgram[] } | null {
  let flow = start;
  const programs: TransformProgram[] = [];
  for (const { entry, values, spans, span } of stages) {
    if (!entry.takes.includes(flow.sample.kind)) {
      reporter.report(
        error("L0313", `\`${entry.name}\` takes ${entry.takes.map(describeKind).join(" or ")}`, {
          at: { span, text: `is given ${describeSample(flow.sample)}` },
          secondary: [{ span: flow.span, text: `gives ${describeSample(flow.sample)}` }],
        }),
      );
      return null;
    }
    const result = entry.apply(flow.sample, values);
    if (isUnfit(result)) {
      const at = (result.argument !== undefined && spans[result.argument]) || span;
      reporter.report(
        error("L0313", result.message, {
          at: { span: at, text: result.label },
          helps: result.helps ?? [],
        }),
      );
      return null;
    }
    flow = { sample: result.gives, span };
    programs.push({ kind: entry.name, ...values, ...result.resolved } as unknown as TransformProgram);
  }
  return { gives: flow, programs };
}
