const LONGEST = 500;
/** Request ids of the provider and of gateways before it. */
const ID = /^[\w.:@/+=-]{1,200}$/;

/** The request id an answer carries, for people who ask the provider about it; undefined when it is no id or holds a secret. */
export function requestIdOf(headers: Headers | undefined, secrets: readonly string[]): string | undefined {
  const id = headers?.get("x-request-id") ?? undefined;
  return id !== undefined && ID.test(id) && cleanMessage(id, secrets) === id ? id : undefined;
}

/**
 * A provider's words made fit for logs, events and screens: keys, authorization and cookie values, data URLs and long runs of base64 are
 * replaced, the rest is cut to 500 characters. `secrets` are replaced wherever they stand.
 */
export function cleanMessage(text: string, secrets: readonly string[] = []): string {
  let clean = text.slice(0, 20_000);
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, "[key]");
  clean = clean
    .replace(/data:[\w.+-]*\/?[\w.+-]*(?:;[\w=-]+)*,[A-Za-z0-9+/=_%-]*/g, "[data]")
    .replace(/\b(Bearer|Basic)\s+[^\s"',;]+/gi, "$1 [key]")
    .replace(
      /\b(authorization|proxy-authorization|x-api-key|api-key|set-cookie|cookie)(["']?\s*[:=]\s*)(?!\s*(?:Bearer|Basic)\b)[^\r\n,}]+/gi,
      "$1$2[key]",
    )
    .replace(/\bsk-[A-Za-z0-9*_-]{3,}/g, "[key]")
    .replace(/\/\/[^/\s@]+@/g, "//[key]@")
    .replace(/[A-Za-z0-9+/=]{200,}/g, "[data]")
    .replace(/\s+/g, " ")
    .trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean;
}
