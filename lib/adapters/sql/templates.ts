import type { FormLayout } from "#lib/protocol/templates.ts";
import type { TemplateRow, TemplateStore } from "#lib/runtime/ports/templates.ts";
import type { Dialect } from "./dialect.ts";
import { given, pageSize } from "./json.ts";
import type { Db, Tx } from "./tables.ts";
import type { TemplateRevisionTable } from "./template-tables.ts";

/** Published revisions; the head says how many there were and which of them is current. */
export const templates = ({ db, now }: Dialect): TemplateStore => ({
  publish: (row) =>
    db.transaction().execute(async (tx) => {
      const { revision } = await tx
        .insertInto("template")
        .values({ id: row.id, revision: 1, current: 1 })
        .onConflict((oc) =>
          oc.column("id").doUpdateSet((eb) => ({
            revision: eb("template.revision", "+", 1),
            current: eb("template.revision", "+", 1),
          })),
        )
        .returning("revision")
        .executeTakeFirstOrThrow();
      const { cover, form, graphHash, graphRevision, ...rest } = row;
      const stored: TemplateRevisionTable = {
        ...rest,
        revision,
        graph_hash: graphHash,
        graph_revision: graphRevision,
        form: JSON.stringify(form),
        cover: cover ?? null,
        published_at: await now(tx),
      };
      await tx.insertInto("template_revision").values(stored).execute();
      return toRow({ ...stored, current: revision });
    }),

  async find(id, revision) {
    const row = await withHead(db)
      .where("r.id", "=", id)
      .where("r.revision", "=", (eb) => (revision === undefined ? eb.ref("template.current") : eb.val(revision)))
      .executeTakeFirst();
    return row && toRow(row);
  },

  async list({ limit, after }) {
    let query = withHead(db).whereRef("r.revision", "=", "template.current").orderBy("r.id");
    if (after !== undefined) query = query.where("r.id", ">", after);
    return (await query.limit(pageSize(limit)).execute()).map(toRow);
  },

  async revisions(id, { limit, before }) {
    let query = withHead(db).where("r.id", "=", id).orderBy("r.revision", "desc");
    if (before !== undefined) query = query.where("r.revision", "<", before);
    return (await query.limit(pageSize(limit)).execute()).map(toRow);
  },

  makeCurrent: (id, revision) =>
    db.transaction().execute(async (tx) => {
      await tx
        .updateTable("template")
        .set({ current: revision })
        .where("id", "=", id)
        .where("revision", ">=", revision)
        .execute();
      const row = await withHead(tx).where("r.id", "=", id).where("r.revision", "=", revision).executeTakeFirst();
      return row && toRow(row);
    }),

  async unpublish(id) {
    const gone = await db
      .updateTable("template")
      .set({ current: null })
      .where("id", "=", id)
      .where("current", "is not", null)
      .returning("id")
      .executeTakeFirst();
    return gone !== undefined;
  },
});

const withHead = (on: Db | Tx) =>
  on
    .selectFrom("template_revision as r")
    .innerJoin("template", "template.id", "r.id")
    .selectAll("r")
    .select("template.current");

const toRow = (row: TemplateRevisionTable & { current: number | null }): TemplateRow => ({
  id: row.id,
  revision: row.revision,
  graphHash: row.graph_hash,
  graphRevision: row.graph_revision,
  name: row.name,
  description: row.description,
  notes: row.notes,
  form: JSON.parse(row.form) as FormLayout,
  cover: given(row.cover),
  asks: row.asks,
  publishedAt: row.published_at,
  current: row.current === row.revision,
});
