import { sep } from "node:path";
import { canonical } from "../../engine/canonical.ts";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import type { Problem } from "../../protocol/problems.ts";
import { hasErrors, InvalidError, problem } from "../../protocol/problems.ts";
import { few } from "../../protocol/table/read-csv.ts";
import { exceedsBytes } from "../../protocol/utf8.ts";
import { newId, sha256 } from "../digest.ts";
import type { Zip } from "../ports/zip.ts";
import type { AssetStore, BatchRecord, FolderWriter, NewBatchRow, Provider } from "../ports.ts";
import type { RunHub } from "../run-hub.ts";
import type { NodeEstimate, StartRun, Studio } from "../studio-api.ts";
import { batchEvents } from "./batch-events.ts";
import { allRows, resultTable, rowFolder, zipParts } from "./batch-files.ts";
import type { Batches, BatchState, CreateBatch } from "./batches-api.ts";
import { type CheckedTable, checkTable, hashTable, picturesIn, rowProblems } from "./check-table.ts";
import type { Dispatcher, DispatchPorts } from "./dispatch-rows.ts";
import { estimateBatch } from "./estimate-batch.ts";
import { rowInputs } from "./row-inputs.ts";
import { batchDocument, batchHead, type ShowPorts } from "./show-batch.ts";

/** The same request sent again within this time is the same batch (ms): a double click, a retry of an impatient proxy. */
const TWIN_MS = 1_000;

export type BatchPorts = ShowPorts &
  DispatchPorts & {
    assets: AssetStore;
    provider: Provider;
    folderWriter: FolderWriter;
    zip: Zip;
    hub: RunHub;
    dispatcher: Dispatcher;
    defaultBudgetMicro: MicroUsd | null;
    /** Everything that can be wrong with a run before it starts, and what it would cost. Throws InvalidError. */
    estimateRun(request: StartRun, counted: Set<string>): Promise<{ nodes: NodeEstimate[]; problems: Problem[] }>;
    check: Studio["check"];
    /** Why a graph of this id may not run yet. */
    refusal(graphId: string): Promise<Problem[]>;
    exportRun: Studio["exportRun"];
  };

