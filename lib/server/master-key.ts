import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The key that seals secrets: APP_SECRET_KEY, or a file only its owner can read, outside every data folder, made when it is first needed.
 * It protects a copied data folder, not a machine that others control. Undefined: there is none yet and `make` is false.
 */
export function masterKey(env: { appSecretKey?: string; configDir: string }, make: boolean): Buffer | undefined {
  if (env.appSecretKey !== undefined) return createHash("sha256").update(env.appSecretKey).digest();
  const file = join(env.configDir, "secret.key");
  if (!existsSync(file)) {
    if (!make) return undefined;
    mkdirSync(env.configDir, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another process made it in between: then that one counts.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  chmodSync(file, 0o600);
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "base64");
  if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes. Delete it to have a new one made.`);
  return key;
}
