import { describe, expect, test } from "vitest";
import { StepError } from "#lib/protocol/failure.ts";
import { readCsv } from "#lib/protocol/table/read-csv.ts";
import { ProviderError } from "#lib/runtime/ports.ts";
import { scriptedProvider } from "#test/runtime/scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "#test/runtime/test-studio.ts";
import { heroGraph, openBatchStudio, refuses, twelve } from "./batch-of.ts";

const statuses = (document: { rows: { status: string }[] }) => document.rows.map(({ status }) => status);

describe("a batch", () => {
  test("CS-008 one refused row of twelve fails alone, a resume sends only that row, and the same table again calls nobody", async () => {
    let refusing = "forbidden";
    const { batches, go, rest, text, sent } = await openBatchStudio((request, n) => refuses(refusing)(request, n));
    const batch = await go({ graph: heroGraph(), table: twelve() });
    expect(batch).toMatchObject({ status: "failed", total: 12, counts: { succeeded: 11, failed: 1 }, costUsd: 0.22 });
    expect(batch.rows[6]).toMatchObject({
      status: "failed",
      error: { code: "moderation" },
      cells: ["006", "forbidden thing", "=SUM(A6)"],
    });
    expect(batch.rows[0]?.outputs.late?.image).toHaveLength(1);
    expect(batch.rows[0]?.cells[1]).toBe('shoe 0, "røde" 靴\nwith laces 👟');
    const table = readCsv(await text(batch.batchId));
    expect(table.columns).toEqual(["SKU", "Product", "note", "_status", "_run", "_cost_usd", "_files", "_error"]);
    expect(table.rows.map((cells) => cells[0])).toEqual(twelve().rows.map((cells) => cells[0]));
    expect(table.rows[0]).toEqual([
      "000",
      'shoe 0, "røde" 靴\nwith laces 👟',
      "'=SUM(A0)",
      "succeeded",
      batch.rows[0]?.runId,
      "0.02",
      "row-0001/late-1.png",
      "",
    ]);
    expect(table.rows[6]?.slice(3)).toEqual([
      "failed",
      batch.rows[6]?.runId,
      "0",
      "",
      expect.stringMatching(/^moderation: /),
    ]);

    sent.length = 0;
    refusing = "no row says this";
    expect(await batches.resume(batch.batchId, {})).toMatchObject({ rows: 1, status: "running" });
    const done = await rest(batch.batchId);
    expect(done).toMatchObject({ status: "succeeded", counts: { succeeded: 12 } });
    expect(sent).toHaveLength(2);
    expect(JSON.stringify(sent[0])).toContain("forbidden thing");
    expect(done.rows[6]?.runId).toBe(batch.rows[6]?.runId);

    sent.length = 0;
    // Sent again at once it would be the same batch.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const again = await go({ graph: heroGraph(), table: twelve() });
    expect(again.batchId).not.toBe(batch.batchId);
    expect(again).toMatchObject({ status: "succeeded", costUsd: 0 });
    expect(sent).toEqual([]);
    expect(await batches.resume(again.batchId, {})).toMatchObject({ rows: 0, status: "succeeded" });
  });

  test("rows run a few at a time: no more runs exist than are under way", async () => {
    const { batches, journal, most } = await openBatchStudio(undefined, { latencyMs: 5 });
    const table = { columns: ["product"], rows: Array.from({ length: 40 }, (_, n) => [`shoe ${n}`]) };
    const { batchId } = await batches.create({ graph: heroGraph(), table, concurrency: 3 });
    let waiting = 0;
    const driven = batches.drive(batchId);
    const look = setInterval(async () => {
      waiting = Math.max(waiting, (await journal.batches.flying(batchId)).length);
    }, 5);
    await driven;
    clearInterval(look);
    expect(most()).toBeLessThanOrEqual(3);
    expect(waiting).toBeLessThanOrEqual(3);
    expect(waiting).toBeGreaterThan(0);
    expect((await batches.head(batchId))?.counts.succeeded).toBe(40);
  });

  test("editing a cell makes that row stale, and running it draws only what the cell changes", async () => {
    const { batches, go, rest, sent, journal } = await openBatchStudio();
    const table = {
      columns: ["product", "light"],
      rows: [
        ["a hat", "at dawn"],
        ["a shoe", "at noon"],
      ],
    };
    const batch = await go({ graph: heroGraph(), table });
    sent.length = 0;
    expect(await batches.edit(batch.batchId, 1, { light: "at midnight" }, false)).toBe("edited");
    const stale = await batches.get(batch.batchId, { from: 0, limit: 9 });
    expect(statuses(stale!)).toEqual(["succeeded", "stale"]);
    expect(stale?.rows[1]?.outputs.late?.image, "what it gave before is still shown").toHaveLength(1);
    expect(sent).toEqual([]);
    expect(await batches.resume(batch.batchId, { only: "stale" })).toMatchObject({ rows: 1 });
    const done = await rest(batch.batchId);
    expect(statuses(done)).toEqual(["succeeded", "succeeded"]);
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent[0])).toContain("at midnight");
    expect(done.rows[1]?.runId).not.toBe(batch.rows[1]?.runId);
    expect(done.rows[0]?.runId).toBe(batch.rows[0]?.runId);
    const run = await journal.getRun(done.rows[1]?.runId ?? "");
    expect(run).toMatchObject({ batchId: batch.batchId, rowIndex: 1, priority: 0 });
  });

  test.each([
    [{ product: "" }, "INPUT_MISSING"],
    [{ nothing: "x" }, "UNKNOWN_COLUMN"],
    [{ product: "x".repeat(40_000) }, "CELL_TOO_LARGE"],
  ])("an edit is checked like the table was: %o", async (cells, code) => {
    const { batches, go } = await openBatchStudio();
    const { batchId } = await go({ graph: heroGraph(), table: { columns: ["product"], rows: [["a hat"]] } });
    await expect(batches.edit(batchId, 0, cells as Record<string, string>, false)).rejects.toMatchObject({
      problems: [{ code }],
    });
    expect((await batches.head(batchId))?.counts.stale).toBe(0);
  });

  test("selected rows run, the others stay empty until they are asked for", async () => {
    const { batches, go, rest, sent } = await openBatchStudio();
    const table = { columns: ["product"], rows: [["a"], ["b"], ["c"]] };
    const batch = await go({ graph: heroGraph(), table, only: [1] });
    expect(batch.status).toBe("succeeded");
    expect(statuses(batch)).toEqual(["empty", "succeeded", "empty"]);
    expect(await batches.resume(batch.batchId, { only: "empty" })).toMatchObject({ rows: 2 });
    expect(statuses(await rest(batch.batchId))).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(sent).toHaveLength(6);
    const none = await batches.create({ graph: heroGraph({ id: "other" }), table, only: [] });
    expect(await batches.head(none.batchId)).toMatchObject({ status: "paused", reason: "person" });
  });

  test("CS-012 the same table sent twice at once, or with the same key at any time, is one batch", async () => {
    const { batches } = await openBatchStudio();
    const request = { graph: heroGraph(), table: twelve() };
    const [one, two] = await Promise.all([batches.create(request), batches.create(request)]);
    expect(two.batchId).toBe(one.batchId);
    expect([one.created, two.created].toSorted()).toEqual([false, true]);
    const keyed = await batches.create({ ...request, idempotencyKey: "k" });
    expect(keyed.batchId).not.toBe(one.batchId);
    expect(
      await batches.create({ ...request, table: { columns: ["product"], rows: [["x"]] }, idempotencyKey: "k" }),
    ).toMatchObject({
      batchId: keyed.batchId,
      created: false,
    });
  });

  test("its cap holds over all rows: those beyond it are paused, and a higher one lets them go on", async () => {
    const { go, rest, batches, sent } = await openBatchStudio();
    const table = { columns: ["product"], rows: [["a"], ["b"], ["c"]] };
    const batch = await go({ graph: heroGraph(), table, budgetMicro: 45_000, concurrency: 1 });
    expect(batch).toMatchObject({ status: "paused", reason: "budget", counts: { succeeded: 1, paused: 2 } });
    expect(batch.costUsd).toBeLessThanOrEqual(0.045);
    expect(batch.rows[2]?.error?.message).toContain("for this batch");
    const before = sent.length;
    await batches.resume(batch.batchId, { budgetMicro: 1_000_000 });
    expect(await rest(batch.batchId)).toMatchObject({ status: "succeeded", budgetUsd: 1, costUsd: 0.06 });
    expect(sent.length).toBe(6);
    expect(before).toBeLessThan(6);
  });

  test("what is cached still runs when nothing may be spent", async () => {
    const { go, sent } = await openBatchStudio();
    const table = { columns: ["product"], rows: [["a"], ["b"]] };
    await go({ graph: heroGraph(), table: { ...table, rows: [["b"]] } });
    sent.length = 0;
    const batch = await go({ graph: heroGraph(), table, budgetMicro: 0 });
    expect(statuses(batch)).toEqual(["paused", "succeeded"]);
    expect(sent).toEqual([]);
  });

  test("once the quota is used up no further row is started", async () => {
    const { go, sent } = await openBatchStudio(() => new ProviderError("quota", "insufficient_quota", "No more."));
    const table = { columns: ["product"], rows: Array.from({ length: 30 }, (_, n) => [`shoe ${n}`]) };
    const batch = await go({ graph: heroGraph(), table, concurrency: 2 });
    expect(batch).toMatchObject({ status: "paused", reason: "quota" });
    expect(sent.length).toBeLessThan(6);
    expect(batch.counts.queued).toBeGreaterThan(20);
  });

  test("a row that waits for a person holds up no other, and goes on when it is answered", async () => {
    const { go, rest, batches, studio } = await openBatchStudio();
    const asking = graph(
      [
        node("words", "prompt", { text: "{{product}}" }),
        node("hero", "generate", { partials: 0 }),
        node("look", "review", {}),
      ],
      [edge("words.text", "hero.prompt"), edge("hero.image", "look.image")],
      { id: "asking", inputs: [{ key: "product", type: "text", required: true }] },
    );
    const batch = await go({ graph: asking, table: { columns: ["product"], rows: [["a"], ["b"]] } });
    expect(batch).toMatchObject({ status: "waiting", counts: { waiting: 2 } });
    await studio.answer(batch.rows[0]?.runId ?? "", "look", 0, { decision: "approve" });
    expect((await batches.head(batch.batchId))?.status).toBe("running");
    expect(await rest(batch.batchId)).toMatchObject({ status: "waiting", counts: { succeeded: 1, waiting: 1 } });
    await batches.cancel(batch.batchId);
    expect(await batches.head(batch.batchId)).toMatchObject({
      status: "cancelled",
      counts: { cancelled: 1, succeeded: 1 },
    });
  });

  test("a pause starts no more rows and lets those under way finish", async () => {
    const { batches, rest } = await openBatchStudio(undefined, { latencyMs: 20 });
    const table = { columns: ["product"], rows: Array.from({ length: 30 }, (_, n) => [`shoe ${n}`]) };
    const { batchId } = await batches.create({ graph: heroGraph(), table, concurrency: 2 });
    const driven = batches.drive(batchId);
    while ((await batches.head(batchId))?.counts.succeeded === 0) await new Promise((r) => setTimeout(r, 5));
    await batches.pause(batchId);
    expect(await driven).toMatchObject({ status: "paused", reason: "person" });
    const head = await batches.head(batchId);
    expect(head?.counts).toMatchObject({ cancelled: 0, failed: 0, running: 0 });
    expect(head?.counts.queued).toBeGreaterThan(20);
    await batches.resume(batchId, {});
    expect((await rest(batchId)).counts.succeeded).toBe(30);
  });

  test("an interruption keeps what is paid, pauses the batch, and a resume finishes it", async () => {
    const { batches, rest, sent } = await openBatchStudio(undefined, { latencyMs: 20 });
    const table = { columns: ["product"], rows: Array.from({ length: 8 }, (_, n) => [`shoe ${n}`]) };
    const { batchId } = await batches.create({ graph: heroGraph(), table, concurrency: 2 });
    const stop = new AbortController();
    const driven = batches.drive(batchId, stop.signal);
    while ((await batches.head(batchId))?.counts.succeeded === 0) await new Promise((r) => setTimeout(r, 5));
    stop.abort();
    expect(await driven).toMatchObject({ status: "paused", reason: "person" });
    await batches.resume(batchId, {});
    expect(await rest(batchId)).toMatchObject({ status: "succeeded", counts: { succeeded: 8 } });
    expect(sent).toHaveLength(16);
  });

  test("CS-009 a cell that names a forbidden address fails its row alone; a stored picture and a fetched one are used", async () => {
    const fake = scriptedProvider();
    const fetched: string[] = [];
    const { studio } = await openTestStudio(fake.provider, {
      pictures: {
        async fetchPicture(url) {
          fetched.push(url);
          if (url.includes("127.0.0.1"))
            throw new StepError("SSRF_BLOCKED", "This address is not on the public internet.");
          const sharp = (await import("sharp")).default;
          return await sharp({ create: { width: 40, height: 30, channels: 3, background: "#336699" } })
            .png()
            .toBuffer();
        },
      },
    });
    const { asset } = await studio.upload(
      await (await import("sharp"))
        .default({ create: { width: 20, height: 20, channels: 3, background: "#993366" } })
        .png()
        .toBuffer(),
    );
    const shown = graph([node("ref", "reference", { assets: { $input: "photo" } })], [], {
      inputs: [{ key: "photo", type: "image", required: true }],
    });
    const rows = [["http://127.0.0.1:3000/api/secrets"], [asset], [asset.slice(7)], ["https://pictures.example/a.png"]];
    const { batchId } = await studio.batches.create({ graph: shown, table: { columns: ["photo"], rows } });
    expect(fetched, "nothing is fetched before its row starts").toEqual([]);
    await studio.batches.drive(batchId);
    const batch = await studio.batches.get(batchId, { from: 0, limit: 9 });
    expect(statuses(batch!)).toEqual(["failed", "succeeded", "succeeded", "succeeded"]);
    expect(batch?.rows[0]?.error).toMatchObject({ code: "SSRF_BLOCKED" });
    expect(batch?.rows[0]?.runId).toBeUndefined();
    expect(batch?.rows[2]?.outputs.ref?.image).toMatchObject([{ asset }]);
    const missing = `sha256:${"e".repeat(64)}`;
    await expect(
      studio.batches.create({ graph: shown, table: { columns: ["photo"], rows: [[missing]] } }),
    ).rejects.toMatchObject({
      problems: [{ code: "ASSET_MISSING", row: 0, field: "photo" }],
    });
  });
});

