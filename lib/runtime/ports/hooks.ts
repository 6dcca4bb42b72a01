import type { MicroUsd } from "../../protocol/money.ts";
import type { RunStatus } from "../../protocol/run.ts";
import type { SealedText } from "./secrets.ts";

/** A way in: what starts when a signed request comes to its address. */
export type HookRow = {
  /** 128 random bits; the only name its address has. */
  id: string;
  templateId: string;
  revision?: number;
  name: string;
  mapping: Record<string, string>;
  inputs: Record<string, unknown>;
  /** null = no cap; undefined = the default cap of a run. */
  budgetMicro?: MicroUsd | null;
  dayBudgetMicro: MicroUsd | null;
  perMinute: number;
  enabled: boolean;
  /** Empty = none: the hook takes nothing. */
  secret?: SealedText;
  createdAt: number;
};

export type HookSeen = { lastAt?: number; deliveries: number };
export type HookDeliveryRow = { deliveryId: string; runId?: string; at: number; status?: RunStatus };

/** What became of a delivery's claim. `budgetMicro` = what its run may cost at most. */
export type DeliveryClaim =
  | { claimed: true; budgetMicro: MicroUsd | null | undefined }
  | { before: { deliveryId: string; runId?: string; budgetMicro: MicroUsd | null | undefined } }
  | { refused: "day-budget"; spentMicro: MicroUsd };

/** Hooks and the deliveries they took. Every method is one transaction. */
export type HookStore = {
  put(hook: HookRow): Promise<void>;
  get(id: string): Promise<HookRow | undefined>;
  list(templateId?: string): Promise<(HookRow & HookSeen)[]>;
  remove(id: string): Promise<boolean>;
  /** Switches all hooks of a template off; how many there were. */
  disableOf(templateId: string): Promise<number>;
  /**
   * Takes a delivery for this hook once: the same id, or the same signature under another id, is `before`. Under a cap for the day the run gets what
   * is left of it: ended runs count what they spent, others the whole of their own cap. `dayStart` in epoch ms.
   */
  claim(
    hook: Pick<HookRow, "id" | "dayBudgetMicro">,
    delivery: { id: string; signature: string; at: number; wishMicro: MicroUsd | null | undefined },
    dayStart: number,
  ): Promise<DeliveryClaim>;
  /** The delivery's run was created. */
  started(hookId: string, deliveryId: string, runId: string): Promise<void>;
  /** It could not be: the same delivery may come again. */
  release(hookId: string, deliveryId: string): Promise<void>;
  /** The newest deliveries. */
  deliveries(hookId: string, limit: number): Promise<HookDeliveryRow[]>;
};
