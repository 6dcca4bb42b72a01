import { DiskFull } from "#lib/runtime/ports.ts";

/** The file is no database or has broken pages. Nothing may be read from it, let alone be written to it. */
export class JournalDamaged extends Error {
  readonly code = "JOURNAL_DAMAGED";
  constructor(file: string, why: string, options?: ErrorOptions) {
    super(
      `The journal ${file} is damaged (${why}). Stop every process that uses it, move journal.sqlite, journal.sqlite-wal and ` +
        "journal.sqlite-shm aside, put the newest backup in place as journal.sqlite and start again. The pictures in the assets folder are not affected.",
      options,
    );
    this.name = "JournalDamaged";
  }
}

/** Primary result codes (sqlite.org/rescode.html); the extended ones carry them in their lowest byte. */
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const NOTADB = 26;

/** What the file system says when it takes no writes. */
const REFUSALS = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO"]);

const unwritable = (file: string, why: string, cause: unknown): DiskFull =>
  Object.assign(
    new DiskFull(
      `The journal ${file} cannot be written (${why}). Free some space or mend the disk, then resume the run.`,
    ),
    { cause },
  );

/** What a failed statement or file operation means for the caller; errors of other kinds pass unchanged. */
export function explained(error: unknown, file: string): unknown {
  const { errcode, errstr = "", code = "" } = error as { errcode?: number; errstr?: string; code?: string };
  if (typeof errcode !== "number") return REFUSALS.has(code) ? unwritable(file, code, error) : error;
  switch (errcode & 0xff) {
    case FULL:
    case READONLY:
    case IOERR:
      return unwritable(file, errstr, error);
    case CORRUPT:
    case NOTADB:
      return new JournalDamaged(file, errstr, { cause: error });
    case BUSY:
      return new Error(`The journal ${file} was held by another process for too long: ${errstr}.`, { cause: error });
    default:
      return error;
  }
}
