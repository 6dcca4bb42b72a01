import { close, fdatasync, open } from "node:fs";
import { promisify } from "node:util";

const [opened, synced, closed] = [promisify(open), promisify(fdatasync), promisify(close)];

/** Waits until what SQLite has written into its log so far is on the disk. */
export type WalSync = { sync(): Promise<void>; close(): Promise<void> };

/**
 * The wait for the disk of `<file>-wal`, outside the event loop. The log keeps its file as long as any connection is open, so one descriptor
 * serves throughout; SQLite's own locks lie on other files and are not lost with it (sqlite.org/howtocorrupt.html, 2.2).
 */
export function walSync(file: string): WalSync {
  let log: number | undefined;
  return {
    async sync() {
      log ??= await opened(`${file}-wal`, "r+");
      await synced(log);
    },
    async close() {
      if (log !== undefined) await closed(log);
      log = undefined;
    },
  };
}