/** Tables over the journal: what people ask of them. Their rows are kept going by the dispatcher. */
export function createBatches(ports: BatchPorts): Batches {
  const { journal, assets, clock, provider, worker, hub, dispatcher } = ports;
  const store = journal.batches;

  /** The table, and the graph as the first row runs it: every problem before anything is stored. */
  const checked = async (request: CreateBatch): Promise<CheckedTable> => {
    const table = await checkTable(assets, request);
    const first = table.rows[0];
    const { problems } = await ports.check(request.graph, {
      to: request.to,
      takes: request.takes,
      inputs: first && rowInputs(table.reading, first.cells, first.pictures),
    });
    const refused = await ports.refusal(table.graph.id);
    if (hasErrors([...problems, ...refused])) throw new InvalidError([...problems, ...refused]);
    return table;
  };

  const state = ({ id, status, reason }: BatchRecord): BatchState => ({ batchId: id, status, reason });

  const stopRuns = async (runs: readonly string[]) => {
    for (const runId of runs) {
      worker.stop(runId, "cancel");
      await journal.requestCancel(runId);
      hub.changed(runId);
    }
  };

  const known = async (id: string): Promise<BatchRecord> => {
    const batch = await store.get(id);
    if (!batch) throw new InvalidError([problem("UNKNOWN_BATCH", `There is no batch ${id}.`)]);
    return batch;
  };

  const keepGraph = async (document: unknown): Promise<string> => {
    const { graph, problems } = await ports.check(document, {});
    if (!graph || hasErrors(problems)) throw new InvalidError(problems);
    const hash = sha256(canonical(graph));
    await journal.putGraph(graph, hash);
    return hash;
  };

  return {
    async create(request) {
      const { graph, graphHash, reading, rows, only, tableHash, planHash } = await checked(request);
      await journal.putGraph(graph, graphHash);
      const now = clock.now();
      const created = await store.create(
        {
          id: newId("batch", now),
          name: request.name ?? graph.name,
          graphHash,
          graphId: graph.id,
          graphName: graph.name,
          tableHash,
          planHash,
          columns: [...reading.columns],
          inputs: graph.inputs,
          options: {
            map: Object.fromEntries(reading.map),
            shared: reading.shared,
            to: request.to,
            takes: request.takes,
            concurrency: request.concurrency,
            rowBudgetMicro: request.rowBudgetMicro === undefined ? ports.defaultBudgetMicro : request.rowBudgetMicro,
            template: request.template,
          },
          inDoubt: request.inDoubt ?? "hold",
          budgetMicro: request.budgetMicro ?? null,
          simulated: provider.simulated,
          createdAt: now,
        },
        rows.map((row, index): NewBatchRow => ({ ...row, todo: !only || only.has(index) ? "start" : "nothing" })),
        { key: request.idempotencyKey, twinMs: TWIN_MS },
      );
      dispatcher.wake();
      return { ...created, total: rows.length };
    },

    async estimate(request) {
      const table = await checked(request);
      const { to, takes } = request;
      return await estimateBatch(
        table,
        (inputs, counted) => ports.estimateRun({ graph: table.graph, inputs, to, takes }, counted),
        { simulated: provider.simulated, monotonic: clock.monotonic },
      );
    },

    planHash: async (request) => (await checkTable(assets, request)).planHash,

    async head(batchId) {
      const batch = await store.get(batchId);
      return batch && (await batchHead(journal, batch));
    },

    async get(batchId, page) {
      const batch = await store.get(batchId);
      return batch && (await batchDocument(ports, batch, page));
    },

    async list(page) {
      const found = await store.list({ ...page, limit: page.limit + 1 });
      const batches = await Promise.all(found.slice(0, page.limit).map((batch) => batchHead(journal, batch)));
      return { batches, ...(found.length > page.limit ? { next: batches.at(-1)?.batchId } : {}) };
    },

    latest: async (graphId, table, combine) => (await store.latest(graphId, hashTable(table, combine)))?.id,

    events: (batchId, afterSeq, signal) => batchEvents(ports, batchId, afterSeq, signal),

    async pause(batchId) {
      const batch = await store.hold(batchId, "person");
      return batch && state(batch);
    },

    async cancel(batchId) {
      const cancelled = await store.cancel(batchId);
      if (!cancelled) return undefined;
      await stopRuns(cancelled.runs);
      return state(await known(batchId));
    },

    async resume(batchId, { only, rows, budgetMicro, inDoubt, graph }) {
      const batch = await store.get(batchId);
      if (batch && batch.simulated !== provider.simulated) throw new InvalidError([providerChanged(batch.simulated)]);
      const graphHash = graph === undefined ? undefined : await keepGraph(graph);
      const due = await store.choose(batchId, rows ?? only ?? "unfinished", { budgetMicro, inDoubt, graphHash });
      if (due === undefined) return undefined;
      dispatcher.wake();
      return { ...state(await known(batchId)), rows: due };
    },

    async edit(batchId, row, cells, run) {
      const batch = await store.get(batchId);
      const before = batch && (await store.row(batchId, row));
      if (!batch || !before) return "unknown";
      const { cells: next, pictures } = await editedRow(ports, batch, before.cells, cells, row);
      const edited = await store.edit(batchId, row, {
        cells: next,
        pictures: { ...before.pictures, ...pictures },
        run,
      });
      if (edited === "unknown") return "unknown";
      if (edited === "busy")
        throw new StepError(
          "ROW_BUSY",
          "This row is running. Wait for it, or cancel it, before its cells are changed.",
        );
      // Nobody will ever need what it asked or was short of.
      if (before.runId && (before.status === "waiting" || before.status === "paused")) await stopRuns([before.runId]);
      dispatcher.wake();
      return "edited";
    },

    drive: (batchId, signal, options) => dispatcher.drive(batchId, signal, options?.concurrency),

    async *csv(batchId, filesOf) {
      yield* resultTable(ports, await known(batchId), filesOf);
    },

    async *zip(batchId) {
      yield* ports.zip.write(zipParts(ports, await known(batchId)));
    },

    async exportFiles(batchId, folder, onRow) {
      const batch = await known(batchId);
      const names = new Map<number, string[]>();
      let files = 0;
      for await (const page of allRows(ports, batch))
        for (const row of page) {
          if (row.runId === undefined) continue;
          const own = rowFolder(row.index, batch.total);
          const paths = await ports.exportRun(row.runId, folder, own);
          files += paths.length;
          // The folder may be a link: what counts is where a file is from the row's own folder on.
          const named = (path: string) => path.slice(path.lastIndexOf(`${sep}${own}${sep}`) + 1);
          names.set(
            row.index,
            paths.map((path) => named(path).split(sep).join("/")),
          );
          onRow?.(row.index, paths);
        }
      const content = async () => {
        const parts: string[] = [];
        for await (const part of resultTable(ports, batch, (row) => names.get(row) ?? [])) parts.push(part);
        return parts.join("");
      };
      const [table = ""] = await ports.folderWriter.write(folder, [{ name: "rows.csv", content }]);
      return { table, files };
    },
  };
}

/** A batch goes on with whoever began it: nobody who asked for a simulated one meant to pay for its rest. */
const providerChanged = (simulated: boolean): Problem =>
  problem(
    "PROVIDER_CHANGED",
    simulated
      ? "This batch began with the simulator and a key is set now. Start its table again to have it drawn and paid for."
      : "This batch began with a provider's key and none is set now. Set the key, or start its table again with the simulator.",
  );

/** A row's cells with some of them replaced; every one checked as when the batch was made. Throws InvalidError. */
async function editedRow(
  { assets }: Pick<BatchPorts, "assets">,
  batch: BatchRecord,
  before: readonly string[],
  changes: Readonly<Record<string, string>>,
  index: number,
) {
  const cells = [...before];
  const problems: Problem[] = [];
  for (const [column, cell] of Object.entries(changes)) {
    const at = batch.columns.indexOf(column);
    if (at < 0) problems.push(problem("UNKNOWN_COLUMN", `There is no column "${column}".`, { field: column }));
    else if (exceedsBytes(cell, LIMITS.cellBytes))
      problems.push(
        problem("CELL_TOO_LARGE", `A cell holds at most ${LIMITS.cellBytes} bytes.`, { field: column, row: index }),
      );
    else cells[at] = cell;
  }
  const { map, shared } = batch.options;
  const reading = { columns: batch.columns, inputs: batch.inputs, map: new Map(Object.entries(map)), shared };
  const pictures = picturesIn(reading, cells);
  problems.push(...rowProblems(reading, { cells, pictures }, index));
  for (const asset of Object.values(pictures ?? {}))
    if (!(await assets.has(asset)))
      problems.push(problem("ASSET_MISSING", `${asset} is not in the store.`, { row: index }));
  if (problems.length > 0) throw new InvalidError(few(problems));
  return { cells, pictures };
}
