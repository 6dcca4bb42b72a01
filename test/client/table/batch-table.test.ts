import { afterEach, describe, expect, test } from "vitest";
import type { BatchServer } from "#lib/client/table/batch-server.ts";
import { createBatchTable } from "#lib/client/table/batch-table.ts";
import type { BatchDocument, BatchEvent, BatchRow, RowStatus } from "#lib/protocol/batches.ts";

const settled = async () => {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
};
const ASSET = `sha256:${"ab".repeat(32)}`;
const image = {
  kind: "image",
  asset: ASSET,
  width: 64,
  height: 64,
  mediaType: "image/png",
  made: { by: "local" },
} as const;

/** A batch of many rows whose server does what it is told. */
function stage(total = 1_000, status: BatchDocument["status"] = "running") {
  const rows: BatchRow[] = Array.from({ length: total }, (_, index) => ({
    index,
    cells: [`shoe ${index}`],
    status: index % 100 === 7 ? "failed" : "queued",
    outputs: {},
    files: [],
    costUsd: 0,
    seq: 1,
  }));
  const head = { batchId: "b1", name: "Shoes", status, graphId: "g", graphName: "G", total, costUsd: 0, budgetUsd: 5 };
  let seq = 1;
  const counts = () => {
    const found: Partial<Record<RowStatus, number>> = {};
    for (const row of rows) found[row.status] = (found[row.status] ?? 0) + 1;
    return found as BatchDocument["counts"];
  };
  const asked: string[] = [];
  const timers: (() => void)[] = [];
  let listener: Parameters<BatchServer["open"]>[1] | undefined;
  const server: BatchServer = {
    async load({ from, limit, status: only }) {
      asked.push(`load ${from}+${limit}${only ? ` ${only}` : ""}`);
      const found = rows.filter((row) => row.index >= from && (only === undefined || row.status === only));
      return {
        ...head,
        simulated: true,
        createdAt: 0,
        seq,
        counts: counts(),
        columns: ["product"],
        map: { product: "product" },
        inputs: [],
        shared: {},
        rows: found.slice(0, limit).map((row) => ({ ...row })),
        next: found[limit]?.index,
      };
    },
    open(after, on) {
      asked.push(`open ${after}`);
      listener = on;
      on.opened();
      return () => {
        listener = undefined;
      };
    },
    async pause() {
      head.status = "paused";
      return { batchId: "b1", status: "paused" };
    },
    async cancel() {
      head.status = "cancelled";
      return { batchId: "b1", status: "cancelled" };
    },
    async resume(body) {
      asked.push(`resume ${JSON.stringify(body)}`);
      head.status = "running";
      return { batchId: "b1", status: "running", rows: 2 };
    },
    async edit(row, { cells, run }) {
      const at = rows[row];
      if (!at) throw new Error("no row");
      at.cells = Object.values(cells).map(String);
      at.status = run ? "queued" : "stale";
      asked.push(`edit ${row} ${run}`);
    },
    later(_, callback) {
      timers.push(callback);
      return () => {};
    },
    now: () => 0,
  };
  const table = createBatchTable(server);
  return {
    table,
    asked,
    rows,
    head,
    listening: () => listener !== undefined,
    tell: (event: BatchEvent) => listener?.event(event),
    finish(row: number) {
      const at = rows[row];
      if (!at) return;
      seq += 1;
      Object.assign(at, {
        status: "succeeded",
        costUsd: 0.04,
        seq,
        runId: `run_${row}`,
        outputs: { hero: { image: [image] } },
      });
      listener?.event({
        type: "row.changed",
        batchId: "b1",
        seq,
        row,
        status: "succeeded",
        costUsd: 0.04,
        runId: `run_${row}`,
      });
    },
    breakStream: () => listener?.broken(),
    async timers() {
      for (const run of timers.splice(0)) run();
      await settled();
    },
  };
}

let open: ReturnType<typeof stage> | undefined;
afterEach(() => open?.table.close());
const begin = async (...args: Parameters<typeof stage>) => {
  open = stage(...args);
  await settled();
  return open;
};

