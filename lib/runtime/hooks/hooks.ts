import { randomBytes } from "node:crypto";
import { StepError } from "../../protocol/failure.ts";
import { DeliveryId, HOOK_LIMITS, type HookWish } from "../../protocol/hooks.ts";
import { type MicroUsd, toMicro, toUsd } from "../../protocol/money.ts";
import { parseJson } from "../../protocol/parse-json.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import { sha256 } from "../digest.ts";
import type { Clock, HookRow, HookSeen, HookStore, Journal, Sealer } from "../ports.ts";
import { dayStart } from "../system-clock.ts";
import type { Templates } from "../templates/templates-api.ts";
import type { HookEntry, HookMessage, HookOutcome, Hooks } from "./hooks-api.ts";
import { inputsFrom, unknownInputs } from "./map-inputs.ts";
import { isSigned } from "./signature.ts";

export type HookPorts = {
  store: HookStore;
  sealer: Sealer;
  clock: Clock;
  templates: Pick<Templates, "get" | "startRun">;
  takeRate: Journal["takeRate"];
  /** The cap of a run that names none. */
  defaultBudgetMicro: MicroUsd | null;
};

const about = (id: string): string => `hook\n${id}`;
/** How long a full queue is given to shrink (seconds). */
const QUEUE_WAIT_S = 30;
/** Signatures of unknown addresses are checked against this, so that they take as long as those of known ones. */
const NOBODYS = randomBytes(32).toString("hex");

const no = (why: Extract<HookOutcome, { taken: false }>["why"], message: string, waitS?: number): HookOutcome => ({
  taken: false,
  why,
  message,
  waitS,
});

