import { createHmac, timingSafeEqual } from "node:crypto";
import { HOOK_LIMITS } from "../../protocol/hooks.ts";

/** `v1=` and the hex HMAC-SHA256 of `<timestamp>.<body>`; the timestamp in seconds. */
export const signatureOf = (secret: string, timestamp: number, body: string | Buffer): string =>
  `v1=${createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex")}`;

/**
 * Whether a message was signed with the secret, now. An empty secret signs nothing. Takes as long for a wrong signature as for a right one.
 * `nowMs` in epoch ms; several signatures may stand in the header, separated by commas.
 */
export function isSigned(
  message: { timestamp?: string; signature?: string; body: Buffer },
  secret: string,
  nowMs: number,
): boolean {
  const timestamp = /^\d{1,12}$/.test(message.timestamp ?? "") ? Number(message.timestamp) : Number.NaN;
  const inTime = Math.abs(nowMs / 1000 - timestamp) <= HOOK_LIMITS.windowS;
  const right = Buffer.from(signatureOf(secret, inTime ? timestamp : 0, message.body));
  const given = (message.signature ?? "").slice(0, 1024).split(",");
  const same = given.map((text) => {
    const bytes = Buffer.from(text.trim());
    const padded = Buffer.alloc(right.length);
    bytes.copy(padded);
    return timingSafeEqual(padded, right) && bytes.length === right.length;
  });
  return secret !== "" && inTime && same.includes(true);
}
