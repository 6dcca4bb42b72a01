import { statfs } from "node:fs/promises";
import { checkKey } from "../adapters/openai/check-key.ts";
import { DEFAULTS } from "../protocol/models.ts";
import { toUsd } from "../protocol/money.ts";
import type { KeyCheck, SettingsAnswer, SettingsChange } from "../protocol/settings.ts";
import type { Studio } from "../runtime/studio-api.ts";
import type { Env } from "./env.ts";
import { OPENAI, type SettingsBook, VARIABLES } from "./stored-settings.ts";

/** What the settings page asks for. Changes hold from the moment they are answered. */
export type SettingsDesk = {
  view(): Promise<SettingsAnswer>;
  change(change: SettingsChange): Promise<SettingsAnswer>;
  setKey(key: string): Promise<SettingsAnswer>;
  removeKey(): Promise<SettingsAnswer>;
  checkKey(): Promise<KeyCheck>;
};

/** Settings over the studio they hold for. `reopen` puts a studio with the new settings in place of the running one. */
export function createSettingsDesk(options: {
  book: SettingsBook;
  env: Env;
  studio(): Studio;
  reopen(): Promise<void>;
  version: string;
}): SettingsDesk {
  const { book, env } = options;
  const view = async (): Promise<SettingsAnswer> => {
    const now = book.env();
    const studio = options.studio();
    const [health, metrics, storage] = await Promise.all([studio.health(), studio.metrics(), studio.storage()]);
    const stored = book.stored();
    const key = book.key();
    const sourceOf = (name: keyof typeof VARIABLES) =>
      env.given.has(VARIABLES[name]) ? "environment" : stored[name] === undefined ? "default" : "stored";
    return {
      values: {
        openaiBaseUrl: now.openaiBaseUrl ?? OPENAI,
        budgetRunUsd: now.budgetRunMicro === null ? null : toUsd(now.budgetRunMicro),
        budgetDayUsd: now.budgetDayMicro === null ? null : toUsd(now.budgetDayMicro),
        concurrency: now.concurrency,
        openaiRpm: now.openaiRpm ?? null,
        openaiIpm: now.openaiIpm ?? null,
      },
      sources: Object.fromEntries(
        Object.keys(VARIABLES).map((name) => [name, sourceOf(name as keyof typeof VARIABLES)]),
      ),
      key: { set: now.openaiKey !== undefined, ...key },
      simulated: studio.simulated,
      spentTodayUsd: metrics.spentTodayUsd,
      storage: { folder: env.dataDir, ...storage, freeBytes: await freeBytes(env.dataDir) },
      problems: health.problems,
      version: options.version,
    };
  };
  const apply = async (edit: () => void): Promise<SettingsAnswer> => {
    edit();
    await options.reopen();
    return view();
  };
  return {
    view,
    change: (change) => apply(() => book.change(change)),
    setKey: (key) => apply(() => book.setKey(key)),
    removeKey: () => apply(() => book.removeKey()),
    async checkKey() {
      const { openaiKey, openaiBaseUrl } = book.env();
      if (openaiKey === undefined) return { ok: false, message: book.key().problem ?? "No key is set." };
      return checkKey({ apiKey: openaiKey, baseURL: openaiBaseUrl, models: [DEFAULTS.text, DEFAULTS.image] });
    },
  };
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
