import type { SecretView } from "../../protocol/hooks.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import type { Clock, Sealer, SecretStore } from "../ports.ts";

/** What a secret is sealed for: it opens under its own name and origin only. */
export const aboutSecret = (name: string, origin: string): string => `secret\n${name}\n${origin}`;

/** Secrets that graphs name and never hold. They go in, are used, and never come out. */
export type Secrets = {
  list(): Promise<SecretView[]>;
  put(name: string, body: { secret: string; origin: string }): Promise<SecretView>;
  /** False: there is no such secret. */
  remove(name: string): Promise<boolean>;
};

export function createSecrets(ports: { store: SecretStore; sealer: Sealer; clock: Clock }): Secrets {
  const { store, sealer } = ports;
  return {
    async list() {
      const rows = await store.list();
      return rows.map(({ name, origin, createdAt, sealed }) => ({
        name,
        origin,
        createdAt,
        ready: sealer.open(sealed, aboutSecret(name, origin)) !== undefined,
      }));
    },
    async put(name, { secret, origin: given }) {
      const url = new URL(given);
      if (url.username || url.password || url.search || url.hash)
        throw new InvalidError([
          problem("BAD_ORIGIN", "An origin has no user name, password or query: https://cms.example.com", {
            field: "origin",
          }),
        ]);
      const { origin } = url;
      const createdAt = ports.clock.now();
      await store.put({ name, origin, sealed: sealer.seal(secret, aboutSecret(name, origin)), createdAt });
      return { name, origin, createdAt, ready: true };
    },
    remove: (name) => store.remove(name),
  };
}
