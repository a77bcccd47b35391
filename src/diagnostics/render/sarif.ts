import type { CodeEntry } from "../codes/code.js";
import type { Diagnostic, Severity } from "../diagnostic.js";
import { type DiagnosticRecord, diagnosticRecord, type PlaceRecord } from "./record.js";

export interface SarifOptions {
  /** Version of lerac. */
  readonly version: string;
  /** What the codes mean: they become the rules of the tool. */
  readonly codes: ReadonlyMap<string, Pick<CodeEntry, "title" | "meaning" | "why" | "severity">>;
}

const schemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "note" };

/**
 * Diagnostics as a SARIF 2.1.0 log (OASIS standard), which code hosts and editors read. Rules are those codes that
 * occur; files are relative to the folder the command ran in.
 */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const records = diagnostics.map(diagnosticRecord);
  const ruleIds = [...new Set(records.map((record) => record.code))].sort();
  const log = {
    $schema: schemaUri,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "lerac",
            semanticVersion: options.version,
            rules: ruleIds.map((id) => rule(id, options)),
          },
        },
        columnKind: "utf16CodeUnits",
        results: records.map((record) => result(record, ruleIds.indexOf(record.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(id: string, { codes }: SarifOptions) {
  const entry = codes.get(id);
  if (entry === undefined) return { id };
  return {
    id,
    shortDescription: { text: entry.title },
    fullDescription: { text: `${entry.meaning} ${entry.why}` },
    help: { text: `lerac explain ${id}` },
    defaultConfiguration: { level: levels[entry.severity] },
  };
}

function result(record: DiagnosticRecord, ruleIndex: number) {
  const fixes = record.helps
    .filter((help) => help.edits.length > 0)
    .map((help) => ({ description: { text: help.text }, artifactChanges: changes(help.edits) }));
  return {
    ruleId: record.code,
    ruleIndex,
    level: levels[record.severity],
    message: { text: messageText(record) },
    ...(record.at === null ? {} : { locations: [location(record.at)] }),
    ...(record.secondary.length === 0
      ? {}
      : {
          relatedLocations: record.secondary.map((place, id) => ({
            id,
            ...location(place),
            message: { text: place.label },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

function messageText({ message, at, place, notes, helps }: DiagnosticRecord): string {
  return [
    message,
    ...(at === null || at.label === "" ? [] : [at.label]),
    ...(place === null ? [] : [`at ${place}`]),
    ...notes.map((note) => `note: ${note}`),
    ...helps.map((help) => `help: ${help.text}`),
  ].join("\n");
}

function location(place: PlaceRecord) {
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(place.file) },
      region: {
        startLine: place.line,
        startColumn: place.column,
        endLine: place.end_line,
        endColumn: place.end_column,
      },
    },
  };
}

function changes(edits: DiagnosticRecord["helps"][number]["edits"]) {
  const files = [...new Set(edits.map((edit) => edit.file))];
  return files.map((file) => ({
    artifactLocation: { uri: fileUri(file) },
    replacements: edits
      .filter((edit) => edit.file === file)
      .map((edit) => ({
        deletedRegion: { charOffset: edit.offset, charLength: edit.end_offset - edit.offset },
        insertedContent: { text: edit.replacement },
      })),
  }));
}

/** A path as a URI reference: what may not stand in one is escaped, the slashes stay; absolute ones become `file:`. */
function fileUri(path: string): string {
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0] ?? "";
  // Half of a surrogate pair, which a name on Windows may hold, has no escape.
  const rest = path.slice(drive.length).replace(/\p{Cs}/gu, "\ufffd");
  const escaped = rest.split("/").map(encodeURIComponent).join("/");
  if (drive !== "") return `file:///${drive}${escaped}`;
  return path.startsWith("/") ? `file://${escaped}` : escaped;
}
