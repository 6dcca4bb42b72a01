import * as z from "zod";

const Usd = z.number().min(0).max(1_000_000);

/** Settings a person may change while the studio runs. `null` for a budget: no cap; left out or removed: the default. Money in USD. */
export const StoredSettings = z.strictObject({
  openaiBaseUrl: z.url({ protocol: /^https?$/, error: "write an address like https://api.openai.com/v1" }).optional(),
  budgetRunUsd: Usd.nullable().optional(),
  budgetDayUsd: Usd.nullable().optional(),
  concurrency: z.int().min(1).max(1024).optional(),
  openaiRpm: z.int().min(1).max(1_000_000).optional(),
  openaiIpm: z.int().min(1).max(1_000_000).optional(),
});
export type StoredSettings = z.infer<typeof StoredSettings>;

/** `PUT /api/settings`: fields that are there are changed; `"default"` takes a stored one away. */
export const SettingsChange = z.strictObject({
  openaiBaseUrl: z.union([z.literal("default"), StoredSettings.shape.openaiBaseUrl.unwrap()]).optional(),
  budgetRunUsd: z.union([z.literal("default"), Usd.nullable()]).optional(),
  budgetDayUsd: z.union([z.literal("default"), Usd.nullable()]).optional(),
  concurrency: z.union([z.literal("default"), StoredSettings.shape.concurrency.unwrap()]).optional(),
  openaiRpm: z.union([z.literal("default"), StoredSettings.shape.openaiRpm.unwrap()]).optional(),
  openaiIpm: z.union([z.literal("default"), StoredSettings.shape.openaiIpm.unwrap()]).optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

/** `PUT /api/settings/key`. The key goes in and never comes out again. */
export const KeyBody = z.strictObject({
  key: z
    .string()
    .trim()
    .min(8, "this is too short to be a key")
    .max(512)
    .regex(/^[\x21-\x7e]+$/, "a key holds no spaces and only plain characters"),
});

const Source = z.enum(["environment", "stored", "default"]);

/** `GET /api/settings`. */
export const SettingsAnswer = z.object({
  /** What holds now. `null`: no cap, or learned from the provider. */
  values: z.object({
    openaiBaseUrl: z.string(),
    budgetRunUsd: z.number().nullable(),
    budgetDayUsd: z.number().nullable(),
    concurrency: z.int(),
    openaiRpm: z.int().nullable(),
    openaiIpm: z.int().nullable(),
  }),
  /** Where each value comes from. What the environment says cannot be changed here. */
  sources: z.record(z.string(), Source),
  key: z.object({
    set: z.boolean(),
    source: Source,
    /** Why a stored key is not used. */
    problem: z.string().optional(),
  }),
  simulated: z.boolean(),
  spentTodayUsd: z.number(),
  storage: z.object({
    folder: z.string(),
    assets: z.int(),
    bytes: z.number(),
    freeBytes: z.number(),
  }),
  problems: z.array(z.string()),
  version: z.string(),
});
export type SettingsAnswer = z.infer<typeof SettingsAnswer>;

/** `POST /api/settings/key/check`: what the provider says about the key, without buying anything. */
export const KeyCheck = z.object({ ok: z.boolean(), message: z.string() });
export type KeyCheck = z.infer<typeof KeyCheck>;
