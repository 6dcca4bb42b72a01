import { DiskFull } from "#lib/runtime/ports.ts";

/** Codes that say the disk takes no writes: no room, no right, or no longer whole. None of them is the asset's fault. */
const REFUSALS = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO"]);

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

/** A write that failed for the disk's sake becomes DiskFull; anything else passes unchanged. */
export function refused(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === undefined || !REFUSALS.has(code)) return error;
  const message = `${path} cannot be written (${code}). Free some space or mend the disk, then resume the run.`;
  return Object.assign(new DiskFull(message), { cause: error });
}

/** True when there is simply nothing at that path. */
export const absent = (error: unknown): boolean => codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
