import type { Plan } from "../../engine/types.ts";
import { EntryRecord } from "../../protocol/entry-record.ts";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import { hasErrors, InvalidError } from "../../protocol/problems.ts";
import { newId } from "../digest.ts";
import { graphOfRun, planOfRun } from "../graph-of-run.ts";
import { missingAssets } from "../missing-assets.ts";
import type { ArchiveRow, AssetStore, Clock, Journal, Provider, RunParams } from "../ports.ts";
import type { Remake } from "./archive-api.ts";

export type RemakePorts = {
  journal: Journal;
  assets: AssetStore;
  catalogue: Parameters<typeof planOfRun>[0]["catalogue"];
  provider: Pick<Provider, "simulated">;
  clock: Clock;
  worker: { wake(): void };
  defaultBudgetMicro: MicroUsd | null;
};

/** The record of an entry, read as far as remaking needs it. Throws StepError RECORD_UNREADABLE. */
export function recordOf(entry: Pick<ArchiveRow, "id" | "record">): EntryRecord {
  const read = EntryRecord.safeParse(entry.record);
  if (read.success) return read.data;
  throw new StepError("RECORD_UNREADABLE", `The record of ${entry.id} does not say how it was made.`);
}

/** The parameters of the run that made an entry, up to the node that archived it. Inside a saved graph that stood for a node, that node. */
export const paramsOf = ({ run, node, template, answers }: EntryRecord): RunParams => ({
  inputs: run.inputs,
  to: [node.id.split("/")[0] ?? node.id],
  ...(run.takes ? { takes: run.takes } : {}),
  ...(run.links ? { links: run.links } : {}),
  ...(run.sheets ? { sheets: run.sheets } : {}),
  ...(answers ? { answers: answers.map(({ nodeId, pass, answer, items }) => ({ nodeId, pass, answer, items })) } : {}),
  ...(template ? { template } : {}),
  inDoubt: "hold",
});

/**
 * Queues a run of the very revision, inputs, sheets, takes and decisions an entry was made with. The plan is checked as that of any run; its inputs were when
 * the first one was started. Nothing is looked up anew, so a library that moved on changes nothing.
 */
export async function remakeEntry(
  ports: RemakePorts,
  entry: ArchiveRow,
  options: Remake = {},
): Promise<{ runId: string }> {
  const record = recordOf(entry);
  refuseOther(ports, record, options);
  return await queue(ports, record, { ...paramsOf(record), remakes: entry.id }, options);
}

/** The same with another take of the node that drew last. Decisions about what comes after it are asked for again. */
export async function anotherOf(
  ports: RemakePorts,
  entry: ArchiveRow,
  options: Remake = {},
): Promise<{ runId: string; takes: Record<string, number> }> {
  const record = recordOf(entry);
  refuseOther(ports, record, options);
  const nodeId = drawnBy(record);
  const params = paramsOf(record);
  const plan = (await planOfRun(ports, { graphHash: record.graph.revision, params }))?.plan;
  const node = nodeId === undefined ? undefined : plan?.nodes.get(nodeId);
  if (!node || !plan)
    throw new StepError(
      "NOTHING_DRAWN",
      "No model drew this one, so there is nothing to take another of. Remake it, or change its graph.",
    );
  const takes = { ...params.takes, [node.id]: node.take + 1 };
  const after = downstream(plan, node.id);
  const answers = params.answers?.filter((answer) => !after.has(answer.nodeId));
  return { ...(await queue(ports, record, { ...params, takes, answers }, options)), takes };
}

/** The node whose model drew last on the way to an entry. */
export function drawnBy({ lineage = [], made, node }: EntryRecord): string | undefined {
  const last = lineage.findLast((picture) => picture.made?.by === "model");
  const from = last?.made ?? (made?.by === "model" ? made : undefined);
  return from?.node ?? (from && node.id);
}

function downstream(plan: Plan, from: string): Set<string> {
  const found = new Set([from]);
  for (const id of found) for (const { target } of plan.nodes.get(id)?.outgoing ?? []) found.add(target);
  return found;
}

function refuseOther({ provider }: RemakePorts, record: EntryRecord, { anyway = false }: Remake): void {
  if (anyway || (record.simulated === true) === provider.simulated) return;
  throw new StepError(
    "OTHER_PROVIDER",
    provider.simulated
      ? "A model drew this picture, and no key is set here: the simulator would draw another one. Set the key, or remake it anyway."
      : "The simulator drew this picture, and a key is set here: a model would draw another one, for money. Remake it anyway if that is meant.",
  );
}

async function queue(
  ports: RemakePorts,
  record: EntryRecord,
  params: RunParams,
  { budgetMicro }: Remake,
): Promise<{ runId: string }> {
  const { journal, assets, clock, provider, worker } = ports;
  const graphHash = record.graph.revision;
  const found = await graphOfRun(ports, { graphHash, params });
  if (!found) throw graphMissing(record);
  const planned = await planOfRun(ports, { graphHash, params });
  const missing = await missingAssets(found.expanded.graph.nodes, params.inputs, [], assets);
  const problems = [...(planned?.problems ?? []), ...missing];
  if (hasErrors(problems) || !planned?.plan) throw new InvalidError(problems);
  if ((await journal.countRuns("queued")) >= LIMITS.queuedRuns)
    throw new StepError(
      "QUEUE_FULL",
      `${LIMITS.queuedRuns} runs are waiting already. Try again when some have finished.`,
    );
  const now = clock.now();
  const { runId } = await journal.createRun({
    id: newId("run", now),
    graphHash,
    graphId: found.drawn.id,
    graphName: found.drawn.name,
    params,
    status: "queued",
    priority: 10,
    budgetMicro: budgetMicro === undefined ? ports.defaultBudgetMicro : budgetMicro,
    simulated: provider.simulated,
    createdAt: now,
  });
  worker.wake();
  return { runId };
}

export const graphMissing = ({ graph }: EntryRecord): StepError =>
  new StepError(
    "GRAPH_MISSING",
    `The graph that made this (${graph.name}, ${graph.revision.slice(0, 12)}) is not stored here. Import the entry's bundle.`,
  );
