import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { journalConformance } from "#test/adapters/conformance/journal.ts";

journalConformance("The embedded journal", async () => {
  const folder = await mkdtemp(join(tmpdir(), "journal-"));
  const journal = await openSqliteJournal({ folder });
  return {
    journal,
    async discard() {
      await journal.close();
      await rm(folder, { recursive: true });
    },
  };
});
