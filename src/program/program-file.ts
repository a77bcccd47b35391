import type { ErrorObject } from "ajv";
import { canonicalJson, type Json, sha256 } from "../base/canonical-json.js";
import { validatorOf } from "../base/validators.js";
import { fail, type LeracError } from "../diagnostics/index.js";
import { rateTable, symbolicClock } from "../plan/index.js";
import { illegality } from "./legality.js";
import { programFormat, programSchema } from "./schema.js";
import { describeFault } from "./schema-fault.js";
import type { TrainingProgram } from "./types.js";

/** A program with the hash of its canonical form, which names it everywhere. */
export interface HashedProgram {
  readonly program: TrainingProgram;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** The hash of a program: equal for equal programs, whatever their file looks like. */
export function hashProgram(program: TrainingProgram): string {
  return sha256(canonicalJson(program as unknown as Json));
}

/**
 * The text of a program file: readable, with its hash, ending in a line end.
 *
 * @param spec name of the spec it was compiled from, without folder: for messages only, and no part of the hash
 */
export function writeProgram(program: TrainingProgram, spec?: string): string {
  const origin = spec === undefined ? {} : { spec };
  const file = { format: programFormat, sha256: hashProgram(program), ...origin, program };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads a program file that may come from anywhere: its form is checked against the schema, its hash against its
 * content, and its rates against its own curriculum.
 *
 * @param name the file as the user typed it, for messages
 * @param known hash of a program that was checked before: where the file holds just that one, it is not checked again
 * @throws {LeracError} L0702 when it is no program file, L0703 when its form is not that of one, L0701 when it was
 *   changed after it was compiled
 */
export function readProgram(text: string, name: string, known?: string): HashedProgram {
  const json = parseJson(text, name);
  if (known !== undefined && isKnown(json, known)) return { program: json.program, sha256: known };
  const format = (json as { format?: unknown } | null)?.format;
  if (format !== programFormat) throw notAProgram(name, format);
  const validate = validator();
  if (!validate(json)) throw damaged(name, validate.errors ?? []);
  const file = json as ProgramFile;
  const problem = illegality(file.program);
  if (problem !== null) throw illegal(name, problem);
  const found = hashProgram(file.program);
  const differing = differingLevel(file.program);
  if (found !== file.sha256 || differing !== null) throw tampered(name, file, found, differing);
  return { program: file.program, sha256: found };
}

/** Whether a file holds the program of a hash, whatever it says of itself. */
function isKnown(json: unknown, sha256: string): json is ProgramFile {
  const file = json as Partial<ProgramFile> | null;
  return typeof file?.program === "object" && file.program !== null && hashProgram(file.program) === sha256;
}

interface ProgramFile {
  readonly sha256: string;
  readonly spec?: string;
  readonly program: TrainingProgram;
}

const validator = validatorOf("program", programSchema, {
  discriminator: true,
  strictRequired: false,
  allowUnionTypes: true,
});

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fail("missing", "L0702", `${name} is not a program: it is not JSON`, {
      at: { place: name },
      helps: ["programs are written by `lerac compile SPEC -o PROGRAM.json`; specs end in .lerac"],
    });
  }
}

function notAProgram(name: string, format: unknown): LeracError {
  const newer = typeof format === "string" && format.startsWith("lerac program ");
  return fail(
    "missing",
    "L0702",
    newer
      ? `${name} has another format: ${format.slice(0, 40)}`
      : `${name} is JSON, but not a compiled program`,
    {
      at: { place: name },
      notes: [`this version of lerac reads \`${programFormat}\``],
      helps: ["compile the spec again: `lerac compile SPEC -o PROGRAM.json`"],
    },
  );
}

function damaged(name: string, errors: readonly ErrorObject[]): LeracError {
  return fail("missing", "L0703", `${name} is damaged: it has not the form of a program`, {
    at: { place: name },
    notes: [describeFault(errors)],
    helps: ["compile the spec again: `lerac compile SPEC -o PROGRAM.json`"],
  });
}

function illegal(name: string, problem: string): LeracError {
  return fail("missing", "L0703", `${name} is damaged: it contradicts itself`, {
    at: { place: name },
    notes: [problem],
    helps: ["compile the spec again: `lerac compile SPEC -o PROGRAM.json`"],
  });
}

/** The first level whose baked-in rates are not those its curriculum gives; null when all are. */
function differingLevel(program: TrainingProgram): number | null {
  const { plan, train } = program;
  const clock = symbolicClock(plan, train.length);
  const expected = clock && rateTable(plan, clock);
  if (expected === null || plan.table === null) return expected === plan.table ? null : 0;
  for (const [j] of plan.levels.entries()) {
    const column = (table: NonNullable<typeof plan.table>) => table.rates.map((row) => row[j]).join();
    if (column(expected) !== column(plan.table)) return j;
  }
  return expected.t.join() === plan.table.t.join() ? null : 0;
}

function tampered(name: string, file: ProgramFile, found: string, level: number | null): LeracError {
  const short = (hash: string) => `${hash.slice(0, 4)}…${hash.slice(-4)}`;
  const address = level === null ? "" : (file.program.plan.levels[level]?.address ?? "");
  return fail("missing", "L0701", `${name} was changed after it was compiled`, {
    at: { place: name },
    notes: [
      ...(file.sha256 === found
        ? []
        : [`it says sha256 ${short(file.sha256)}, its content has ${short(found)}; nothing was run`]),
      ...(level === null
        ? []
        : [`the rates of level ${level + 1} (${address}) are not those its own curriculum gives`]),
    ],
    helps: [`compile it again: \`lerac compile ${specName(file.spec)} -o ${outputName(name)}\``],
  });
}

/** A name from a file that may come from anywhere, as part of a command line: only where a shell takes it as it is. */
function specName(spec: string | undefined): string {
  return spec !== undefined && /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.lerac$/.test(spec) ? spec : "SPEC";
}

function outputName(name: string): string {
  return /^[A-Za-z0-9_./][A-Za-z0-9_./-]*$/.test(name) ? name : "PROGRAM.json";
}
