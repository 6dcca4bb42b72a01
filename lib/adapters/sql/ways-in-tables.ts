type Flag = 0 | 1;
type Json = string;

/** `id_hash` is what an address is looked up by, so that the time a look-up takes tells nothing about the id. `wish` = what a person asked for. */
export type HookTable = {
  id_hash: string;
  id: string;
  template_id: string;
  enabled: Flag;
  wish: Json;
  secret: Json | null;
  created_at: number;
};
/** `budget_micro` = what the delivery's run may cost at most, where a cap for the day gave it a share; null = no share was given. */
export type HookDeliveryTable = {
  hook_id: string;
  delivery_id: string;
  signature: string;
  run_id: string | null;
  budget_micro: number | null;
  at: number;
};
export type ScheduleTable = {
  id: string;
  template_id: string;
  enabled: Flag;
  wish: Json;
  next_at: number | null;
  created_at: number;
};
export type ScheduleFiringTable = {
  schedule_id: string;
  at: number;
  fired_at: number;
  run_id: string | null;
  error: string | null;
};
export type SecretTable = { name: string; origin: string; sealed: Json; created_at: number };
export type SentTable = {
  id: string;
  run_id: string;
  node_id: string;
  host: string;
  state: "sending" | "delivered" | "failed";
  attempts: number;
  status: number | null;
  error: string | null;
  at: number;
};

export type WaysInTables = {
  hook: HookTable;
  hook_delivery: HookDeliveryTable;
  schedule: ScheduleTable;
  schedule_firing: ScheduleFiringTable;
  secret: SecretTable;
  sent: SentTable;
};
