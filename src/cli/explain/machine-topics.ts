import { exitTable } from "../../diagnostics/exit-table.js";
import { diagnosticsFormat, diagnosticsSchema } from "../../diagnostics/index.js";
import { bodySchemas, eventsSchema } from "../../runs/event-schema.js";
import { columns, paragraph } from "./layout.js";
import type { Topic } from "./topic.js";

/** What scripts read: exit codes, the events of a run, the diagnostics of `check`. */
export function machineTopics(): Topic[] {
  return [
    {
      kind: "table",
      name: "exit",
      aliases: ["exits", "exit-codes"],
      summary: "what a command that ends says about why",
      text: () => [
        "exit   what a command that ends says about why",
        "",
        ...columns(
          exitTable.map(({ exit, meaning, why }) => [
            `${exit}`,
            why === "" ? meaning : `${meaning} (${why})`,
          ]),
        ),
      ],
      json: () => exitTable,
    },
    {
      kind: "format",
      name: "events",
      summary: "the records of events.jsonl and of `lerac run --json`",
      text: eventsText,
      json: () => eventsSchema,
    },
    {
      kind: "format",
      name: "diagnostics",
      summary: "what `lerac check --format json` writes",
      text: () => [
        `diagnostics   ${diagnosticsFormat}`,
        "",
        ...paragraph(
          "What `lerac check --format json` writes: one document with every diagnostic of every file.",
        ),
        "",
        ...columns(fieldRows(diagnosticsSchema.properties.diagnostics.items)),
        "",
        "The JSON Schema: lerac explain diagnostics --json",
      ],
      json: () => diagnosticsSchema,
    },
  ];
}

function eventsText(): readonly string[] {
  return [
    "events   lerac events 1",
    "",
    ...paragraph(
      "The records of events.jsonl and of `lerac run --json`: one JSON object a line. Every record has `v` (1), `type`, `seq` (without gaps), `at` (UTC), `run`, and `step` and `epoch`, both completed. Readers ignore unknown fields and types.",
    ),
    "",
    ...columns(Object.entries(bodySchemas).map(([type, schema]) => [type, fieldNames(schema)])),
    "",
    "The JSON Schema: lerac explain events --json",
  ];
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, object>>;
}

function fieldNames(schema: ObjectSchema): string {
  return Object.keys(schema.properties ?? {})
    .map((name) => `\`${name}\``)
    .join(" ");
}

function fieldRows(schema: ObjectSchema): string[][] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const { description } = field as { readonly description?: string };
    return [name, description ?? ""];
  });
}
