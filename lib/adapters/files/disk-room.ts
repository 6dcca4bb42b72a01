import { statfs } from "node:fs/promises";
import { type Clock, DiskFull } from "#lib/runtime/ports.ts";

/** Free space below which nothing is paid for: so much, or this share of a small disk. */
const KEPT_FREE = 1 << 30;
const KEPT_SHARE = 0.05;
/** How long a look holds (ms). */
const LOOK_MS = 1000;

/**
 * Throws DiskFull while the disk of `folder` has less free space than is kept for what is on its way. A disk that cannot be asked has room: writing will
 * tell. `space` gives bytes.
 */
export function createDiskRoom(
  folder: string,
  clock: Pick<Clock, "monotonic">,
  space = async (path: string) => {
    const { bavail, blocks, bsize } = await statfs(path);
    return { free: bavail * bsize, total: blocks * bsize };
  },
): () => Promise<void> {
  let looked: { at: number; found: Promise<{ free: number; total: number } | undefined> } | undefined;
  return async () => {
    const at = clock.monotonic();
    if (!looked || at - looked.at > LOOK_MS) looked = { at, found: space(folder).catch(() => undefined) };
    const found = await looked.found;
    if (!found) return;
    const kept = Math.min(KEPT_FREE, found.total * KEPT_SHARE);
    if (found.free >= kept) return;
    throw new DiskFull(
      `Only ${megabytes(found.free)} are free on the disk of ${folder}; nothing is paid for below ${megabytes(kept)}, so that what is paid can be stored. Free some space, then resume the run.`,
    );
  };
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MiB`;
