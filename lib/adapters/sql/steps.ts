import { sql } from "kysely";
import type { EventBody, RunEvent } from "#lib/protocol/events.ts";
import type { Journal, KeyParts, NodeMemory, StepRecord } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { fromJson, pageSize } from "./json.ts";
import { ready } from "./ready.ts";
import { fromStepRecord, toStepRecord } from "./step-rows.ts";
import type { NodeMemoryTable, StepTable, Tx } from "./tables.ts";
import { incoming } from "./upsert.ts";

type StepReads = Pick<Journal, "steps" | "events" | "memory" | "dueSteps">;

/** Waiting steps decided in one go; the next sweep takes the rest. */
const DUE_AT_ONCE = 100;

/** What a run did so far, as its worker and its spectators read it. */
export const stepReads = ({ db }: Dialect): StepReads => ({
  async steps(runId) {
    const rows = await db.selectFrom("step").selectAll().where("run_id", "=", runId).execute();
    return rows.map(toStepRecord);
  },

  async dueSteps(now, runId) {
    let query = db
      .selectFrom("step")
      .innerJoin("run", "run.id", "step.run_id")
      .select(["step.run_id", "step.node_id", "step.pass", "step.otherwise"])
      .where("step.due_at", "<=", now)
      .where("step.state", "=", "waiting")
      .where("step.answer", "is", null)
      .where("run.status", "not in", ["paused", "succeeded", "failed", "cancelled"])
      .orderBy("step.due_at")
      .limit(DUE_AT_ONCE);
    if (runId !== undefined) query = query.where("step.run_id", "=", runId);
    return (await query.execute()).map((row) => ({
      runId: row.run_id,
      nodeId: row.node_id,
      pass: row.pass,
      otherwise: fromJson(row.otherwise),
    }));
  },

  async events(runId, afterSeq, limit) {
    const rows = await db
      .selectFrom("event")
      .select(["seq", "at", "body"])
      .where("run_id", "=", runId)
      .where("seq", ">", afterSeq)
      .orderBy("seq")
      .limit(pageSize(limit))
      .execute();
    return rows.map(({ seq, at, body }): RunEvent => ({ seq, at, runId, ...(JSON.parse(body) as EventBody) }));
  },

  async memory(graphId) {
    const rows = await db.selectFrom("node_memory").selectAll().where("graph_id", "=", graphId).execute();
    return new Map(
      rows.map((row): [string, NodeMemory] => [
        row.node_id,
        { nodeId: row.node_id, runId: row.run_id, parts: JSON.parse(row.parts) as KeyParts },
      ]),
    );
  },
});

/**
 * Writes steps whole, in order. Two things outlive it: an answer recorded meanwhile, and a step that is done — it stays as it was first
 * recorded until it is deleted on purpose, so that no bug can make a run lose or change a result.
 */
export async function putSteps(tx: Tx, runId: string, steps: readonly StepRecord[]): Promise<void> {
  for (const step of steps) await putStep(tx, fromStepRecord(runId, step));
}

const putStep = ready((tx, row: StepTable) =>
  tx
    .insertInto("step")
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(["run_id", "node_id", "pass"])
        .doUpdateSet({
          ...incoming("state", "cached", "why", "items", "outputs", "question", "error", "warnings", "rehydrated"),
          ...incoming("calls", "cost_micro", "started_at", "ended_at", "made_by", "due_at", "otherwise"),
          answer: sql`coalesce(excluded.answer, step.answer)`,
        })
        .where("step.state", "<>", "done"),
    ),
);

export async function putMemory(tx: Tx, graphId: string, memory: NodeMemory): Promise<void> {
  const parts = JSON.stringify(memory.parts);
  await memoryRow(tx, { graph_id: graphId, node_id: memory.nodeId, run_id: memory.runId, parts });
}

const memoryRow = ready((tx, row: NodeMemoryTable) =>
  tx
    .insertInto("node_memory")
    .values(row)
    .onConflict((oc) => oc.columns(["graph_id", "node_id"]).doUpdateSet(incoming("run_id", "parts"))),
);
