import type { HookWish } from "../../protocol/hooks.ts";
import type { HookDeliveryRow } from "../ports.ts";

/** A hook as it is shown: everything but its secret. Money in USD. */
export type HookEntry = HookWish & {
  id: string;
  enabled: boolean;
  ready: boolean;
  createdAt: number;
  lastAt?: number;
  deliveries: number;
};

/** A request that came to a hook's address, before anything of it is believed. */
export type HookMessage = {
  deliveryId?: string;
  timestamp?: string;
  signature?: string;
  depth?: string;
  body: Buffer;
};

/** What became of it. `wait` in seconds. */
export type HookOutcome =
  | { taken: true; runId: string; created: boolean }
  | {
      taken: false;
      why: "unknown" | "unsigned" | "off" | "loop" | "too-many" | "day-budget" | "queue-full";
      message: string;
      waitS?: number;
    };

/** Ways in: addresses at which a signed request starts a run of a template. */
export type Hooks = {
  list(templateId?: string): Promise<HookEntry[]>;
  /** Gives the secret, this once. Throws InvalidError for a template or an input there is not. */
  create(wish: HookWish): Promise<{ hook: HookEntry; secret: string }>;
  setEnabled(id: string, enabled: boolean): Promise<HookEntry | undefined>;
  /** A new secret; the one before holds no longer. */
  rotate(id: string): Promise<{ hook: HookEntry; secret: string } | undefined>;
  remove(id: string): Promise<boolean>;
  deliveries(id: string, limit: number): Promise<HookDeliveryRow[]>;
  /** Switches every hook of a template off, as for one that was brought in from elsewhere. */
  disableOf(templateId: string): Promise<number>;
  /** Throws InvalidError for a signed body that does not fit the template's inputs. */
  take(id: string, message: HookMessage): Promise<HookOutcome>;
};
