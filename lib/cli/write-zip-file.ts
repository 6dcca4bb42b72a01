import { createWriteStream } from "node:fs";
import { lstat, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { WrongUse } from "./wrong-use.ts";

/**
 * Writes a zip to a file a person named, piece by piece, and puts it in its place when it is whole: nothing half-made is ever left under that name. Only a
 * name that ends in `.zip` is taken, so no other file can be lost to a slip. Gives the absolute path. Throws WrongUse.
 */
export async function writeZipFile(named: string, cwd: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const path = resolve(cwd, named);
  if (!/\.zip$/i.test(path)) throw new WrongUse("BAD_OPTION", `${named}: the file of a bundle ends in .zip.`);
  const there = await lstat(path).catch(() => undefined);
  if (there && !there.isFile()) throw new WrongUse("BAD_OPTION", `${named} is there already and is no file.`);
  const half = `${path}.part-${process.pid}`;
  try {
    await pipeline(bytes, createWriteStream(half, { flags: "wx", mode: 0o600, flush: true }));
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new WrongUse("FILE_UNWRITABLE", `${named} could not be written (${code}).`);
  }
  return path;
}
