import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { bindProblems, isLoopback, readEnv, WrongSettings } from "#lib/server/env.ts";

const problemsOf = (vars: Record<string, string>): string[] => {
  try {
    readEnv(vars);
    return [];
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems;
    throw error;
  }
};

describe("settings", () => {
  it("name a certificate for exports as two files, both or none, and who is named in exports", () => {
    const env = readEnv({ C2PA_CERT: "cert.pem", C2PA_KEY: "/keys/key.pem", EXPORT_CREATOR: "Ada", EXPORT_CREDIT: "" });
    expect(env).toMatchObject({ c2pa: { cert: resolve("cert.pem"), key: "/keys/key.pem" }, exportCreator: "Ada" });
    expect([readEnv({}).c2pa, env.exportCredit]).toEqual([undefined, undefined]);
    expect(problemsOf({ C2PA_CERT: "cert.pem" })).toEqual(["C2PA_CERT and C2PA_KEY must be set together."]);
  });

  it("have the documented defaults", () => {
    expect(readEnv({})).toMatchObject({
      dataDir: resolve("data"),
      host: "127.0.0.1",
      port: 3000,
      trustProxy: 0,
      budgetRunMicro: 5_000_000,
      budgetDayMicro: 20_000_000,
      concurrency: 16,
      openaiTimeoutMs: 600_000,
      openaiIdleTimeoutMs: 60_000,
    });
    expect(readEnv({}).openaiKey).toBeUndefined();
    expect(readEnv({ OPENAI_API_KEY: "  ", PORT: "" })).toMatchObject({ openaiKey: undefined, port: 3000 });
  });

  it("are read as they are written", () => {
    const env = readEnv({
      OPENAI_BASE_URL: "http://127.0.0.1:9/v1/",
      BUDGET_RUN_USD: "none",
      BUDGET_DAY_USD: "0",
      PORT: "0",
      OPENAI_RPM: "60",
      PUBLIC_URL: "https://studio.example.com",
      THROUGHLINE_DATA: "/tmp/x",
    });
    expect(env).toMatchObject({
      openaiBaseUrl: "http://127.0.0.1:9/v1",
      budgetRunMicro: null,
      budgetDayMicro: 0,
      port: 0,
      openaiRpm: 60,
      dataDir: "/tmp/x",
    });
    expect(env.publicUrl?.host).toBe("studio.example.com");
  });

  it.each([
    ["PORT", "99999"],
    ["PORT", "3000x"],
    ["PORT", "-1"],
    ["BUDGET_RUN_USD", "-1"],
    ["BUDGET_RUN_USD", "NaN"],
    ["BUDGET_DAY_USD", "1e308"],
    ["BUDGET_DAY_USD", "Infinity"],
    ["BUDGET_DAY_USD", "5 USD"],
    ["THROUGHLINE_CONCURRENCY", "0"],
    ["THROUGHLINE_CONCURRENCY", "1.5"],
    ["OPENAI_TIMEOUT_S", "0"],
    ["OPENAI_IDLE_TIMEOUT_S", "soon"],
    ["OPENAI_RPM", "0"],
    ["OPENAI_BASE_URL", "ftp://x"],
    ["OPENAI_BASE_URL", "api.openai.com"],
    ["DATABASE_URL", "mysql://x"],
    ["ASSETS_URL", "https://x"],
    ["PUBLIC_URL", "https://x/path"],
    ["PUBLIC_URL", "studio"],
    ["TRUST_PROXY", "yes"],
    ["APP_SECRET_KEY", "short"],
    ["HOST", "a b"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s is refused by name", (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} .*\\.$`))]);
  });

  it("are refused all at once", () => {
    expect(problemsOf({ PORT: "x", BUDGET_RUN_USD: "-2", OPENAI_BASE_URL: "no", LOG_LEVEL: "loud" })).toHaveLength(4);
  });

  it("SC-004 are never quoted where they may be secret", () => {
    const told = problemsOf({
      OPENAI_API_KEY: "sk-canary with space",
      THROUGHLINE_TOKEN: "canary\ttoken x",
      APP_SECRET_KEY: "canary",
      DATABASE_URL: "mysql://canary:canary@x/y",
      ASSETS_URL: "http://canary@x",
      OPENAI_BASE_URL: "https://user:canary@x/v1",
    });
    expect(told).toHaveLength(6);
    expect(told.join("\n")).not.toContain("canary");
  });
});

describe("the place of assets", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIACANARY", AWS_SECRET_ACCESS_KEY: "canary/secret" };
  const place = (address: string, more: Record<string, string> = {}) =>
    readEnv({ ASSETS_URL: address, ...keys, ...more }).assets;

  it("is the data folder unless an address says otherwise, whatever keys there are", () => {
    expect(readEnv(keys).assets).toBeUndefined();
  });

  it("is read from the address and the usual keys", () => {
    const credentials = { accessKeyId: "AKIACANARY", secretAccessKey: "canary/secret" };
    expect(place("s3://Our-Pictures/team/one/?endpoint=http://127.0.0.1:9000&region=eu-1")).toEqual({
      bucket: "Our-Pictures",
      prefix: "team/one",
      endpoint: "http://127.0.0.1:9000",
      region: "eu-1",
      credentials,
    });
    expect(place("s3://b1-b.c?endpoint=https%3A%2F%2Fobjects.example.com")).toEqual({
      bucket: "b1-b.c",
      prefix: "",
      endpoint: "https://objects.example.com",
      region: "us-east-1",
      credentials,
    });
    expect(place("s3://pictures/x?region=eu-central-1", { AWS_SESSION_TOKEN: "canary-token" })).toEqual({
      bucket: "pictures",
      prefix: "x",
      region: "eu-central-1",
      credentials: { ...credentials, sessionToken: "canary-token" },
    });
  });

  it.each([
    ["s3://canary:canary@pictures?region=x", /password/],
    ["s3:pictures?region=x", /bucket/],
    ["s3://pictures:9000?region=x", /port/],
    ["s3://x?region=x", /bucket/],
    ["s3://pictures/a//b?region=x", /prefix/],
    ["s3://pictures/a%2e%2e/b?region=x", /prefix/],
    ["s3://pictures/.hidden?region=x", /prefix/],
    ["s3://pictures", /region/],
    ["s3://pictures?region=a&region=b", /once/],
    ["s3://pictures?regoin=x", /nothing else/],
    ["s3://pictures?endpoint=objects.example.com", /origin/],
    ["s3://pictures?endpoint=https://x.example/path", /origin/],
    ["s3://pictures?endpoint=https://canary:canary@x.example", /origin/],
  ])("is refused as %s", (address, rule) => {
    const told = problemsOf({ ASSETS_URL: address, ...keys });
    expect(told).toEqual([expect.stringMatching(rule)]);
    expect(told[0]).toMatch(/^ASSETS_URL .*\.$/);
    expect(told[0]).not.toMatch(/canary/i);
  });

  it("needs both keys, and quotes neither", () => {
    const ASSETS_URL = "s3://pictures?region=x";
    expect(problemsOf({ ASSETS_URL })).toEqual([expect.stringContaining("AWS_ACCESS_KEY_ID")]);
    expect(problemsOf({ ASSETS_URL, AWS_ACCESS_KEY_ID: "canary" })).toHaveLength(1);
    const told = problemsOf({ ASSETS_URL, ...keys, AWS_SECRET_ACCESS_KEY: "canary with space" });
    expect(told).toEqual([expect.stringMatching(/^AWS_SECRET_ACCESS_KEY/)]);
    expect(told[0]).not.toContain("canary");
  });
});

