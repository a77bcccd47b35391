import type { CommandModel, FlagModel, Offer } from "./model.js";

/** For `eval "$(lerac completion zsh)"` in ~/.zshrc after `compinit`, or as a file `_lerac` in `$fpath`. */
export function zshScript(commands: readonly CommandModel[]): string {
  return `#compdef lerac
# Completion of lerac for zsh. In ~/.zshrc, after compinit:  eval "$(lerac completion zsh)"
_lerac_helper() {
  local -a lines
  lines=("\${(@f)$("$lerac_program" __complete "$@" 2>/dev/null)}")
  candidates=(\${\${lines%%$'\\t'*}:#})
}
_lerac_runs() {
  local -a candidates
  _lerac_helper runs
  compadd -a candidates
  _files -/
}
_lerac_inputs() {
  _lerac_runs
  _files
}
_lerac_params() {
  local -a candidates specs
  specs=(\${(M)words:#*.lerac})
  _lerac_helper params "$specs[1]"
  compadd -S '' -a candidates
}
_lerac() {
  local lerac_program=$words[1]
  local -a commands
  commands=(
${commands.map((c) => `    ${quote(`${c.name}:${c.summary}`)}`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands 'command' commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${commands.map(commandCase).join("\n")}
  esac
}
if [[ $funcstack[1] == _lerac ]]; then _lerac "$@"; else compdef _lerac lerac; fi
`;
}

function commandCase(command: CommandModel): string {
  const specs = [...command.flags.map(flagSpec), `'*:${operandSpec(command.operand)}'`];
  return `    ${command.name})\n      _arguments -S ${specs.join(" \\\n        ")}\n      ;;`;
}

function flagSpec(flag: FlagModel): string {
  const text = flag.description.replace(/[[\]:\\]/g, " ");
  const value = flag.value === null ? "" : `:${operandSpec(flag.value)}`;
  const [only, second] = flag.names;
  if (second === undefined) return quote(`*${only}[${text}]${value}`);
  return `${flag.names.map((name) => quote(`*${name}[${text}]${value}`)).join(" ")}`;
}

function operandSpec(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `value:(${offer.words.join(" ")})`;
    case "files": {
      const patterns = offer.endings.map((ending) => ending.slice(1)).join("|");
      return patterns === "" ? "file:_files" : `file:_files -g "*.(${patterns})"`;
    }
    case "runs":
      return offer.words.length === 0
        ? "run:_lerac_runs"
        : `run:{ compadd ${offer.words.join(" ")}; _lerac_runs }`;
    case "inputs":
      return "input:_lerac_inputs";
    case "params":
      return "param:_lerac_params";
    case "nothing":
      return "value: ";
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