/** Hooks over the journal. Their ids are 128 random bits, their secrets 256; a hook without a secret that opens takes nothing. */
export function createHooks(ports: HookPorts): Hooks {
  const { store, sealer, clock, templates } = ports;
  const secretOf = (hook: HookRow | undefined): string =>
    (hook?.secret && sealer.open(hook.secret, about(hook.id))) ?? "";
  const entry = (row: HookRow & Partial<HookSeen>): HookEntry => ({
    id: row.id,
    templateId: row.templateId,
    revision: row.revision,
    name: row.name,
    mapping: row.mapping,
    inputs: row.inputs,
    budgetUsd: row.budgetMicro === undefined || row.budgetMicro === null ? row.budgetMicro : toUsd(row.budgetMicro),
    dayBudgetUsd: row.dayBudgetMicro === null ? null : toUsd(row.dayBudgetMicro),
    perMinute: row.perMinute,
    enabled: row.enabled,
    ready: secretOf(row) !== "",
    createdAt: row.createdAt,
    lastAt: row.lastAt,
    deliveries: row.deliveries ?? 0,
  });
  const withNewSecret = async (row: Omit<HookRow, "secret">) => {
    const secret = randomBytes(32).toString("base64url");
    const hook = { ...row, secret: sealer.seal(secret, about(row.id)) };
    await store.put(hook);
    return { hook: entry(hook), secret };
  };

  return {
    list: async (templateId) => (await store.list(templateId)).map(entry),

    async create(wish) {
      const template = await templates.get(wish.templateId, wish.revision);
      if (!template) throw unknownTemplate(wish);
      const problems = unknownInputs(template.inputs, wish);
      if (problems.length > 0) throw new InvalidError(problems);
      if ((await store.list(wish.templateId)).length >= HOOK_LIMITS.perTemplate)
        throw new InvalidError([
          problem("TOO_MANY_HOOKS", `A template has ${HOOK_LIMITS.perTemplate} hooks at most. Remove one first.`),
        ]);
      const { budgetUsd, dayBudgetUsd, ...rest } = wish;
      return withNewSecret({
        ...rest,
        id: randomBytes(16).toString("base64url"),
        budgetMicro: budgetUsd === undefined || budgetUsd === null ? budgetUsd : toMicro(budgetUsd),
        dayBudgetMicro: dayBudgetUsd === null ? null : toMicro(dayBudgetUsd),
        enabled: true,
        createdAt: clock.now(),
      });
    },

    async setEnabled(id, enabled) {
      const row = await store.get(id);
      if (!row) return undefined;
      await store.put({ ...row, enabled });
      return entry({ ...row, enabled });
    },

    async rotate(id) {
      const row = await store.get(id);
      return row && withNewSecret(row);
    },

    remove: (id) => store.remove(id),
    deliveries: (id, limit) => store.deliveries(id, limit),
    disableOf: (templateId) => store.disableOf(templateId),

    async take(id, message) {
      const hook = await store.get(id);
      const secret = secretOf(hook);
      // Always reckoned, also for an address nobody has and a hook without a secret.
      const signed = isSigned(message, secret || NOBODYS, clock.now());
      if (!hook) return no("unknown", "There is no hook at this address.");
      if (!signed || secret === "") return no("unsigned", "The request is not signed with this hook's secret, now.");
      if (!hook.enabled) return no("off", "This hook is switched off.");
      const depth = Number(/^\d{1,3}$/.exec(message.depth ?? "0")?.[0] ?? HOOK_LIMITS.depth + 1);
      if (depth > HOOK_LIMITS.depth)
        return no(
          "loop",
          `Runs have started each other ${HOOK_LIMITS.depth} times in a row: this looks like a circle.`,
        );
      const msPerUnit = 60_000 / hook.perMinute;
      const waitMs = await ports.takeRate(`hook ${hook.id}`, 1, msPerUnit, Math.min(hook.perMinute, 20));
      if (waitMs > 0)
        return no("too-many", `This hook takes ${hook.perMinute} deliveries in a minute.`, Math.ceil(waitMs / 1000));
      return start(hook, message, depth);
    },
  };

  async function start(hook: HookRow, message: HookMessage, depth: number): Promise<HookOutcome> {
    const now = clock.now();
    const body = bodyOf(message.body);
    const delivery = deliveryOf(message);
    const wishMicro = hook.budgetMicro === undefined ? ports.defaultBudgetMicro : hook.budgetMicro;
    const claim = await store.claim(hook, { ...delivery, at: now, wishMicro }, dayStart(now));
    if ("refused" in claim) {
      const waitS = Math.ceil((dayStart(now) + 86_400_000 - now) / 1000);
      return no(
        "day-budget",
        "What this hook may spend in a day is spent. It takes deliveries again tomorrow (UTC).",
        waitS,
      );
    }
    if ("before" in claim && claim.before.runId) return { taken: true, runId: claim.before.runId, created: false };
    // Somebody claimed it and its run is not known yet: the same key gives the same run, whoever is first.
    const deliveryId = "before" in claim ? claim.before.deliveryId : delivery.id;
    const { budgetMicro } = "before" in claim ? claim.before : claim;
    try {
      const template = await templates.get(hook.templateId, hook.revision);
      if (!template) throw unknownTemplate(hook);
      const started = await templates.startRun(hook.templateId, {
        revision: hook.revision,
        inputs: inputsFrom(template.inputs, hook, body),
        budgetMicro,
        depth,
        idempotencyKey: `hook ${hook.id} ${deliveryId}`,
      });
      await store.started(hook.id, deliveryId, started.runId);
      return { taken: true, ...started };
    } catch (error) {
      await store.release(hook.id, deliveryId);
      if (error instanceof StepError && error.code === "QUEUE_FULL")
        return no("queue-full", error.message, QUEUE_WAIT_S);
      throw error;
    }
  }
}

const unknownTemplate = ({ templateId, revision }: Pick<HookWish, "templateId" | "revision">): InvalidError => {
  const of = revision === undefined ? "" : ` with a revision ${revision}`;
  return new InvalidError([
    problem("UNKNOWN_TEMPLATE", `There is no published template "${templateId}"${of}.`, { field: "templateId" }),
  ]);
};

/** A sender that names no delivery is known by what it signed. */
function deliveryOf({ deliveryId, signature = "" }: HookMessage): { id: string; signature: string } {
  const digest = sha256(signature);
  if (deliveryId === undefined) return { id: `signed-${digest.slice(0, 32)}`, signature: digest };
  if (DeliveryId.safeParse(deliveryId).success) return { id: deliveryId, signature: digest };
  throw new InvalidError([
    problem("BAD_DELIVERY_ID", "A delivery id has 1 to 200 visible characters and no spaces.", {
      field: "throughline-delivery",
    }),
  ]);
}

function bodyOf(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InvalidError([problem("MALFORMED_JSON", "This body is not UTF-8.")]);
  }
  const value = text.trim() === "" ? {} : parseJson(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new InvalidError([problem("NOT_AN_OBJECT", 'The body is a JSON object, like { "title": "…" }.')]);
}
