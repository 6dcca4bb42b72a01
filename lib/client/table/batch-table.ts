import { createStore } from "zustand/vanilla";
import type { BatchRow, ResumeBatchBody, RowStatus } from "../../protocol/batches.ts";
import { sayWhy } from "../call-api.ts";
import type { BatchServer } from "./batch-server.ts";
import { createPageCache } from "./page-cache.ts";
import { type OutputColumn, type TableRow, tableRow, withOutputs } from "./table-row.ts";
import { type BatchView, type RowChange, watchBatch } from "./watch-batch.ts";

/** Rows of one page, and how many pages stay in memory. */
const PAGE = 50;
const KEPT_PAGES = 12;
const LISTED_PAGE = 200;
/** More rows than this are asked about before they run. */
const MANY = 50;
/** How often pages whose rows changed are fetched again (ms). */
const AGAIN_MS = 400;
/** How long news wait to be drawn together (ms). */
const DRAW_MS = 40;

export type BatchTableState = {
  view?: BatchView;
  /** Why the batch cannot be shown, or was not reached just now. */
  failed?: unknown;
  /** Rows in this status only; `listed` are their indices as far as they were looked at. */
  filter?: RowStatus;
  listed?: readonly number[];
  /** Columns of results so far. */
  outputs: readonly OutputColumn[];
  /** Some run of the batch: it knows what the nodes are called. */
  someRun?: string;
  /** Grows whenever a row can be drawn anew. */
  edition: number;
  /** Many rows that somebody wants to run, until they said yes or no. */
  asked?: { change: ResumeBatchBody; rows: number };
  /** What is being asked of the server, in words. */
  doing?: string;
  /** What came of it: a sentence, for a live region too. */
  told?: { tone: "plain" | "fail"; text: string };
};

/** A batch on the screen: its head live, its rows by place, and what a person does to it. */
export type BatchTable = ReturnType<typeof createBatchTable>;