describe("a worker of a server", () => {
  test("keeps rows going, and runs that somebody started are taken before them", async () => {
    const { studio, batches, journal } = await openBatchStudio(undefined, { latencyMs: 10 });
    const table = { columns: ["product"], rows: Array.from({ length: 12 }, (_, n) => [`shoe ${n}`]) };
    const { batchId } = await batches.create({ graph: heroGraph(), table });
    studio.startWorker();
    const { runId } = await studio.startRun({ graph: heroGraph(), inputs: { product: "now" } });
    for await (const _event of studio.events(runId, 0)) {
      // Until it ends.
    }
    const head = await batches.head(batchId);
    expect(head?.counts.succeeded).toBeLessThan(12);
    for await (const event of batches.events(batchId, 0)) if (event.type === "batch.ended") break;
    expect((await batches.head(batchId))?.counts.succeeded).toBe(12);
    expect(await journal.countRuns("queued")).toBe(0);
    await studio.stop();
  });

  test("a server that stops in the middle finishes the table when it starts again, and asks nobody for it", async () => {
    const fake = scriptedProvider({ latencyMs: 40 });
    const first = await openBatchStudio(undefined, { fake });
    const table = { columns: ["product"], rows: Array.from({ length: 20 }, (_, n) => [`shoe ${n}`]) };
    const { batchId } = await first.batches.create({ graph: heroGraph(), table, concurrency: 3 });
    first.studio.startWorker();
    while (((await first.batches.head(batchId))?.counts.succeeded ?? 0) < 3) await new Promise((r) => setTimeout(r, 5));
    await first.studio.stop();
    const second = await openBatchStudio(undefined, { fake, folder: first.folder });
    expect((await second.batches.head(batchId))?.status).toBe("running");
    second.studio.startWorker();
    for await (const event of second.batches.events(batchId, 0)) if (event.type === "batch.ended") break;
    expect(await second.batches.head(batchId)).toMatchObject({ status: "succeeded", counts: { succeeded: 20 } });
    const keys = fake.sent.map((request) => request.callKey);
    expect(new Set(keys).size, "nothing is sent twice").toBe(keys.length);
    await second.studio.stop();
  });

  test("a batch goes on with whoever began it, never at somebody's cost who asked for a simulated one", async () => {
    const first = await openBatchStudio(undefined, { fake: scriptedProvider({ simulated: true }) });
    const table = { columns: ["product"], rows: [["a"], ["b"]] };
    const { batchId } = await first.batches.create({ graph: heroGraph(), table });
    const paid = await openBatchStudio(undefined, { folder: first.folder });
    paid.studio.startWorker();
    await expect(paid.batches.resume(batchId, {})).rejects.toMatchObject({ problems: [{ code: "PROVIDER_CHANGED" }] });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await paid.batches.head(batchId))?.counts).toMatchObject({ queued: 2 });
    expect(paid.sent).toEqual([]);
    await paid.studio.stop();
    expect((await first.rest(batchId)).counts.succeeded).toBe(2);
  });

  test("a cancel calls off every row that has not begun and stops those that have", async () => {
    const { studio, batches, sent } = await openBatchStudio(undefined, { latencyMs: 50 });
    const table = { columns: ["product"], rows: Array.from({ length: 500 }, (_, n) => [`shoe ${n}`]) };
    const { batchId } = await batches.create({ graph: heroGraph(), table });
    studio.startWorker();
    while (sent.length === 0) await new Promise((r) => setTimeout(r, 5));
    expect(await batches.cancel(batchId)).toMatchObject({ batchId });
    for await (const event of batches.events(batchId, 0)) if (event.type === "batch.ended") break;
    const head = await batches.head(batchId);
    expect(head).toMatchObject({ status: "cancelled" });
    expect(head?.counts).toMatchObject({ queued: 0, running: 0 });
    expect(head?.counts.cancelled).toBeGreaterThan(480);
    await studio.stop();
  });
});
