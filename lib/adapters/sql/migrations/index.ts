import type { Migration, MigrationProvider } from "kysely/migration";
import { up as firstSchema } from "./2026-11-20-first-schema.ts";

/** Every migration by name, oldest first. Imported, never scanned: the server is bundled and has no folder to look into. */
export const MIGRATIONS: Record<string, Migration> = {
  "2026-11-20-first-schema": { up: firstSchema },
};

export const migrationProvider: MigrationProvider = { getMigrations: async () => MIGRATIONS };
