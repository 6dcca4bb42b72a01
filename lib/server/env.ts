import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { S3Place } from "../adapters/s3/client.ts";
import { type MicroUsd, toMicro } from "../protocol/money.ts";
import { readAssetsAddress } from "./assets-address.ts";

/** Every setting of the environment, checked and typed. Secrets live here and in the adapters that need them, nowhere else. */
export type Env = {
  openaiKey?: string;
  openaiBaseUrl?: string;
  /** Absolute path of the embedded store. */
  dataDir: string;
  databaseUrl?: string;
  /** The object store that keeps the assets; undefined = the data folder does. */
  assets?: S3Place;
  host: string;
  port: number;
  /** Set by a person; without it every start makes its own launch token. */
  token?: string;
  publicUrl?: URL;
  /** How many reverse proxies stand in front; 0 = forwarded headers are ignored. */
  trustProxy: number;
  appSecretKey?: string;
  /** null = no cap. */
  budgetRunMicro: MicroUsd | null;
  budgetDayMicro: MicroUsd | null;
  concurrency: number;
  openaiTimeoutMs: number;
  openaiIdleTimeoutMs: number;
  /** Requests and images a minute; undefined = learned from the provider's headers. */
  openaiRpm?: number;
  openaiIpm?: number;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Absolute path of the folder of this person's own files, outside every data folder: the key that seals secrets lies there. */
  configDir: string;
  /** The folders in which programs of this machine are looked for, as PATH writes them. */
  searchPath?: string;
  /** Hosts of one's own network that signed messages may go to though they are not public: `host` or `host:port`. */
  webhookAllowHosts: readonly string[];
  /** Files (PEM) of the certificate that signs exports, and of its key; both or none. */
  c2pa?: { cert: string; key: string };
  /** Who is named in exports. */
  exportCreator?: string;
  exportCredit?: string;
  /** Names of the variables that were set; what they say cannot be changed from the settings page. */
  given: ReadonlySet<string>;
};

/** One or more settings are wrong. `problems` holds one sentence per wrong setting; secrets are never quoted. */
export class WrongSettings extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.name = "WrongSettings";
    this.problems = problems;
  }
}

type Vars = Record<string, string | undefined>;
const MAX_USD = 1_000_000;
const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

