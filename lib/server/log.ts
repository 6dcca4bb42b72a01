import { pino } from "pino";
import type { Env } from "./env.ts";

/** What must never be written down: keys, authorisation headers, pictures. */
const SECRETS =
  /(sk-[A-Za-z0-9_-]{6,}|Bearer\s+[^\s"']+|data:[a-z]+\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+|:\/\/[^/\s:@]+:[^/\s@]+@)/gi;

/** Replaces everything that looks like a secret or a picture. */
export const redact = (text: string): string => text.replace(SECRETS, "[redacted]");

export type Log = {
  error(message: string, error?: unknown): void;
  warn(message: string): void;
  info(message: string): void;
};

/** Structured lines on stderr. Only an error's name, cleaned message and cleaned stack are written, never the objects it carries. */
export function createLog(env: Pick<Env, "logLevel">): Log {
  const out = pino({ level: env.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
  return {
    error: (message, error) => out.error({ ...described(error) }, redact(message)),
    warn: (message) => out.warn(redact(message)),
    info: (message) => out.info(redact(message)),
  };
}

const described = (error: unknown): Record<string, string> =>
  error instanceof Error
    ? { error: error.name, reason: redact(error.message), ...(error.stack ? { stack: redact(error.stack) } : {}) }
    : error === undefined
      ? {}
      : { reason: redact(String(error)) };