describe("the address to serve on", () => {
  const problems = (vars: Record<string, string>) => bindProblems(readEnv(vars));

  it("AU-001 refuses to be reached by others without a token and a public address, and says what to set", () => {
    for (const HOST of ["0.0.0.0", "::", "192.168.1.5", "studio.local"]) {
      const [told, ...more] = problems({ HOST });
      expect(more).toEqual([]);
      expect(told).toContain("THROUGHLINE_TOKEN");
      expect(told).toContain("PUBLIC_URL");
      expect(told).not.toContain("\n");
    }
    expect(problems({ HOST: "0.0.0.0", THROUGHLINE_TOKEN: "x".repeat(32) })[0]).toContain("PUBLIC_URL");
    expect(problems({ HOST: "0.0.0.0", PUBLIC_URL: "https://x.example" })[0]).toContain("THROUGHLINE_TOKEN");
    expect(problems({ HOST: "0.0.0.0", PUBLIC_URL: "https://x.example", THROUGHLINE_TOKEN: "short" })[0]).toContain(
      "16",
    );
  });

  it("serves on loopback without more, and elsewhere with both", () => {
    for (const HOST of ["127.0.0.1", "localhost", "::1", "127.0.0.5"]) expect(problems({ HOST })).toEqual([]);
    const shared = { HOST: "0.0.0.0", PUBLIC_URL: "https://x.example", THROUGHLINE_TOKEN: "x".repeat(16) };
    expect(problems(shared)).toEqual([]);
  });

  it("takes nothing for loopback that only looks like it", () => {
    for (const host of ["127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "127.1", "128.0.0.1", ""])
      expect([host, isLoopback(host)]).toEqual([host, false]);
  });
});
