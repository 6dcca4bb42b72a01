import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Locks of this process. One that nobody holds is collected as garbage, and the system takes its lock back with it. */
const held = new Set<DatabaseSync>();

/** Another server has the data folder. */
export class DataFolderTaken extends Error {
  constructor(folder: string, pid: string | undefined) {
    super(
      `Another Throughline server${pid === undefined ? "" : ` (process ${pid})`} already serves ${folder}. Stop it, or set THROUGHLINE_DATA to another folder.`,
    );
    this.name = "DataFolderTaken";
  }
}

/**
 * Makes this process the only server of a data folder until the returned function is called. The lock is SQLite's own lock on an empty
 * database, so the system gives it back however the process ends; the pid beside it is only there to be shown. The CLI does not take it.
 * Throws DataFolderTaken.
 */
export function lockDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Made by someone else, perhaps with the wishes of the moment: what lies in it is for the owner alone.
  chmodSync(folder, 0o700);
  const pidFile = join(folder, "server.pid");
  const lock = new DatabaseSync(join(folder, "server.lock"), { timeout: 0 });
  try {
    lock.exec("pragma journal_mode = delete; begin exclusive");
  } catch {
    lock.close();
    throw new DataFolderTaken(folder, readPid(pidFile));
  }
  held.add(lock);
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return () => {
    rmSync(pidFile, { force: true });
    held.delete(lock);
    lock.close();
  };
}

function readPid(file: string): string | undefined {
  try {
    return /^\d+/.exec(readFileSync(file, "utf8"))?.[0];
  } catch {
    return undefined;
  }
}
