import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** How long a link to a picture works (ms). */
const WEEK_MS = 7 * 86_400_000;
const HEX = /^[0-9a-f]{64}$/;

/** Links to single stored files for programs without the token: what is delivered to another system brings them along. */
export type FileLinks = {
  /** The path of a link to an asset (`sha256:…`). */
  make(asset: string): string;
  /** The asset's hash, or undefined for a link that is not ours, was changed, or has run out. */
  open(token: string): string | undefined;
};

/** Links signed under a key of their own, derived from the server's master key. Nothing is kept: a link holds until it runs out. */
export function createFileLinks(options: {
  masterKey(make: boolean): Buffer | undefined;
  now: () => number;
}): FileLinks {
  let key: Buffer | undefined;
  const mac = (text: string, make: boolean): Buffer | undefined => {
    const master = key ? undefined : options.masterKey(make);
    if (master) key = Buffer.from(hkdfSync("sha256", master, "", "throughline/file-link/v1", 32));
    return key && createHmac("sha256", key).update(text).digest();
  };
  return {
    make(asset) {
      const until = Math.ceil((options.now() + WEEK_MS) / 1000).toString(36);
      const text = `${until}.${asset.replace("sha256:", "")}`;
      return `/api/files/${text}.${mac(text, true)?.toString("base64url")}`;
    },
    open(token) {
      if (token.length > 200) return undefined;
      const [until = "", hex = "", given = ""] = token.split(".");
      const mine = mac(`${until}.${hex}`, false);
      const bytes = Buffer.from(given, "base64url");
      const same = mine !== undefined && bytes.length === mine.length && timingSafeEqual(bytes, mine);
      const good = same && bytes.toString("base64url") === given && HEX.test(hex);
      return good && Number.parseInt(until, 36) * 1000 > options.now() ? hex : undefined;
    },
  };
}
