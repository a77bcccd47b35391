import type { CommandModel, FlagModel, Offer } from "./model.js";

/** For `lerac completion fish > ~/.config/fish/completions/lerac.fish`. */
export function fishScript(commands: readonly CommandModel[]): string {
  return `# Completion of lerac for fish:  lerac completion fish > ~/.config/fish/completions/lerac.fish
function __lerac_ask
    set -l words (commandline -opc)
    $words[1] __complete $argv 2>/dev/null
end
function __lerac_params
    set -l spec (commandline -opc | string match -r '.*\\.lerac$')
    test (count $spec) -gt 0; and __lerac_ask params $spec[1]
end
function __lerac_runs
    __lerac_ask runs
end
complete -c lerac -f
complete -c lerac -n __fish_use_subcommand -s h -l help -d 'all commands'
complete -c lerac -n __fish_use_subcommand -s V -l version -d 'the version'
${commands.flatMap(commandLines).join("\n")}
`;
}

function commandLines(command: CommandModel): string[] {
  const seen = `complete -c lerac -n '__fish_seen_subcommand_from ${command.name}'`;
  const operand = offerArguments(command.operand);
  return [
    `complete -c lerac -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
    ...(operand === "" ? [] : [`${seen} ${operand}`]),
    ...command.flags.map((flag) => `${seen} ${flagArguments(flag)}`),
  ];
}

function flagArguments(flag: FlagModel): string {
  const names = flag.names.map((name) =>
    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const value =
    flag.value === null ? [] : [flag.value.kind === "files" ? "-r" : "-x", offerArguments(flag.value)];
  return [...names, ...value, "-d", quote(flag.description)].filter((text) => text !== "").join(" ");
}

function offerArguments(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `-a ${quote(offer.words.join(" "))}`;
    case "files":
      return offer.endings.length === 0
        ? "-F"
        : `-k -a '(${offer.endings.map((ending) => `__fish_complete_suffix ${ending}`).join("; ")})'`;
    case "runs":
      return `-F -a ${quote([...offer.words, "(__lerac_runs)"].join(" "))}`;
    case "inputs":
      return "-F -a '(__lerac_runs)'";
    case "params":
      return "-a '(__lerac_params)'";
    case "nothing":
      return "";
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
