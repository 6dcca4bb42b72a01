import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";

const HOUR = 3_600_000;
const IDLE = 12 * HOUR;
const LONGEST = 7 * 24 * HOUR;
const MOST = 1000;

const Stored = z.object({
  boundTo: z.string(),
  sessions: z.array(z.object({ hash: z.string(), createdAt: z.number(), seenAt: z.number() })),
});

/** Browser sessions: 256-bit ids, kept only as hashes; 12 hours idle, 7 days at most. */
export type Sessions = {
  /** A new session's id; it is shown once. */
  open(): string;
  /** A short name of the session, fit for counting streams, or undefined when it is unknown or over. */
  check(id: string): string | undefined;
  close(id: string): void;
};

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * Sessions in one small file (mode 0600), so that a browser stays signed in over a restart. `boundTo` names the configured token:
 * changing the token ends every session. Without a file they live as long as the process.
 */
export function createSessions(options: { file?: string; token?: string; now: () => number }): Sessions {
  const { file, now } = options;
  const boundTo = hashOf(`throughline session ${options.token ?? ""}`);
  const known = new Map(read(file, boundTo).map((s) => [s.hash, s]));

  const fresh = (s: { createdAt: number; seenAt: number }): boolean =>
    now() - s.seenAt < IDLE && now() - s.createdAt < LONGEST;
  const save = (): void => {
    for (const [hash, s] of known) if (!fresh(s)) known.delete(hash);
    while (known.size > MOST) known.delete(known.keys().next().value as string);
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.tmp`, JSON.stringify({ boundTo, sessions: [...known.values()] }), { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  };

  return {
    open() {
      const id = randomBytes(32).toString("base64url");
      known.set(hashOf(id), { hash: hashOf(id), createdAt: now(), seenAt: now() });
      save();
      return id;
    },
    check(id) {
      const hash = hashOf(id);
      const session = known.get(hash);
      if (!session || !fresh(session)) return undefined;
      const stale = now() - session.seenAt > HOUR / 4;
      if (stale) {
        session.seenAt = now();
        save();
      }
      return hash.slice(0, 16);
    },
    close(id) {
      if (known.delete(hashOf(id))) save();
    },
  };
}

function read(file: string | undefined, boundTo: string) {
  if (file === undefined) return [];
  try {
    const stored = Stored.parse(JSON.parse(readFileSync(file, "utf8")));
    return stored.boundTo === boundTo ? stored.sessions : [];
  } catch {
    // A missing or damaged file means that people open the printed link again; nothing else depends on it.
    return [];
  }
}
