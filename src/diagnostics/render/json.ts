import type { Diagnostic } from "../diagnostic.js";
import { diagnosticRecord } from "./record.js";

/** Name and version of the form. Fields may be added; a changed meaning raises the number. */
export const diagnosticsFormat = "lerac diagnostics 1";

/** What checking one file gave, for machines. */
export interface FileVerdict {
  readonly file: string;
  /** No errors; there may be warnings. */
  readonly ok: boolean;
}

/** All diagnostics of a command as one JSON document, valid against `diagnosticsSchema`; everything, without a budget. */
export function renderJson(diagnostics: readonly Diagnostic[], files: readonly FileVerdict[]): string {
  const document = {
    format: diagnosticsFormat,
    files: files.map(({ file, ok }) => ({ file, ok })),
    errors: diagnostics.filter(({ severity }) => severity === "error").length,
    warnings: diagnostics.filter(({ severity }) => severity === "warning").length,
    diagnostics: diagnostics.map(diagnosticRecord),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const place = {
  file: { type: "string", description: "as it was named on the command line" },
  line: { type: "integer", minimum: 1 },
  column: { type: "integer", minimum: 1, description: "in UTF-16 units" },
  end_line: { type: "integer", minimum: 1 },
  end_column: { type: "integer", minimum: 1, description: "behind the last character" },
  offset: { type: "integer", minimum: 0, description: "in UTF-16 units from the start of the file" },
  end_offset: { type: "integer", minimum: 0 },
};

const labelled = {
  type: "object",
  properties: { ...place, label: { type: "string", description: "makes sense alone" } },
  required: [...Object.keys(place), "label"],
};

/** JSON Schema (draft 7) of what `lerac check --format json` writes: `lerac explain diagnostics --json`. */
export const diagnosticsSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: diagnosticsFormat,
  type: "object",
  properties: {
    format: { const: diagnosticsFormat },
    files: {
      type: "array",
      items: {
        type: "object",
        properties: {
          file: place.file,
          ok: { type: "boolean", description: "no errors; there may be warnings" },
        },
        required: ["file", "ok"],
      },
    },
    errors: { type: "integer", minimum: 0 },
    warnings: { type: "integer", minimum: 0 },
    diagnostics: {
      type: "array",
      items: {
        type: "object",
        properties: {
          code: { type: "string", pattern: "^L[0-9]{4}$", description: "stable for ever" },
          severity: { enum: ["error", "warning", "note"] },
          message: { type: "string", description: "readable alone" },
          at: { anyOf: [labelled, { type: "null" }] },
          place: {
            type: ["string", "null"],
            description: "a file or flag, where there is no text to point at",
          },
          secondary: { type: "array", items: labelled },
          notes: { type: "array", items: { type: "string" }, description: "why" },
          helps: {
            type: "array",
            items: {
              type: "object",
              properties: {
                text: { type: "string", description: "what to do" },
                edits: {
                  type: "array",
                  description: "the same as changes of the text; none where a person must decide",
                  items: {
                    type: "object",
                    properties: { ...place, replacement: { type: "string" } },
                    required: [...Object.keys(place), "replacement"],
                  },
                },
              },
              required: ["text", "edits"],
            },
          },
        },
        required: ["code", "severity", "message", "at", "place", "secondary", "notes", "helps"],
      },
    },
  },
  required: ["format", "files", "errors", "warnings", "diagnostics"],
};
