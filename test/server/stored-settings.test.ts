import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEnv } from "#lib/server/env.ts";
import { openSettings, SettingRefused, withStoredSettings } from "#lib/server/stored-settings.ts";

const KEY = "sk-CANARY-abcdef-0123456789";
const fresh = (vars: Record<string, string> = {}) => {
  const root = mkdtempSync(join(tmpdir(), "settings-"));
  return readEnv({ THROUGHLINE_DATA: join(root, "data"), XDG_CONFIG_HOME: join(root, "config"), ...vars });
};

describe("settings made in the studio", () => {
  test("hold for whoever opens the same data folder next, until they are taken back", () => {
    const env = fresh();
    const book = openSettings(env);
    book.change({ budgetRunUsd: 1.5, budgetDayUsd: null, concurrency: 4, openaiRpm: 30 });
    expect(withStoredSettings(env)).toMatchObject({
      budgetRunMicro: 1_500_000,
      budgetDayMicro: null,
      concurrency: 4,
      openaiRpm: 30,
    });
    book.change({ budgetRunUsd: "default", concurrency: "default" });
    expect(withStoredSettings(env)).toMatchObject({ budgetRunMicro: 5_000_000, concurrency: 16, openaiRpm: 30 });
  });

  test("what the environment says wins and cannot be changed here", () => {
    const env = fresh({ BUDGET_RUN_USD: "2", OPENAI_API_KEY: "sk-from-the-environment" });
    const book = openSettings(env);
    expect(() => book.change({ budgetRunUsd: 9 })).toThrow(/BUDGET_RUN_USD is set in the environment/);
    expect(() => book.setKey(KEY)).toThrow(SettingRefused);
    expect(book.env().budgetRunMicro).toBe(2_000_000);
    expect(book.key()).toEqual({ source: "environment" });
  });

  test("a damaged file is refused with its name and stays as it is", () => {
    const env = fresh();
    openSettings(env).change({ concurrency: 2 });
    const file = join(env.dataDir, "settings.json");
    writeFileSync(file, "{ not json");
    expect(() => openSettings(env)).toThrow(/settings\.json cannot be read/);
    expect(readFileSync(file, "utf8")).toBe("{ not json");
  });
});

describe("the provider's key in the studio", () => {
  test("SC-003 is sealed: no file of the data folder holds it, and it opens again", () => {
    const env = fresh();
    openSettings(env).setKey(KEY);
    expect(withStoredSettings(env).openaiKey).toBe(KEY);
    for (const name of readdirSync(env.dataDir))
      expect(readFileSync(join(env.dataDir, name), "utf8")).not.toContain("CANARY");
    expect(statSync(join(env.dataDir, "settings.json")).mode & 0o777).toBe(0o600);
  });

  test("is bound to the server it was entered for: another address does not get it", () => {
    const env = fresh();
    const book = openSettings(env);
    book.setKey(KEY);
    book.change({ openaiBaseUrl: "https://elsewhere.example/v1" });
    expect(book.env().openaiKey).toBeUndefined();
    expect(book.key().problem).toContain("https://elsewhere.example");
    book.change({ openaiBaseUrl: "default" });
    expect(book.env().openaiKey).toBe(KEY);
  });

  test("goes only to https or to this machine", () => {
    const book = openSettings(fresh());
    expect(() => book.change({ openaiBaseUrl: "http://elsewhere.example/v1" })).toThrow(/Only https/);
    expect(() => book.change({ openaiBaseUrl: "https://me:pw@elsewhere.example/v1" })).toThrow(/password/);
    book.change({ openaiBaseUrl: "http://127.0.0.1:4000/v1" });
    expect(book.env().openaiBaseUrl).toBe("http://127.0.0.1:4000/v1");
  });

  test("SC-007 without the master key it was sealed with there is a sentence and no key", () => {
    const env = fresh({ APP_SECRET_KEY: "the-first-secret-of-all" });
    openSettings(env).setKey(KEY);
    const moved = openSettings({ ...env, appSecretKey: "another-secret-entirely" });
    expect(moved.env().openaiKey).toBeUndefined();
    expect(moved.key().problem).toContain("Enter it again");
  });

  test("removed, it is gone from the file", () => {
    const env = fresh();
    const book = openSettings(env);
    book.setKey(KEY);
    book.removeKey();
    expect(book.key()).toEqual({ source: "default" });
    expect(readFileSync(join(env.dataDir, "settings.json"), "utf8")).not.toContain("sealed");
  });
});
