import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { WrongUse } from "./wrong-use.ts";

const REASONS: Record<string, string> = {
  ENOENT: "does not exist",
  EACCES: "may not be read",
  EISDIR: "is a folder",
  ELOOP: "is a chain of links that never ends",
  ENAMETOOLONG: "has too long a name",
  ENOTDIR: "does not exist",
  ENXIO: "is not a regular file",
};

/**
 * The bytes of a regular file of at most `maxBytes`. Opens first and asks the descriptor afterwards, without blocking, so that a device, a pipe or
 * a swapped file can neither hang nor fill the process. Throws WrongUse (FILE_UNREADABLE, NOT_A_FILE, FILE_TOO_LARGE).
 */
export async function readRegularFile(
  path: string,
  options: { cwd: string; maxBytes: number; what: string },
): Promise<Buffer> {
  const { what, maxBytes } = options;
  const tooLarge = (bytes: number) =>
    new WrongUse("FILE_TOO_LARGE", `${what} ${path} has ${bytes} bytes or more; at most ${maxBytes} are read.`);
  const handle = await open(resolve(options.cwd, path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error) => {
      throw new WrongUse(
        "FILE_UNREADABLE",
        `${what} ${path} ${REASONS[error.code] ?? `cannot be read (${error.code})`}.`,
      );
    },
  );
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new WrongUse("NOT_A_FILE", `${what} ${path} is not a regular file.`);
    if (about.size > maxBytes) throw tooLarge(about.size);
    const buffer = Buffer.alloc(about.size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      length += bytesRead;
      if (bytesRead === 0) return buffer.subarray(0, length);
      if (length > about.size) throw new WrongUse("FILE_UNREADABLE", `${what} ${path} changed while it was read.`);
    }
  } finally {
    await handle.close();
  }
}
