import { DiskFull } from "#lib/runtime/ports.ts";

/** The database cannot be reached, or went away in the middle of something. What was told as done is there when it is back. */
export class JournalUnreachable extends Error {
  readonly code = "JOURNAL_UNREACHABLE";
  constructor(place: string, why: string, options?: ErrorOptions) {
    super(`The database ${place} cannot be reached (${why}). Nothing that was recorded is lost.`, options);
    this.name = "JournalUnreachable";
  }
}

/** Where a database is, without who may enter it. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host || "localhost"}${pathname}`;
}

/** Errors of the network and of a server that starts, stops or has no room (PostgreSQL documentation, appendix A: classes 08 and 57, 53300). */
const AWAY = /^(?:ECONN|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|ENOENT|08|57P|53300|25P03)/;
/** Those of them that go by within seconds. */
const PASSING = /^(?:ECONNREFUSED|ECONNRESET|EAI_AGAIN|57P|53300)/;
/** What pg says without a code when a connection broke. */
const BROKEN = /connection terminated|connection ended|timeout exceeded when trying to connect|not queryable/i;
/** Disk full, out of memory for files, a disk that failed, a server that takes no writes. */
const UNWRITABLE = new Set(["53100", "58030", "25006"]);
const REFUSED = /^(?:28|3D000|42501)/;
/** Two transactions waited for each other, or met at the same key: done once more, one comes after the other. */
const COLLIDED = new Set(["40P01", "40001", "23505"]);

const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
};

export const isPassing = (error: unknown): boolean => PASSING.test(codeOf(error));
export const isCollision = (error: unknown): boolean => COLLIDED.has(codeOf(error));

/** What a failed statement means for the caller, never with the password; errors of other kinds pass unchanged. */
export function explained(error: unknown, place: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  // Names that resolve to several addresses fail with one error for each.
  const why = error.message || code || "no answer";
  if (UNWRITABLE.has(code))
    return Object.assign(
      new DiskFull(
        `The database ${place} cannot be written (${why}). Free some space on its server, then resume the run.`,
      ),
      { cause: error },
    );
  if (REFUSED.test(code))
    return new Error(`The database ${place} refused this server (${why}). Check DATABASE_URL.`, { cause: error });
  if (AWAY.test(code) || BROKEN.test(error.message)) return new JournalUnreachable(place, why, { cause: error });
  return error;
}
