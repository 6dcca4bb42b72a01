import { afterAll, beforeAll, describe } from "vitest";
import { openPostgresJournal } from "#lib/adapters/sql/postgres/open.ts";
import { journalConformance } from "#test/adapters/conformance/journal.ts";
import { type Cluster, noPostgres, startCluster, whyNot } from "./postgres-cluster.ts";

describe.skipIf(noPostgres)(`PostgreSQL${whyNot}`, () => {
  let cluster: Cluster;
  let url: string;
  beforeAll(async () => {
    cluster = await startCluster();
    url = await cluster.database("conformance");
  });
  afterAll(() => cluster?.discard());

  journalConformance("The journal in PostgreSQL", async () => {
    const journal = await openPostgresJournal({ url });
    return {
      journal,
      async discard() {
        await journal.close();
        const tables = await cluster.query(
          "conformance",
          "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
        );
        await cluster.query("conformance", `truncate ${tables.map(({ name }) => `"${name}"`).join(", ")}`);
      },
    };
  });
});