describe("a batch on the screen", () => {
  test("fetches its head without rows, and then the rows that are looked at", async () => {
    const { table, asked } = await begin();
    expect(asked).toEqual(["load 0+0", "open 1"]);
    expect(table.places()).toBe(1_000);
    table.look(120, 140);
    await settled();
    expect(table.rowAt(125)?.cells).toEqual(["shoe 125"]);
    expect(asked).toContain("load 100+50");
    expect(asked.filter((what) => what.startsWith("load"))).toHaveLength(2);
  });

  test("a row that changes says so at once; its results come with its page a moment later, and bring their column", async () => {
    const { table, finish, timers, asked } = await begin();
    table.look(0, 20);
    await settled();
    await timers();
    const { edition } = table.getState();
    finish(3);
    finish(700);
    expect(table.rowAt(3)).toMatchObject({ status: "succeeded", costUsd: 0.04, runId: "run_3" });
    expect(table.getState().outputs).toEqual([]);
    const before = asked.length;
    await timers();
    expect(asked.slice(before)).toEqual(["load 0+50"]);
    expect(table.getState().edition).toBe(edition + 1);
    expect(table.getState().outputs).toEqual([{ key: "hero.image", node: "hero", port: "image" }]);
    expect(table.rowAt(3)?.outputs.get("hero.image")).toEqual([
      { kind: "picture", asset: ASSET, width: 64, height: 64 },
    ]);
  });

  test("a stream that breaks is opened again after the last change that was told", async () => {
    const { table, finish, breakStream, timers, asked } = await begin();
    finish(1);
    breakStream();
    expect(table.getState().view?.connection).toBe("lost");
    await timers();
    expect(asked.at(-1)).toBe("open 2");
    expect(table.getState().view?.connection).toBe("live");
  });

  test("the numbers follow the stream, and it is closed when the batch has ended", async () => {
    const { table, tell, head, listening } = await begin();
    const counts = { succeeded: 600, failed: 10, queued: 390 } as BatchDocument["counts"];
    tell({
      type: "batch.progress",
      batchId: "b1",
      status: "running",
      total: 1_000,
      counts,
      costUsd: 3,
      budgetUsd: 5,
      etaMs: 60_000,
    });
    expect(table.getState().view).toMatchObject({ costUsd: 3, leftMs: 60_000, counts: { succeeded: 600 } });
    head.status = "failed";
    tell({ type: "batch.ended", batchId: "b1", seq: 9, status: "failed", counts, costUsd: 4 });
    expect(table.getState().view).toMatchObject({
      status: "failed",
      costUsd: 4,
      connection: "closed",
      leftMs: undefined,
    });
    expect(listening()).toBe(false);
  });

  test("rows of one status are listed by their place, and more of them as one scrolls on", async () => {
    const { table, asked } = await begin(30_000);
    table.show("failed");
    await settled();
    expect([table.places(), table.indexOf(0), table.indexOf(1), table.rowAt(1)?.cells[0]]).toEqual([
      200,
      7,
      107,
      "shoe 107",
    ]);
    table.look(185, 199);
    await settled();
    expect([table.places(), table.indexOf(299)]).toEqual([300, 29_907]);
    table.look(290, 299);
    await settled();
    expect(asked.filter((what) => what.endsWith("failed"))).toHaveLength(2);
    table.show(undefined);
    expect(table.places()).toBe(30_000);
  });

  test("an edited cell is shown at once and only its row is asked to run", async () => {
    const { table, asked } = await begin(10, "succeeded");
    table.look(0, 9);
    await settled();
    await table.edit(4, "product", "boot", false);
    expect(table.rowAt(4)).toMatchObject({ cells: ["boot"], status: "stale" });
    expect(table.getState().told?.text).toContain("Row 5 changed");
    await table.run({ rows: [4] });
    expect(asked).toContain('resume {"rows":[4]}');
    expect(table.getState().told?.text).toBe("2 rows started.");
    await settled();
    expect(table.getState().view?.status).toBe("running");
  });

  test("CS-007 many rows are asked about before they run, few are not", async () => {
    const { table, asked } = await begin(10_000, "paused");
    expect(await table.ask({ only: "empty" }, 10_000)).toBe(false);
    expect(table.getState().asked).toEqual({ change: { only: "empty" }, rows: 10_000 });
    table.answer(false);
    await settled();
    expect([table.getState().asked, asked.some((what) => what.startsWith("resume"))]).toEqual([undefined, false]);
    await table.ask({}, 10_000);
    table.answer(true);
    await settled();
    expect(asked).toContain("resume {}");
    expect(await table.ask({ rows: [1] }, 1)).toBe(true);
  });

  test("what is refused is told, and a second press waits for the first", async () => {
    const { table } = await begin(10, "succeeded");
    expect(await table.edit(99, "product", "x", false)).toBe(false);
    expect(table.getState().told?.tone).toBe("fail");
    const both = [table.pause(), table.cancel()];
    expect(await Promise.all(both)).toEqual([true, false]);
  });
});
