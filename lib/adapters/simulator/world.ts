import type { ModelsServed } from "./models-served.ts";
import type { SimulatorOptions } from "./options.ts";
import type { Composed } from "./responses/compose.ts";
import type { SimulatorStore } from "./store/store.ts";

/** What every endpoint works with. */
export type World = {
  store: SimulatorStore;
  now: () => number;
  models: ModelsServed;
  options: SimulatorOptions;
  /** Answers being worked out or lately worked out, by response id. */
  composed: Map<string, Promise<Composed>>;
};
