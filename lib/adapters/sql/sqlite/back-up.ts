import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { BUSY_MS } from "./driver.ts";
import { explained } from "./errors.ts";
import { privateFile } from "./private-files.ts";

/** All pages in one step: in several, every write in between would make the copy start over, and a busy journal would never be backed up. */
const ALL_PAGES = 2 ** 31 - 1;

/** Copies the journal off the event loop while others write; `to` is complete and durable, or untouched. */
export async function backUp(file: string, to: string): Promise<void> {
  const partial = `${to}.${randomUUID()}.tmp`;
  const handle = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    await privateFile(partial);
    await backup(handle, partial, { rate: ALL_PAGES });
    await sync(partial);
    await rename(partial, to);
    if (process.platform !== "win32") await sync(dirname(to));
  } catch (error) {
    await rm(partial, { force: true });
    throw explained(error, file);
  } finally {
    handle.close();
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
