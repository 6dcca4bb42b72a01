import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { toMicro } from "../protocol/money.ts";
import { type SettingsChange, StoredSettings } from "../protocol/settings.ts";
import { type Env, isLoopback } from "./env.ts";
import { masterKey } from "./master-key.ts";
import { Sealed, seal, unseal } from "./seal.ts";

const Credential = z.strictObject({ origin: z.string(), sealed: Sealed });
const StoredFile = z.strictObject({
  version: z.literal(1),
  settings: StoredSettings.default({}),
  openaiKey: Credential.optional(),
});
type StoredFile = z.infer<typeof StoredFile>;

/** Where the key goes when nobody says otherwise. */
export const OPENAI = "https://api.openai.com/v1";

/** Each setting's variable; one that the environment sets wins. */
export const VARIABLES = {
  openaiBaseUrl: "OPENAI_BASE_URL",
  budgetRunUsd: "BUDGET_RUN_USD",
  budgetDayUsd: "BUDGET_DAY_USD",
  concurrency: "THROUGHLINE_CONCURRENCY",
  openaiRpm: "OPENAI_RPM",
  openaiIpm: "OPENAI_IPM",
} as const satisfies Record<keyof StoredSettings, string>;

/** A setting cannot be changed; the message says why and what to do. */
export class SettingRefused extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = "SettingRefused";
    this.field = field;
  }
}

/** Settings made in the studio: one file (mode 0600) in the data folder, the provider's key sealed in it. */
export type SettingsBook = {
  /** The environment with what is stored filled in; what commands and the server run with. */
  env(): Env;
  stored(): StoredSettings;
  /** Where the key comes from, and why a stored one is not used. */
  key(): { source: "environment" | "stored" | "default"; problem?: string };
  /** Throws SettingRefused for what the environment says, or for an address a key must not go to. */
  change(change: SettingsChange): void;
  /** Seals a key for the address that holds now. Throws SettingRefused. */
  setKey(key: string): void;
  removeKey(): void;
};

/** Reads the settings of a data folder; a damaged file is refused with its name rather than overwritten. */
export function openSettings(env: Env): SettingsBook {
  const path = join(env.dataDir, "settings.json");
  const file = read(path);
  const save = (next: StoredFile): void => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.tmp`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(`${path}.tmp`, path);
    Object.assign(file, { openaiKey: undefined }, next);
  };
  const baseUrl = (): string => env.openaiBaseUrl ?? file.settings.openaiBaseUrl ?? OPENAI;
  const about = (origin: string): string => `openai\n${origin}`;

  const key = (): ReturnType<SettingsBook["key"]> & { value?: string } => {
    if (env.openaiKey !== undefined) return { source: "environment", value: env.openaiKey };
    const credential = file.openaiKey;
    if (!credential) return { source: "default" };
    const origin = new URL(baseUrl()).origin;
    if (credential.origin !== origin) {
      const problem = `The stored key was entered for ${credential.origin} and is not sent to ${origin}. Enter the key for this address.`;
      return { source: "stored", problem };
    }
    const master = masterKey(env, false);
    const value = master && unseal(credential.sealed, about(origin), master);
    return value === undefined
      ? { source: "stored", problem: "The stored key cannot be opened on this machine. Enter it again." }
      : { source: "stored", value };
  };

  return {
    env() {
      const { settings } = file;
      const given = (name: keyof StoredSettings) => env.given.has(VARIABLES[name]);
      const budget = (name: "budgetRunUsd" | "budgetDayUsd", now: number | null): number | null => {
        const usd = settings[name];
        if (given(name) || usd === undefined) return now;
        return usd === null ? null : toMicro(usd);
      };
      return {
        ...env,
        openaiKey: key().value,
        openaiBaseUrl: env.openaiBaseUrl ?? settings.openaiBaseUrl,
        budgetRunMicro: budget("budgetRunUsd", env.budgetRunMicro),
        budgetDayMicro: budget("budgetDayUsd", env.budgetDayMicro),
        concurrency: given("concurrency") ? env.concurrency : (settings.concurrency ?? env.concurrency),
        openaiRpm: env.openaiRpm ?? settings.openaiRpm,
        openaiIpm: env.openaiIpm ?? settings.openaiIpm,
      };
    },
    stored: () => file.settings,
    key() {
      const { value: _, ...told } = key();
      return told;
    },
    change(change) {
      const next: Record<string, unknown> = { ...file.settings };
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined) continue;
        const variable = VARIABLES[name as keyof StoredSettings];
        if (env.given.has(variable))
          throw new SettingRefused(
            name,
            `${variable} is set in the environment of the server, which wins. Change it there.`,
          );
        if (value === "default") delete next[name];
        else next[name] = value;
      }
      const address = next.openaiBaseUrl as string | undefined;
      if (change.openaiBaseUrl !== undefined && address !== undefined) refuseUnsafe(address);
      save({ ...file, settings: StoredSettings.parse(next) });
    },
    setKey(secret) {
      if (env.openaiKey !== undefined)
        throw new SettingRefused("key", "OPENAI_API_KEY is set in the environment of the server, which wins.");
      const { origin } = new URL(baseUrl());
      const master = masterKey(env, true);
      if (!master) throw new Error("No key to seal with could be made.");
      save({ ...file, openaiKey: { origin, sealed: seal(secret, about(origin), master) } });
    },
    removeKey() {
      const { openaiKey: _, ...rest } = file;
      save(rest);
    },
  };
}

/** The settings every command and server runs with: the environment, and what was set in the studio of its data folder. */
export const withStoredSettings = (env: Env): Env => openSettings(env).env();

/** A key must not travel in clear text through other people's networks, nor an address carry a password of its own. */
function refuseUnsafe(address: string): void {
  const url = new URL(address);
  if (url.username || url.password || url.search || url.hash)
    throw new SettingRefused("openaiBaseUrl", "The address must not hold a user name, a password or a query.");
  if (url.protocol === "http:" && !isLoopback(url.hostname.replace(/^\[|\]$/g, "")))
    throw new SettingRefused(
      "openaiBaseUrl",
      "Only https is taken here, or http on this machine. For another address set OPENAI_BASE_URL in the environment.",
    );
}

function read(path: string): StoredFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { version: 1, settings: {} };
    throw error;
  }
  try {
    return StoredFile.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} cannot be read as settings. Mend it, or delete it to start with the defaults.`);
  }
}
