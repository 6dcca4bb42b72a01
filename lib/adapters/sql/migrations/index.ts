import type { Migration, MigrationProvider } from "kysely/migration";
import { up as firstSchema } from "./2026-11-20-first-schema.ts";
import { up as library } from "./2026-11-20-library.ts";
import { up as runsOfAGraph } from "./2026-11-20-runs-of-a-graph.ts";
import { up as templates } from "./2026-11-20-templates.ts";
import { up as waitingAndTracing } from "./2026-11-20-waiting-and-tracing.ts";
import { up as waysIn } from "./2026-11-20-ways-in.ts";
import { up as whoAnswered } from "./2026-11-20-who-answered.ts";
import { up as archive } from "./2026-11-21-archive.ts";
import { up as batches } from "./2026-11-21-batches.ts";

/** Every migration by name, oldest first. Imported, never scanned: the server is bundled and has no folder to look into. */
export const MIGRATIONS: Record<string, Migration> = {
  "2026-11-20-first-schema": { up: firstSchema },
  "2026-11-20-runs-of-a-graph": { up: runsOfAGraph },
  "2026-11-20-waiting-and-tracing": { up: waitingAndTracing },
  "2026-11-20-templates": { up: templates },
  "2026-11-20-library": { up: library },
  "2026-11-20-who-answered": { up: whoAnswered },
  "2026-11-20-ways-in": { up: waysIn },
  "2026-11-21-archive": { up: archive },
  "2026-11-21-batches": { up: batches },
};

export const migrationProvider: MigrationProvider = { getMigrations: async () => MIGRATIONS };
