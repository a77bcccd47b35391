import type { CommandModel, Offer } from "./model.js";

/** For `eval "$(lerac completion bash)"` in ~/.bashrc. Works from bash 3.2 on. */
export function bashScript(commands: readonly CommandModel[]): string {
  return `# Completion of lerac for bash. In ~/.bashrc:  eval "$(lerac completion bash)"
_lerac() {
  local lerac="\${COMP_WORDS[0]}" command="\${COMP_WORDS[1]}" current="\${COMP_WORDS[COMP_CWORD]}"
  local previous="\${COMP_WORDS[COMP_CWORD-1]}" flags="" operand="" offer="" spec="" word
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${commands.map((c) => c.name).join(" ")} --help --version" -- "$current"))
    return
  fi
  case "$command" in
${commands.map(commandCase).join("\n")}
    *) return ;;
  esac
  if [[ "$previous" == "=" || "$current" == "=" ]]; then return; fi
  if [[ -z "$offer" ]]; then
    if [[ "$current" == -* ]]; then
      COMPREPLY=($(compgen -W "$flags" -- "$current"))
      return
    fi
    offer="$operand"
  fi
  case "$offer" in
    words*) COMPREPLY=($(compgen -W "\${offer#words}" -- "$current")) ;;
    runs* | inputs)
      compopt -o filenames 2>/dev/null
      word="\${offer#runs}"
      COMPREPLY=($(compgen -W "\${word#inputs} $("$lerac" __complete runs 2>/dev/null | cut -f1)" -- "$current"))
      word=-d
      if [[ "$offer" == inputs ]]; then word=-f; fi
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$word" -- "$current")
      ;;
    params)
      for word in "\${COMP_WORDS[@]}"; do
        if [[ "$word" == *.lerac ]]; then spec="$word"; fi
      done
      compopt -o nospace 2>/dev/null
      COMPREPLY=($(compgen -W "$("$lerac" __complete params "$spec" 2>/dev/null | cut -f1)" -- "$current"))
      ;;
    files*)
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do
        case "$offer" in
          files) COMPREPLY+=("$word") ;;
          *)
            if [[ -d "$word" || " \${offer#files} " == *" .\${word##*.} "* ]]; then COMPREPLY+=("$word"); fi
            ;;
        esac
      done < <(compgen -f -- "$current")
      ;;
  esac
}
complete -F _lerac lerac
`;
}

function commandCase(command: CommandModel): string {
  const names = command.flags.flatMap((flag) => flag.names);
  const valued = command.flags.flatMap((flag) =>
    flag.value === null ? [] : [`        ${flag.names.join(" | ")}) offer="${offerText(flag.value)}" ;;`],
  );
  return [
    `    ${command.name})`,
    `      flags="${names.join(" ")}"`,
    `      operand="${offerText(command.operand)}"`,
    ...(valued.length === 0 ? [] : ['      case "$previous" in', ...valued, "      esac"]),
    "      ;;",
  ].join("\n");
}

function offerText(offer: Offer): string {
  switch (offer.kind) {
    case "words":
    case "runs":
      return [offer.kind, ...offer.words].join(" ");
    case "files":
      return ["files", ...offer.endings].join(" ");
    default:
      return offer.kind;
  }
}
