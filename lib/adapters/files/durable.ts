import { closeSync, fsync, openSync, write, writeSync } from "node:fs";
import { promisify } from "node:util";

const [later, synced] = [promisify(write), promisify(fsync)];

/** Up to here handing bytes to the system's cache takes less time than asking another thread to do it (bytes). */
const AT_ONCE = 1 << 20;

/**
 * Writes a new file, readable by its owner only, and returns when its bytes are on the disk. Only the wait for the disk leaves the event
 * loop: with many pictures arriving together, every other hop to another thread costs more than the system call it makes.
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = openSync(path, "wx", 0o600);
  try {
    for (let at = 0; at < bytes.length; )
      at += bytes.length <= AT_ONCE ? writeSync(file, bytes, at) : (await later(file, bytes, at)).bytesWritten;
    await synced(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the names in a folder as durable as the files behind them. Windows does it by itself and refuses to be asked. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    await synced(folder);
  } finally {
    closeSync(folder);
  }
}
