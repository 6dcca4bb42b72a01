import pino from "pino";

type More = Record<string, unknown>;

/** Where the server's own news goes: JSON lines on stderr, secrets taken out. */
export type Log = {
  error(message: string, error?: unknown, more?: More): void;
  warn(message: string, more?: More): void;
  info(message: string, more?: More): void;
};

const SECRETS: [RegExp, string][] = [
  [/\bsk-[A-Za-z0-9_-]{6,}/g, "sk-…"],
  [/\bBearer\s+[^\s"',]+/gi, "Bearer …"],
  [/([?&]token=)[^&\s"']+/gi, "$1…"],
  [/(\/(?:r|api\/shared)\/)[\w.-]{20,}/g, "$1…"],
  [/(\/\/)[^/\s:@"']+:[^/\s@"']+@/g, "$1…@"],
  [/data:[a-z]+\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+/gi, "data:…"],
  [/((?:set-)?cookie|authorization|x-api-key)("?\s*[:=]\s*"?)[^\n"]+/gi, "$1$2…"],
];

/** A text without keys, tokens, cookies, passwords in addresses and inline files. */
export const redact = (text: string): string =>
  SECRETS.reduce((t, [pattern, shown]) => t.replace(pattern, shown), text);

/** Only name, message, code and stack of an error are kept: objects of other libraries may hold request headers. */
function errorFields(error: unknown): More {
  if (!(error instanceof Error)) return { error: redact(String(error)) };
  const code = (error as { code?: unknown }).code;
  return {
    error: {
      name: error.name,
      message: redact(error.message),
      stack: redact(error.stack ?? ""),
      ...(typeof code === "string" ? { code } : {}),
    },
  };
}

/** Lines are written at once, so that nothing is lost when the process ends. `write` takes them instead of stderr. */
export function createLog(env: { logLevel: string }, write?: (line: string) => void): Log {
  const options = { level: env.logLevel, base: { pid: process.pid } };
  const logger = pino(options, write ? { write } : pino.destination({ fd: 2, sync: true }));
  return {
    error: (message, error, more = {}) =>
      logger.error({ ...more, ...(error === undefined ? {} : errorFields(error)) }, redact(message)),
    warn: (message, more = {}) => logger.warn(more, redact(message)),
    info: (message, more = {}) => logger.info(more, redact(message)),
  };
}
