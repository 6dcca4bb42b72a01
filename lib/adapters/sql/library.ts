import { type Selectable, sql } from "kysely";
import type { SheetOrigin, SheetSample } from "#lib/protocol/library.ts";
import { parseSheetRef } from "#lib/protocol/sheet-ref.ts";
import type { Library, SheetRow, SheetSnapshot, SheetVersionRow, SheetWrite } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { fromJson, given, pageSize, toFlag, toJson } from "./json.ts";
import type { SheetTable, SheetVersionTable } from "./library-tables.ts";
import type { Db, Tx } from "./tables.ts";

/** Named sheets, their versions, and what was sent of them. */
export const library = ({ db, now }: Dialect): Library => ({
  saveSheet: (write, expected) =>
    db.transaction().execute(async (tx) => {
      // A write first: on databases with several writers this row is what two of them wait for.
      const head = await tx
        .updateTable("sheet")
        .set((eb) => ({ revision: eb("revision", "+", 0) }))
        .where("id", "=", write.id)
        .returningAll()
        .executeTakeFirst();
      if (!head && expected !== undefined) return undefined;
      if (head && expected !== "any" && expected !== head.revision) return { conflict: toSheetRow(head) };
      return await put(tx, write, head, await now(tx));
    }),

  async sheet(id) {
    const row = await db.selectFrom("sheet").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toSheetRow(row);
  },

  async sheets({ words, tag, archived, limit, before }) {
    let query = db
      .selectFrom("sheet")
      .selectAll()
      .where("archived", "=", toFlag(archived))
      .orderBy("updated_at", "desc")
      .orderBy("id", "desc");
    for (const word of folded(words ?? "")
      .split(/\s+/)
      .filter(Boolean)
      .slice(0, 16))
      query = query.where(sql<boolean>`words like ${`%${literally(word)}%`} escape '\\'`);
    if (tag !== undefined)
      query = query.where(sql<boolean>`tags like ${`%${literally(JSON.stringify(tag))}%`} escape '\\'`);
    if (before !== undefined) {
      const last = await db
        .selectFrom("sheet")
        .select(["updated_at", "id"])
        .where("id", "=", before)
        .executeTakeFirst();
      if (!last) return [];
      query = query.where((eb) =>
        eb(eb.refTuple("updated_at", "id"), "<", eb.tuple(eb.val(last.updated_at), eb.val(last.id))),
      );
    }
    return (await query.limit(pageSize(limit)).execute()).map(toSheetRow);
  },

  async sheetTags() {
    const rows = await db.selectFrom("sheet").select("tags").distinct().where("archived", "=", 0).execute();
    return [...new Set(rows.flatMap(({ tags }) => JSON.parse(tags) as string[]))].sort((a, b) => a.localeCompare(b));
  },

  async sheetVersion(id, version) {
    const row = await versionOf(db, id, version);
    return row && toVersionRow(row);
  },

  async sheetVersions(id, { limit, before }) {
    let query = db.selectFrom("sheet_version").selectAll().where("sheet_id", "=", id).orderBy("version", "desc");
    if (before !== undefined) query = query.where("version", "<", before);
    return (await query.limit(pageSize(limit)).execute()).map(toVersionRow);
  },

  async sheetsExtending(id) {
    const rows = await db
      .selectFrom("sheet_version as v")
      .innerJoin("sheet as s", (join) => join.onRef("s.id", "=", "v.sheet_id").onRef("s.newest", "=", "v.version"))
      .selectAll("v")
      .where("v.parent", "=", id)
      .orderBy("v.sheet_id")
      .execute();
    return rows.map(toVersionRow);
  },

  async putSheetSnapshot(hash, snapshot) {
    await db
      .insertInto("sheet_snapshot")
      .values({ hash, json: JSON.stringify(snapshot), created_at: await now(db) })
      .onConflict((oc) => oc.column("hash").doNothing())
      .execute();
  },

  async sheetSnapshot(hash) {
    const row = await db.selectFrom("sheet_snapshot").select("json").where("hash", "=", hash).executeTakeFirst();
    return row && (JSON.parse(row.json) as SheetSnapshot);
  },
});

async function put(
  tx: Tx,
  { id, name, tags, archived, content, version }: SheetWrite,
  head: Selectable<SheetTable> | undefined,
  at: number,
): Promise<{ saved: SheetRow; added: boolean }> {
  const newest = head && (await versionOf(tx, id, head.newest));
  const added = content !== undefined && content.hash !== newest?.hash;
  const number = added ? Math.max((head?.newest ?? 0) + 1, version ?? 1) : (head?.newest ?? 0);
  if (added)
    await tx
      .insertInto("sheet_version")
      .values({
        sheet_id: id,
        version: number,
        text: content.text,
        extends: content.extends ?? null,
        parent: parseSheetRef(content.extends ?? "")?.id ?? null,
        samples: JSON.stringify(content.samples),
        hash: content.hash,
        note: content.note ?? null,
        made_from: toJson(content.madeFrom),
        created_at: at,
      })
      .execute();
  const next = {
    name: name ?? head?.name ?? id,
    tags: JSON.stringify(tags ?? (head ? JSON.parse(head.tags) : [])),
    archived: archived === undefined ? (head?.archived ?? 0) : toFlag(archived),
    newest: number,
  };
  const text = added ? content.text : (newest?.text ?? "");
  const notes = (added ? content.samples : samplesOf(newest)).flatMap(({ note }) => note ?? []);
  const row: SheetTable = {
    id,
    revision: (head?.revision ?? 0) + 1,
    ...next,
    words: folded([id, next.name, ...(JSON.parse(next.tags) as string[]), text, ...notes].join("\n")),
    created_at: head?.created_at ?? at,
    updated_at: at,
  };
  const same = head && !added && Object.entries(next).every(([key, value]) => head[key as keyof typeof next] === value);
  if (same) return { saved: toSheetRow(head), added };
  if (head) await tx.updateTable("sheet").set(row).where("id", "=", id).execute();
  else await tx.insertInto("sheet").values(row).execute();
  return { saved: toSheetRow(row), added };
}

const versionOf = (on: Db | Tx, id: string, version?: number) => {
  const query = on.selectFrom("sheet_version").selectAll().where("sheet_id", "=", id);
  return version === undefined
    ? query.orderBy("version", "desc").limit(1).executeTakeFirst()
    : query.where("version", "=", version).executeTakeFirst();
};

const folded = (text: string): string => text.normalize("NFC").toLowerCase();
const literally = (word: string): string => word.replace(/[\\%_]/g, "\\$&");
const samplesOf = (row: Pick<SheetVersionTable, "samples"> | undefined): SheetSample[] =>
  row ? (JSON.parse(row.samples) as SheetSample[]) : [];

const toSheetRow = (row: Selectable<SheetTable>): SheetRow => ({
  id: row.id,
  revision: row.revision,
  name: row.name,
  newest: row.newest,
  tags: JSON.parse(row.tags) as string[],
  archived: row.archived === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const toVersionRow = (row: Selectable<SheetVersionTable>): SheetVersionRow => ({
  sheetId: row.sheet_id,
  version: row.version,
  text: row.text,
  extends: given(row.extends),
  samples: samplesOf(row),
  hash: row.hash,
  note: given(row.note),
  madeFrom: fromJson<SheetOrigin>(row.made_from),
  createdAt: row.created_at,
});
