import type { Selectable } from "kysely";
import type { Graph } from "#lib/protocol/graph.ts";
import type { GraphRevision, Journal, RevisionRow } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { pageSize } from "./json.ts";
import type { Db, GraphRevisionTable, Tx } from "./tables.ts";

type Graphs = Pick<
  Journal,
  "putGraph" | "getGraph" | "saveGraph" | "loadGraph" | "listGraphs" | "listRevisions" | "deleteGraph"
>;

/** Snapshots that runs point at, and the graphs people edit, each with its revisions. */
export const graphs = ({ db, now }: Dialect): Graphs => ({
  async putGraph(graph, hash) {
    await db
      .insertInto("graph_version")
      .values({ hash, graph_id: graph.id, json: JSON.stringify(graph), created_at: await now(db) })
      .onConflict((oc) => oc.column("hash").doNothing())
      .execute();
  },

  async getGraph(hash) {
    const row = await db.selectFrom("graph_version").select("json").where("hash", "=", hash).executeTakeFirst();
    return row && (JSON.parse(row.json) as Graph);
  },

  /**
   * `ifMatch` is an etag or `*` for any. Saving what is there already makes no revision. A graph that was deleted meanwhile is made
   * anew, so that the work in a forgotten tab is not lost.
   */
  saveGraph: (graph, hash, ifMatch) =>
    db.transaction().execute(async (tx) => {
      const head = await tx
        .insertInto("graph")
        .values({ id: graph.id, revision: 0, deleted: 1 })
        .onConflict((oc) => oc.column("id").doUpdateSet((eb) => ({ revision: eb.ref("graph.revision") })))
        .returning(["revision", "deleted"])
        .executeTakeFirstOrThrow();
      const current = head.deleted === 0 ? await revisionOf(tx, graph.id, head.revision) : undefined;
      if (current && ifMatch !== "*" && ifMatch !== current.etag) return { conflict: toGraphRevision(current) };
      const json = JSON.stringify(graph);
      if (current?.json === json) return { saved: toGraphRevision(current), created: false };
      const revision = head.revision + 1;
      const row: GraphRevisionTable = {
        id: graph.id,
        revision,
        etag: `${revision}-${hash.replace(/^sha256:/, "").slice(0, 16)}`,
        hash,
        name: graph.name,
        json,
        created_at: await now(tx),
      };
      await tx.insertInto("graph_revision").values(row).execute();
      await tx.updateTable("graph").set({ revision, deleted: 0 }).where("id", "=", graph.id).execute();
      return { saved: toGraphRevision(row), created: current === undefined };
    }),

  async loadGraph(id, revision) {
    const row = await revisionOf(db, id, revision);
    return row && toGraphRevision(row);
  },

  async listGraphs({ limit, after }) {
    let query = db
      .selectFrom("graph")
      .innerJoin("graph_revision as r", (join) =>
        join.onRef("r.id", "=", "graph.id").onRef("r.revision", "=", "graph.revision"),
      )
      .select(["r.id", "r.name", "r.revision", "r.etag", "r.created_at as updatedAt"])
      .where("graph.deleted", "=", 0)
      .orderBy("graph.id");
    if (after !== undefined) query = query.where("graph.id", ">", after);
    return query.limit(pageSize(limit)).execute();
  },

  async listRevisions(id, { limit, before }) {
    let query = db
      .selectFrom("graph_revision")
      .select(["revision", "etag", "name", "created_at as savedAt"])
      .where("id", "=", id)
      .orderBy("revision", "desc");
    if (before !== undefined) query = query.where("revision", "<", before);
    const rows: RevisionRow[] = [];
    // One document after the other: a page of them may be hundreds of megabytes.
    for (const row of await query.limit(pageSize(limit)).execute()) {
      const found = await revisionOf(db, id, row.revision);
      rows.push({ ...row, nodes: found ? (JSON.parse(found.json) as Graph).nodes.length : 0 });
    }
    return rows;
  },

  deleteGraph: (id) =>
    db.transaction().execute(async (tx) => {
      const gone = await tx
        .updateTable("graph")
        .set({ deleted: 1 })
        .where("id", "=", id)
        .where("deleted", "=", 0)
        .returning("id")
        .executeTakeFirst();
      if (gone) await tx.deleteFrom("graph_revision").where("id", "=", id).execute();
      return gone !== undefined;
    }),
});

const revisionOf = (on: Db | Tx, id: string, revision?: number) => {
  const query = on.selectFrom("graph_revision").selectAll().where("id", "=", id);
  return revision === undefined
    ? query.orderBy("revision", "desc").limit(1).executeTakeFirst()
    : query.where("revision", "=", revision).executeTakeFirst();
};

const toGraphRevision = ({ json, created_at, ...row }: Selectable<GraphRevisionTable>): GraphRevision => ({
  ...row,
  graph: JSON.parse(json) as Graph,
  createdAt: created_at,
});
