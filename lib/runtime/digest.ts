import { hash, randomBytes } from "node:crypto";

/** SHA-256 of a text or bytes, 64 hex digits. */
export const sha256 = (data: string | Uint8Array): string => hash("sha256", data);

/** A short, sortable, unguessable id: time in base 36 and 80 random bits, e.g. `run_mfz3k1c2_4hq0…`. */
export const newId = (prefix: string, now: number): string =>
  `${prefix}_${now.toString(36)}${BigInt(`0x${randomBytes(10).toString("hex")}`)
    .toString(36)
    .padStart(16, "0")}`;
