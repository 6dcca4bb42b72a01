import type { Journal } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { pageSize } from "./json.ts";
import type { Db } from "./tables.ts";

/** Steps nobody has answered yet, of runs that still can go on. */
const open = (db: Db) =>
  db
    .selectFrom("step")
    .innerJoin("run", "run.id", "step.run_id")
    .where("step.state", "=", "waiting")
    .where("step.answer", "is", null)
    .where("run.status", "not in", ["succeeded", "failed", "cancelled"]);

/** What waits for people, over all runs. */
export const waiting = ({ db }: Dialect): Pick<Journal, "waitingSteps" | "countWaiting"> => ({
  async waitingSteps({ limit, before }) {
    let query = open(db)
      .select((eb) => [
        "step.run_id",
        "step.node_id",
        "step.pass",
        eb.fn.coalesce("step.ended_at", eb.lit(0)).as("since"),
      ])
      .orderBy("since", "desc")
      .orderBy("step.run_id", "desc")
      .orderBy("step.node_id", "desc")
      .orderBy("step.pass", "desc")
      .limit(pageSize(limit));
    if (before)
      query = query.where((eb) =>
        eb(
          eb.tuple(
            eb.fn.coalesce("step.ended_at", eb.lit(0)),
            eb.ref("step.run_id"),
            eb.ref("step.node_id"),
            eb.ref("step.pass"),
          ),
          "<",
          eb.tuple(before.since, before.runId, before.nodeId, before.pass),
        ),
      );
    return (await query.execute()).map((row) => ({
      since: Number(row.since),
      runId: row.run_id,
      nodeId: row.node_id,
      pass: row.pass,
    }));
  },

  async countWaiting() {
    const { steps } = await open(db)
      .select((eb) => eb.fn.countAll<number>().as("steps"))
      .executeTakeFirstOrThrow();
    return Number(steps);
  },
});