export function createBatchTable(server: BatchServer) {
  const store = createStore<BatchTableState>()(() => ({ outputs: [], edition: 0 }));
  const { getState, setState } = store;
  // Rows of a filtered list lie far apart: they are kept as they were listed, and renewed as they change.
  const listedRows = new Map<number, TableRow>();
  let nextListed: number | undefined;
  let listing = false;
  let changed = new Map<number, RowChange>();
  let flushing: (() => void) | undefined;
  let drawing: (() => void) | undefined;

  // A hundred rows may change in a second: they are drawn together.
  const drawn = () => {
    drawing ??= server.later(DRAW_MS, () => {
      drawing = undefined;
      setState(({ edition }) => ({ edition: edition + 1 }));
    });
  };
  const seen = (rows: readonly TableRow[]) => {
    const outputs = rows.reduce(withOutputs, getState().outputs);
    if (outputs !== getState().outputs) setState({ outputs });
    const someRun = getState().someRun ?? rows.find((row) => row.outputs.size > 0)?.runId;
    if (someRun !== getState().someRun) setState({ someRun });
  };
  const load = async (from: number, limit: number, status?: RowStatus) => {
    const { rows, next } = await server.load({ from, limit, status });
    const read = rows.map(tableRow);
    seen(read);
    return { rows: read, next };
  };
  const cache = createPageCache<TableRow>({
    size: PAGE,
    keep: KEPT_PAGES,
    load: async (offset, limit) => (await load(offset, limit)).rows,
    changed: drawn,
    failed: (failed) => setState({ failed }),
  });

  const indexOf = (place: number): number | undefined => {
    const { listed } = getState();
    return listed ? listed[place] : place;
  };
  const known = (index: number): TableRow | undefined => listedRows.get(index) ?? cache.row(index);
  const flush = () => {
    flushing = undefined;
    const rows = changed;
    changed = new Map();
    for (const index of rows.keys()) if (listedRows.has(index)) void renew(index);
    cache.stale(rows.keys());
  };
  const renew = async (index: number) => {
    const { rows } = await load(index, 1).catch(() => ({ rows: [] }));
    if (rows[0] && listedRows.has(index)) {
      listedRows.set(index, rows[0]);
      drawn();
    }
  };
  /** The event says how the row is; its results are fetched a moment later, for rows that are looked at. */
  const changeRow = (change: RowChange) => {
    const old = known(change.row);
    if (old) {
      const { type: _, batchId: __, row, ...now } = change;
      const next = { ...old, reason: undefined, error: undefined, ...now };
      if (listedRows.has(row)) listedRows.set(row, next);
      cache.put(row, next);
      drawn();
    }
    changed.set(change.row, change);
    flushing ??= server.later(AGAIN_MS, flush);
  };
  const watch = watchBatch(server, {
    view: (view) => setState({ view, failed: undefined }),
    row: changeRow,
    failed: (failed) => setState({ failed }),
  });

  const more = async (): Promise<void> => {
    const { filter } = getState();
    if (filter === undefined || listing || nextListed === undefined) return;
    listing = true;
    try {
      const { rows, next } = await load(nextListed, LISTED_PAGE, filter);
      if (getState().filter !== filter) return;
      nextListed = next;
      for (const row of rows) listedRows.set(row.index, row);
      setState(({ listed = [] }) => ({ listed: [...listed, ...rows.map(({ index }) => index)] }));
    } catch (failed) {
      setState({ failed });
    } finally {
      listing = false;
      if (getState().filter !== filter) void more();
    }
  };
  const act = async (doing: string, what: () => Promise<string | undefined>): Promise<boolean> => {
    if (getState().doing !== undefined) return false;
    setState({ doing, told: undefined });
    try {
      const text = await what();
      setState({ doing: undefined, told: text === undefined ? undefined : { tone: "plain", text } });
      return true;
    } catch (error) {
      setState({ doing: undefined, told: { tone: "fail", text: sayWhy(error) } });
      return false;
    } finally {
      void watch.refresh();
    }
  };

  const run = (change: ResumeBatchBody): Promise<boolean> =>
    act("Starting …", async () => {
      const { rows } = await server.resume(change);
      if (rows === undefined) return undefined;
      return rows === 0
        ? "There was nothing to run."
        : `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"} started.`;
    });

  return {
    ...store,
    /** How many places the table has now; more may follow in a filtered list. */
    places: (): number => getState().listed?.length ?? getState().view?.total ?? 0,
    /** The row at a place, when it is here. */
    rowAt(place: number): TableRow | undefined {
      const index = indexOf(place);
      return index === undefined ? undefined : known(index);
    },
    indexOf,
    /** Says which places are looked at: their rows are fetched. */
    look(from: number, to: number): void {
      const { listed } = getState();
      if (!listed) cache.look(from, to);
      else if (to >= listed.length - 20) void more();
    },
    /** Rows by their places, those that are not here fetched; for the clipboard. */
    async read(places: readonly number[]): Promise<TableRow[]> {
      const rows: TableRow[] = [];
      let fetched: readonly TableRow[] = [];
      for (const index of places.flatMap((place) => indexOf(place) ?? [])) {
        const here = known(index) ?? fetched.find((row) => row.index === index);
        if (!here) fetched = (await load(index, LISTED_PAGE)).rows;
        const row = here ?? fetched[0];
        if (row) rows.push(row);
      }
      return rows;
    },
    /** Shows the rows in one status, or all. */
    show(filter: RowStatus | undefined): void {
      listedRows.clear();
      nextListed = filter === undefined ? undefined : 0;
      setState({ filter, listed: filter === undefined ? undefined : [] });
      void more();
    },
    run,
    /** Runs so many rows; asks first when they are many. False while it asks, and when it was refused. */
    async ask(change: ResumeBatchBody, rows: number): Promise<boolean> {
      if (rows <= MANY) return run(change);
      setState({ asked: { change, rows } });
      return false;
    },
    /** What was asked about runs, or does not. */
    answer(yes: boolean): void {
      const { asked } = getState();
      setState({ asked: undefined });
      if (yes && asked) void run(asked.change);
    },
    pause: () =>
      act("Pausing …", async () => {
        await server.pause();
        return "Paused. Rows under way run to their end.";
      }),
    cancel: () =>
      act("Cancelling …", async () => {
        await server.cancel();
        return "Cancelled. What is finished is kept.";
      }),
    /** New text for one cell; its row is changed then, and runs when asked to. */
    edit: (row: number, column: string, text: string, run: boolean) =>
      act(run ? "Starting …" : "Saving …", async () => {
        await server.edit(row, { cells: { [column]: text }, run });
        const old = known(row);
        const at = getState().view?.columns.indexOf(column) ?? -1;
        if (old && at >= 0) {
          const next: TableRow = {
            ...old,
            cells: old.cells.with(at, text),
            status: run ? "queued" : asEdited(old.status),
          };
          if (listedRows.has(row)) listedRows.set(row, next);
          cache.put(row, next);
        }
        if (listedRows.has(row)) void renew(row);
        cache.stale([row]);
        return run ? `Row ${row + 1} runs again.` : `Row ${row + 1} changed. Run it to see what it makes.`;
      }),
    again: () => {
      setState({ failed: undefined });
      cache.stale();
      void watch.refresh();
    },
    close(): void {
      flushing?.();
      drawing?.();
      cache.close();
      watch.close();
    },
  };
}

const asEdited = (status: BatchRow["status"]): BatchRow["status"] => (status === "empty" ? "empty" : "stale");
