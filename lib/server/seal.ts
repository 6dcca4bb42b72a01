import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import * as z from "zod";

/** A secret at rest: AES-256-GCM under a key of its own, derived from the master key. All fields but `keyId` are base64. */
export const Sealed = z.strictObject({
  keyId: z.string(),
  salt: z.string(),
  iv: z.string(),
  tag: z.string(),
  data: z.string(),
});
export type Sealed = z.infer<typeof Sealed>;

/** Names a master key without telling anything about it, so that a record says which one it needs. */
const idOf = (master: Buffer): string =>
  createHash("sha256").update("throughline key id").update(master).digest("hex").slice(0, 8);

const keyOf = (master: Buffer, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", master, salt, "throughline/credential/v1", 32));

/** Seals a secret for one purpose: `about` (what it is, for which server) is sealed in, so a record cannot be used for anything else. */
export function seal(secret: string, about: string, master: Buffer): Sealed {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", keyOf(master, salt), iv);
  cipher.setAAD(Buffer.from(about));
  const data = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  const text = (bytes: Buffer) => bytes.toString("base64");
  return { keyId: idOf(master), salt: text(salt), iv: text(iv), tag: text(cipher.getAuthTag()), data: text(data) };
}

/** The secret, or undefined when the record was sealed under another key, for another purpose, or was changed. */
export function unseal(sealed: Sealed, about: string, master: Buffer): string | undefined {
  if (sealed.keyId !== idOf(master)) return undefined;
  const bytes = (text: string) => Buffer.from(text, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(master, bytes(sealed.salt)), bytes(sealed.iv), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes(sealed.tag));
    return Buffer.concat([decipher.update(bytes(sealed.data)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
