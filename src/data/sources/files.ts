import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { damaged, systemReason, unreadable } from "../problems.js";

/** Calls `use` with an open regular file and its length; anything that is no regular file is L0305, never waited for. */
export async function withFile<T>(
  path: string,
  use: (file: FileHandle, length: number) => Promise<T>,
): Promise<T> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK opening a named pipe would wait for a writer for ever.
    file = await open(path, NON_BLOCKING_READ);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) throw damaged(path, "cannot be read: it is not a regular file");
    return await use(file, status.size);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

const NON_BLOCKING_READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The first `length` bytes, or fewer where the file ends before. */
export async function readStart(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** In a few words, what is at the path where a folder should be. */
export async function describeFolder(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory()
      ? "the folder is there, but not what it should hold"
      : "it is not a folder";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return "there is no such folder";
    return systemReason(error) ?? String(error);
  }
}
