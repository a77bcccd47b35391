import type { CommandModel, FlagModel, Offer } from "./model.js";

/** For `lerac completion powershell | Out-String | Invoke-Expression` in $PROFILE. */
export function powershellScript(commands: readonly CommandModel[]): string {
  return `# Completion of lerac for PowerShell. In $PROFILE:  lerac completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName lerac -ScriptBlock {
  param($current, $tree, $position)
  $commands = [ordered]@{
${commands.map((c) => `    ${quote(c.name)} = ${quote(c.summary)}`).join("\n")}
  }
  $flags = @{
${commands.map((c) => `    ${quote(c.name)} = [ordered]@{ ${flagTable(c.flags)} }`).join("\n")}
  }
  $offers = @{
${commands.map((c) => `    ${quote(c.name)} = @{ '' = ${quote(offerText(c.operand))}; ${valueTable(c.flags)} }`).join("\n")}
  }
  function Offer($text, $what) {
    if ($text -like "$current*") {
      [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $(if ($what) { $what } else { $text }))
    }
  }
  $words = @($tree.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
  if ($words.Count -le 1) {
    foreach ($name in $commands.Keys) { Offer $name $commands[$name] }
    return
  }
  $command = $words[1]
  if (-not $commands.Contains($command)) { return }
  $offer = $offers[$command][$words[-1]]
  if (-not $offer) {
    if ($current -like '-*') {
      foreach ($name in $flags[$command].Keys) { Offer $name $flags[$command][$name] }
      return
    }
    $offer = $offers[$command]['']
  }
  $kind, $rest = $offer -split ' '
  if ($kind -eq 'words' -or $kind -eq 'runs') { foreach ($word in $rest) { Offer $word } }
  if ($kind -eq 'runs' -or $kind -eq 'inputs') {
    foreach ($line in & $words[0] __complete runs) { $id, $name = $line -split "\`t"; Offer $id $name }
  }
  if ($kind -eq 'params') {
    $spec = $words | Where-Object { $_ -like '*.lerac' } | Select-Object -First 1
    if ($spec) { foreach ($line in & $words[0] __complete params $spec) { $name, $value = $line -split "\`t"; Offer $name $value } }
  }
  # Files are PowerShell's own to offer.
}
`;
}

function flagTable(flags: readonly FlagModel[]): string {
  return flags.flatMap((f) => f.names.map((name) => `${quote(name)} = ${quote(f.description)}`)).join("; ");
}

function valueTable(flags: readonly FlagModel[]): string {
  return flags
    .flatMap(({ names, value }) =>
      value === null ? [] : names.map((name) => `${quote(name)} = ${quote(offerText(value))}`),
    )
    .join("; ");
}

function offerText(offer: Offer): string {
  return "words" in offer ? [offer.kind, ...offer.words].join(" ") : offer.kind;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
