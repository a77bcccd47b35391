import { printable } from "../../base/format.js";
import type { EmittedGraph, StepDescription } from "./description.js";

/** `README.txt`: how the files are run, for who opens the folder first. */
export function readme(
  description: Pick<StepDescription, "to" | "lerac" | "experiment" | "graphs" | "plan" | "runtime">,
): string {
  const { to, lerac, experiment, graphs, plan, runtime } = description;
  const [train] = graphs;
  const common = `
${printable(experiment)}: one training step as a graph, and its evaluation.
Written by lerac ${lerac}; step.json names everything.

A step takes a batch of ${train?.batch ?? 0} samples and gives the new weights: forward pass, loss, gradients, updates. Every update
takes its rate from the state \`plan\`, so no rate stands in the graph.

  plan        float32, ${plan.rows} rows of ${plan.columns.length} columns: ${shortened(plan.columns)}. A row a step; of the
              rates, \`lerac plan FILE --csv\` prints the values. 1/(1-beta1^t) and the like are corrections of
              the optimizer, t counted from 1. Rows that are not used may hold anything.
  plan.base   the step, from 0, that row 0 of the plan is for
  step        steps done; the graph counts it up
  keys        two numbers a layer, for dropout; those of the program's first seed are in step.json
  share       where there is such an input: 1 / (sum of the weights of the samples' classes)

Weights are not in the files: begin with those of a checkpoint (\`lerac export --to safetensors\` has them by the same
names), slots of the optimizer with 0. Outputs of the step: \`loss\` (the sum over the batch), \`outputs\`, \`row\` (of the
plan, as it was consumed), \`squares\` (of each level: sums of gradient^2, change^2, weight^2).

The last batch of an epoch where it is smaller, and steps at which a level's rate is 0, are graphs of their own, which
lerac makes when they come; they are not here. With a rate of 0 this graph leaves weights as they are, but not the running
statistics of that level's normalisation.
`;
  return `${common}${to === "onnx" ? onnx(runtime.block ?? null) : savedModel(graphs)}`.trimStart();
}

function onnx(block: string | number | null): string {
  const blocks =
    block === null
      ? "The files were tried with onnxruntime 1.30."
      : `The files hold operators of onnxruntime's own for images in blocks of ${block} channels: they run on
processors like the one that they were written on, and were tried with onnxruntime 1.30.`;
  return `
train.onnx and evaluate.onnx: feed every input that step.json names. After a step, what \`next NAME\` gave is fed as
NAME to the next one. Evaluation fills batches up with rows whose number in \`weights\` is 0.
${blocks}
`;
}

const savedModel = (graphs: readonly EmittedGraph[]) => `
saved_model.pb: graphs over common variables, with the signatures write, ${graphs.map(({ signature }) => signature).join(", ")}, read; inputs and
outputs have the names of step.json. First call \`write\` with all tensors, slots and statistics included. A call of
${graphs[0]?.signature} is a step: the variables change with it. \`read\` gives their numbers. Evaluation fills batches up with rows whose
number in \`weights\` is 0. \`keys\` go as int32 with the same bits. Such as, in Node with tfjs-node,

  const call = async (name, inputs) =>
    (await tf.node.loadSavedModel(FOLDER, ["serve"], name)).predict(inputs);

\`lerac\` itself feeds and fetches nodes by their names, which step.json has as well.
`;

function shortened(columns: readonly string[]): string {
  if (columns.length <= 6) return columns.join(", ");
  return `${columns.slice(0, 3).join(", ")}, ... ${columns.slice(-2).join(", ")}`;
}
