import * as z from "zod";
import { RUN_STATUSES } from "./run.ts";
import { AssetId } from "./values.ts";

const Usd = z.number().min(0).max(1_000_000);

/** Headers of every signed message, in and out. The signature is `v1=` and the hex HMAC-SHA256 of `<timestamp>.<body>` under the shared secret. */
export const SIGNED_HEADERS = {
  /** Names the delivery: the same id again is the same delivery. */
  id: "throughline-delivery",
  /** Seconds since 1970 at which it was signed. */
  timestamp: "throughline-timestamp",
  signature: "throughline-signature",
  /** How many runs started each other up to here. */
  depth: "throughline-depth",
} as const;

export const HOOK_LIMITS = {
  /** A signature is taken this long before and after its timestamp (seconds). */
  windowS: 300,
  bodyBytes: 256 * 1024,
  /** Runs that may start each other, one after the other. */
  depth: 3,
  perTemplate: 20,
} as const;

export const DeliveryId = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, "a delivery id has 1 to 200 visible characters and no spaces");

/** `post.title`, `items.0.url`: names of own properties and positions, separated by dots. */
export const DottedPath = z
  .string()
  .regex(/^[^.\s][^.]{0,99}(?:\.[^.]{1,100}){0,15}$/, "a path is names separated by dots, like post.title");

const TemplateId = z.string().min(1).max(100);
const InputKey = z.string().min(1).max(64);
/** A name for people. */
const Title = z.string().trim().min(1).max(100);

/** `POST /api/hooks`. */
export const HookWish = z.strictObject({
  templateId: TemplateId,
  name: Title.default("Hook"),
  revision: z.int().min(1).optional().meta({ description: "Always this revision; left out = the current one." }),
  mapping: z.record(InputKey, DottedPath).default({}).meta({
    description:
      "By input: where its value stands in the body. An input that is not named is taken from the body's property of its own name.",
  }),
  inputs: z
    .record(InputKey, z.unknown())
    .default({})
    .meta({ description: "By input: a value that is the same every time." }),
  budgetUsd: Usd.nullable().optional().meta({ description: "Cap of each run; null = none; left out = the default." }),
  dayBudgetUsd: Usd.nullable()
    .default(null)
    .meta({ description: "Cap of all runs this hook starts in one UTC day; null = none." }),
  perMinute: z
    .int()
    .min(1)
    .max(600)
    .default(30)
    .meta({ description: "Deliveries taken in a minute; more are answered with 429." }),
});
export type HookWish = z.infer<typeof HookWish>;

export const HookView = HookWish.extend({
  id: z.string(),
  /** Where deliveries are sent; absolute when the server knows its public address. */
  url: z.string(),
  enabled: z.boolean(),
  /** False: its secret cannot be opened on this machine, so every delivery is refused until it is rotated. */
  ready: z.boolean(),
  createdAt: z.number(),
  lastAt: z.number().optional(),
  deliveries: z.int(),
});
export type HookView = z.infer<typeof HookView>;
export const HookList = z.object({ hooks: z.array(HookView) });
export type HookList = z.infer<typeof HookList>;
/** The one answer that shows the secret. */
export const HookSecret = z.object({ hook: HookView, secret: z.string() });
export type HookSecret = z.infer<typeof HookSecret>;

export const TemplateQuery = z.strictObject({ templateId: TemplateId.optional() });
export const EnabledBody = z.strictObject({ enabled: z.boolean() });

/** What a delivery is answered with: 202 for a new run, 200 for one that was started by this delivery before. */
export const HookTaken = z.object({
  runId: z.string(),
  /** Where the run is told, with the token of this server. */
  run: z.string(),
  /** The same for people. */
  page: z.string(),
});
export type HookTaken = z.infer<typeof HookTaken>;

export const HookDelivery = z.object({
  deliveryId: z.string(),
  runId: z.string().optional(),
  at: z.number(),
  status: z.enum(RUN_STATUSES).optional(),
});
export const HookDeliveries = z.object({ deliveries: z.array(HookDelivery) });
export type HookDeliveries = z.infer<typeof HookDeliveries>;

/** A secret's name as settings write it. */
export const SecretName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, "a name starts with a letter and holds small letters, digits and -");
/** Where a secret may be used: one origin, https except on this machine. */
export const SecretOrigin = z.url({ protocol: /^https?$/, error: "write an origin like https://cms.example.com" });
/** `PUT /api/secrets/:name`. */
export const SecretBody = z.strictObject({
  secret: z.string().min(16, "use 16 characters or more").max(512),
  origin: SecretOrigin,
});
export const SecretView = z.object({ name: SecretName, origin: z.string(), createdAt: z.number(), ready: z.boolean() });
export type SecretView = z.infer<typeof SecretView>;
export const SecretList = z.object({ secrets: z.array(SecretView) });
export type SecretList = z.infer<typeof SecretList>;

/** What a value looks like in a delivery: no pixels, nothing of the provider. */
export const DeliveredValue = z.looseObject({
  kind: z.string(),
  asset: AssetId.optional(),
  url: z.string().optional(),
});
/** The body of a delivery that leaves by a graph. */
export const DeliveryBody = z.object({
  type: z.literal("results"),
  id: z.string(),
  run: z.object({ id: z.string(), url: z.string().optional() }),
  graph: z.object({ id: z.string(), name: z.string() }),
  template: z.object({ id: z.string(), revision: z.int() }).optional(),
  node: z.object({ id: z.string(), title: z.string() }),
  simulated: z.boolean(),
  results: z.array(DeliveredValue),
});
export type DeliveryBody = z.infer<typeof DeliveryBody>;
