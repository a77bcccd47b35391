import { commandHelp, overview } from "../help.js";
import { commandEntries, commandGroups } from "../registry.js";
import { fenced, page } from "./markdown.js";

/** `docs/reference/commands.md`: every help page, as the command line shows it. */
export async function commandPage(): Promise<string> {
  const commands = await Promise.all(commandEntries.map((entry) => entry.load()));
  return page("Commands", [
    // The version changes with every release; the page should not.
    ...fenced("text", overview(commandGroups).replace(/^lerac \S+/, "lerac")),
    ...commands.flatMap((command) => ["", `## ${command.name}`, "", ...fenced("text", commandHelp(command))]),
  ]);
}