/** Reads and checks every setting at once. Throws WrongSettings naming all that are wrong. Empty values count as absent. */
export function readEnv(vars: Vars = process.env): Env {
  const problems: string[] = [];
  const text = (name: string): string | undefined => vars[name]?.trim() || undefined;
  const wrong = (name: string, rule: string, shown?: string): undefined => {
    problems.push(`${name} ${rule}${shown === undefined ? "" : ` (it is ${JSON.stringify(shown.slice(0, 80))})`}.`);
    return undefined;
  };
  const whole = (name: string, min: number, max: number): number | undefined => {
    const raw = text(name);
    if (raw === undefined) return undefined;
    const n = /^\d{1,9}$/.test(raw) ? Number(raw) : Number.NaN;
    return n >= min && n <= max ? n : wrong(name, `must be a whole number from ${min} to ${max}`, raw);
  };
  const money = (name: string, byDefault: number): MicroUsd | null => {
    const raw = text(name);
    if (raw === undefined) return toMicro(byDefault);
    if (raw.toLowerCase() === "none") return null;
    const usd = /^\d+(\.\d+)?$/.test(raw) ? Number(raw) : Number.NaN;
    if (usd <= MAX_USD) return toMicro(usd);
    wrong(name, `must be an amount in USD from 0 to ${MAX_USD}, or "none" for no cap`, raw);
    return 0;
  };
  /** `shown: false` where the address may hold a password. */
  const address = (name: string, schemes: string[], example: string, shown = true): URL | undefined => {
    const raw = text(name);
    if (raw === undefined) return undefined;
    const url = URL.canParse(raw) ? new URL(raw) : undefined;
    const fits = url !== undefined && schemes.includes(url.protocol);
    return fits ? url : wrong(name, `must be an address like ${example}`, shown ? raw : undefined);
  };
  const secret = (name: string, least: number): string | undefined => {
    const raw = text(name);
    if (raw === undefined) return undefined;
    if (!/^[\x21-\x7e]+$/.test(raw)) return wrong(name, "must be printable ASCII without spaces");
    return raw.length >= least ? raw : wrong(name, `must have at least ${least} characters`);
  };

  const hosts = (name: string): string[] => {
    const list = (text(name) ?? "").split(",").map((host) => host.trim());
    const given = list.filter((host) => host !== "");
    const bad = given.find((host) => !/^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(host));
    if (bad !== undefined) wrong(name, "must be hosts like cms.intranet or 10.0.0.5:8080, separated by commas", bad);
    return given;
  };

  const base = address("OPENAI_BASE_URL", ["http:", "https:"], "https://api.openai.com/v1", false);
  if (base && (base.username || base.password)) wrong("OPENAI_BASE_URL", "must not hold a user name or password");
  const publicUrl = address("PUBLIC_URL", ["http:", "https:"], "https://studio.example.com");
  if (publicUrl && (publicUrl.pathname !== "/" || publicUrl.search || publicUrl.hash || publicUrl.username))
    wrong("PUBLIC_URL", "must be an origin without path, query or password, like https://studio.example.com");
  const level = text("LOG_LEVEL") ?? "warn";
  if (!LEVELS.includes(level as Env["logLevel"])) wrong("LOG_LEVEL", `must be one of ${LEVELS.join(", ")}`, level);
  const host = text("HOST") ?? "127.0.0.1";
  if (!/^[A-Za-z0-9.:_-]{1,253}$/.test(host)) wrong("HOST", "must be an address or a host name", host);

  const [cert, key] = [text("C2PA_CERT"), text("C2PA_KEY")];
  if ((cert === undefined) !== (key === undefined)) wrong("C2PA_CERT and C2PA_KEY", "must be set together");

  const objectStore = (): S3Place | undefined => {
    const url = address("ASSETS_URL", ["s3:"], "s3://bucket/prefix?endpoint=…&region=…", false);
    if (!url) return undefined;
    const place = readAssetsAddress(url);
    if ("rule" in place) return wrong("ASSETS_URL", place.rule);
    const accessKeyId = secret("AWS_ACCESS_KEY_ID", 1);
    const secretAccessKey = secret("AWS_SECRET_ACCESS_KEY", 1);
    const sessionToken = secret("AWS_SESSION_TOKEN", 1);
    if (text("AWS_ACCESS_KEY_ID") === undefined || text("AWS_SECRET_ACCESS_KEY") === undefined)
      return wrong("ASSETS_URL", "needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as well");
    if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
    return { ...place, credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
  };

  const env: Env = {
    openaiKey: secret("OPENAI_API_KEY", 1),
    openaiBaseUrl: base?.href.replace(/\/$/, ""),
    dataDir: resolve(text("THROUGHLINE_DATA") ?? "data"),
    databaseUrl: address("DATABASE_URL", ["postgres:", "postgresql:"], "postgres://user@host/database", false)?.href,
    assets: objectStore(),
    host,
    port: whole("PORT", 0, 65_535) ?? 3000,
    token: secret("THROUGHLINE_TOKEN", 1),
    publicUrl,
    trustProxy: whole("TRUST_PROXY", 0, 10) ?? 0,
    appSecretKey: secret("APP_SECRET_KEY", 16),
    budgetRunMicro: money("BUDGET_RUN_USD", 5),
    budgetDayMicro: money("BUDGET_DAY_USD", 20),
    concurrency: whole("THROUGHLINE_CONCURRENCY", 1, 1024) ?? 16,
    openaiTimeoutMs: (whole("OPENAI_TIMEOUT_S", 1, 86_400) ?? 600) * 1000,
    openaiIdleTimeoutMs: (whole("OPENAI_IDLE_TIMEOUT_S", 1, 86_400) ?? 60) * 1000,
    openaiRpm: whole("OPENAI_RPM", 1, 1_000_000),
    openaiIpm: whole("OPENAI_IPM", 1, 1_000_000),
    logLevel: level as Env["logLevel"],
    configDir: join(text("XDG_CONFIG_HOME") ?? text("APPDATA") ?? join(homedir(), ".config"), "throughline"),
    searchPath: text("PATH"),
    c2pa: cert !== undefined && key !== undefined ? { cert: resolve(cert), key: resolve(key) } : undefined,
    exportCreator: text("EXPORT_CREATOR")?.slice(0, 200),
    exportCredit: text("EXPORT_CREDIT")?.slice(0, 200),
    webhookAllowHosts: hosts("WEBHOOK_ALLOW_HOSTS"),
    given: new Set(Object.keys(vars).filter((name) => text(name) !== undefined)),
  };
  if (problems.length > 0) throw new WrongSettings(problems);
  return env;
}

/** True when only this machine can reach the address. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * What forbids serving on `env.host`, with the way out. Anything but loopback can be reached by others, so it needs a token of
 * its own and the address people will use (which the Host check lets through).
 */
export function bindProblems(env: Env): string[] {
  if (isLoopback(env.host)) return [];
  const missing = [
    ...(env.token === undefined ? ["THROUGHLINE_TOKEN (16 characters or more)"] : []),
    ...(env.publicUrl === undefined ? ["PUBLIC_URL (the address people open)"] : []),
  ];
  if (missing.length > 0)
    return [`HOST=${env.host} can be reached by others: set ${missing.join(" and ")}, or leave HOST at 127.0.0.1.`];
  return (env.token?.length ?? 0) < 16
    ? [`HOST=${env.host} can be reached by others: THROUGHLINE_TOKEN needs 16 characters or more.`]
    : [];
}
