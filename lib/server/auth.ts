import { createHash, timingSafeEqual } from "node:crypto";
import type { Sessions } from "./sessions.ts";

/** Who sends a request: a program with the token, or a browser with a session. `name` tells callers apart without being a secret. */
export type Caller = { by: "token" | "session"; name: string };

/** Three questions decide every access; other ways to sign in are other implementations. */
export type Auth = {
  identify(headers: { authorization?: string; cookie?: string }): Caller | undefined;
  /** The Set-Cookie of a new session when the token is right; the session the browser had before ends. */
  signIn(token: string, headers: { cookie?: string }): string | undefined;
  /** Ends the request's session and returns the Set-Cookie that removes it. */
  signOut(headers: { cookie?: string }): string;
};

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Tokens (the launch token of this start, the configured one) and session cookies. The cookie is HttpOnly and SameSite=Strict; over https it is Secure and carries the __Host- prefix.
 * Its name holds the port because cookies are shared by all ports of a host.
 */
export function createAuth(options: {
  tokens: readonly string[];
  sessions: Sessions;
  port: number;
  https: boolean;
}): Auth {
  const { sessions } = options;
  const expected = options.tokens.map(digest);
  const isToken = (given: string): boolean => {
    const mine = digest(given);
    return expected.map((token) => timingSafeEqual(mine, token)).includes(true);
  };
  const name = `${options.https ? "__Host-" : ""}throughline-${options.port}`;
  const cookie = (value: string, more: string): string =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${options.https ? "; Secure" : ""}${more}`;
  const sessionOf = (header: string | undefined): string | undefined =>
    header
      ?.split(";")
      .map((part) => part.trim())
      .find((part) => part.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  return {
    identify(headers) {
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
      if (bearer !== undefined) return isToken(bearer) ? { by: "token", name: "token" } : undefined;
      const id = sessionOf(headers.cookie);
      const session = id === undefined ? undefined : sessions.check(id);
      return session === undefined ? undefined : { by: "session", name: session };
    },
    signIn(token, headers) {
      if (!isToken(token)) return undefined;
      const before = sessionOf(headers.cookie);
      if (before !== undefined) sessions.close(before);
      return cookie(sessions.open(), `; Max-Age=${7 * 24 * 3600}`);
    },
    signOut(headers) {
      const id = sessionOf(headers.cookie);
      if (id !== undefined) sessions.close(id);
      return cookie("", "; Max-Age=0");
    },
  };
}
