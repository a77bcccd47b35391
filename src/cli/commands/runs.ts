import { suggest } from "../../base/suggest.js";
import { type Command, flagOption } from "../command.js";
import { collectCommand } from "../runs/collect.js";
import { nameCommand, tagCommand } from "../runs/labels.js";
import { listCommand } from "../runs/list.js";
import { removeCommand } from "../runs/remove.js";
import { usage } from "../usage.js";

const actions = ["tag", "untag", "name", "rm", "gc"];

export const runs: Command = {
  name: "runs",
  arguments: "[ACTION] [RUN...]",
  summary: "list the runs there are, tag, name and remove them",
  actions,
  examples: [
    ["lerac runs --sort val.accuracy", "the best first"],
    ["lerac runs --filter state=stopped --filter resnet", "all of these fit"],
    ["lerac runs tag 7f3a baseline paper", "untag takes them away"],
    ["lerac runs name 7f3a baseline", "another name for it; without one, none"],
    ["lerac runs rm 7f3a b81d", "never one that is being trained"],
    ["lerac runs gc", "checkpoints and empty runs that could go; --yes removes"],
  ],
  groups: [
    {
      title: "The list",
      options: [
        { flags: "--sort KEY", description: "age, name, state, epoch, size, … or a metric, best first" },
        {
          flags: "--filter TEXT",
          description: "in any field, or FIELD=TEXT: state, curriculum, spec, tag, name, id; repeatable",
          repeatable: true,
        },
        { flags: "--wide", description: "every column, however wide the terminal" },
        { flags: "--json", description: "one JSON array on standard output" },
      ],
    },
    {
      title: "rm and gc",
      options: [{ flags: "--yes", description: "remove without asking" }],
    },
  ],
  footer:
    "The runs are those in `runs`, or in the folder that LERAC_RUNS names. In a pipe, the list is tab-separated.",
  async run(invocation) {
    const { terminal } = invocation;
    const [action, ...rest] = invocation.arguments;
    const yes = flagOption(invocation, "yes");
    switch (action) {
      case undefined:
        return await listCommand(invocation);
      case "tag":
      case "untag":
        return await tagCommand(action, rest, terminal);
      case "name":
        return await nameCommand(rest, terminal);
      case "rm":
        return await removeCommand(rest, yes, terminal);
      case "gc":
        if (rest.length > 0)
          throw usage("`lerac runs gc` looks at all runs", `lerac runs gc ${rest.join(" ")}`);
        return await collectCommand(yes, terminal);
      default: {
        const [near] = suggest(action, actions);
        throw usage(`\`lerac runs\` can't \`${action}\``, `lerac runs ${action}`, [
          near === undefined
            ? `it can ${actions.join(", ")}; one run on one screen: \`lerac show ${action}\``
            : `did you mean \`lerac runs ${near}\`?`,
        ]);
      }
    }
  },
};
