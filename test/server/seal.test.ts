import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { masterKey } from "#lib/server/master-key.ts";
import { seal, unseal } from "#lib/server/seal.ts";

const master = randomBytes(32);
const SECRET = "sk-CANARY-0123456789";

describe("a sealed secret", () => {
  test("opens with the same master key and purpose, and looks different each time", () => {
    const [one, two] = [seal(SECRET, "openai\nhttps://a", master), seal(SECRET, "openai\nhttps://a", master)];
    expect(unseal(one, "openai\nhttps://a", master)).toBe(SECRET);
    expect(one.data).not.toBe(two.data);
    expect(JSON.stringify(one)).not.toContain("CANARY");
  });

  test("does not open for another server, with another master key, or when a bit of it was changed", () => {
    const sealed = seal(SECRET, "openai\nhttps://a", master);
    expect(unseal(sealed, "openai\nhttps://b", master)).toBeUndefined();
    expect(unseal(sealed, "openai\nhttps://a", randomBytes(32))).toBeUndefined();
    const data = Buffer.from(sealed.data, "base64");
    data[0] = (data[0] ?? 0) ^ 1;
    expect(unseal({ ...sealed, data: data.toString("base64") }, "openai\nhttps://a", master)).toBeUndefined();
    expect(unseal({ ...sealed, tag: "AAAA" }, "openai\nhttps://a", master)).toBeUndefined();
  });
});

describe("the master key", () => {
  const folder = () => join(mkdtempSync(join(tmpdir(), "master-")), "config");

  test("is made when first needed, for its owner alone, and stays", () => {
    const configDir = folder();
    expect(masterKey({ configDir }, false)).toBeUndefined();
    const made = masterKey({ configDir }, true);
    expect(made).toHaveLength(32);
    expect(masterKey({ configDir }, true)).toEqual(made);
    const file = join(configDir, "secret.key");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    masterKey({ configDir }, false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("comes from APP_SECRET_KEY when that is set; then no file is made", () => {
    const configDir = folder();
    const key = masterKey({ appSecretKey: "a secret of sixteen or more", configDir }, true);
    expect(key).toHaveLength(32);
    expect(() => readFileSync(join(configDir, "secret.key"))).toThrow();
  });

  test("a damaged file is named, not used", () => {
    const configDir = folder();
    masterKey({ configDir }, true);
    writeFileSync(join(configDir, "secret.key"), "short");
    expect(() => masterKey({ configDir }, true)).toThrow(/secret\.key does not hold a key/);
  });
});
