import { closeSync, constants, ftruncateSync, openSync, writeSync } from "node:fs";

/**
 * A file written from its first byte on, over what is there: where that is the same, a program that reads the file at
 * this moment sees no change. Bytes are gathered until `flush`.
 */
export class LogFile {
  readonly #file: number;
  #pending: Uint8Array[] = [];
  /** Bytes in the file behind which the pending ones go. */
  #written = 0;
  #length = 0;

  constructor(path: string) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
  }

  /** Bytes so far, pending ones included. */
  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#length += bytes.length;
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#written + done);
    }
    this.#written += bytes.length;
  }

  /** Takes back what lies behind so many bytes. */
  cutTo(length: number): void {
    this.flush();
    ftruncateSync(this.#file, length);
    this.#written = length;
    this.#length = length;
  }

  /** What an earlier trainer left behind the last byte is none of this run's. */
  close(): void {
    try {
      this.cutTo(this.#length);
    } finally {
      closeSync(this.#file);
    }
  }
}
