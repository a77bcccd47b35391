import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

/** Bytecode by the name of the module. */
export type Codes = Map<string, Buffer>;

/** How a file of bytecode ends. */
export const extension = ".bin";

/** Those of a bundle or a Node that is gone are never written again, and nobody else clears them away. */
const longestUnwritten = 90 * 24 * 60 * 60 * 1000;

/**
 * What was kept; nothing where there is no file, or a damaged one: V8 runs what it is given. A file holds everything
 * twice, and both must be the same, as comparing takes no time and OpenSSL, for a digest, ten milliseconds to load: the length of a
 * list in 4 bytes, that list of names and lengths as JSON, and the codes in its order.
 */
export function readCodes(file: string): Codes {
  const codes: Codes = new Map();
  try {
    const whole = readFileSync(file);
    const body = whole.subarray(0, whole.length / 2);
    if (!body.equals(whole.subarray(body.length))) return codes;
    const listLength = body.readUInt32LE(0);
    let offset = 4 + listLength;
    for (const [name, length] of JSON.parse(body.toString("utf8", 4, offset)) as [string, number][]) {
      codes.set(name, body.subarray(offset, offset + length));
      offset += length;
    }
  } catch {
    // None was kept yet.
  }
  return codes;
}

/**
 * Puts a file in the place of what was kept, whole at any moment: another start may be reading it, or writing it too. Only
 * its user can read or change it.
 *
 * @throws what the file system says, when it can't be written
 */
export function writeCodes(file: string, codes: Codes): void {
  const list = Buffer.from(JSON.stringify([...codes].map(([name, code]) => [name, code.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(list.length);
  const body = Buffer.concat([length, list, ...codes.values()]);
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const whole = `${file}.${process.pid}`;
  try {
    writeFileSync(whole, Buffer.concat([body, body]), { mode: 0o600 });
    renameSync(whole, file);
  } finally {
    rmSync(whole, { force: true });
  }
  removeOld(folder);
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (extname(name) === extension && Date.now() - statSync(path).mtimeMs > longestUnwritten) rmSync(path);
  }
}
