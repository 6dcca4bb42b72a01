import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openPostgresJournal } from "#lib/adapters/sql/postgres/open.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import { aCall, aGraph, aRun, held, noCaps, skipped } from "#test/adapters/conformance/rows.ts";
import { type Cluster, noPostgres, startCluster, whyNot } from "./postgres-cluster.ts";
import { spawnWriter } from "./spawn-writer.ts";

describe.skipIf(noPostgres)(`a journal in PostgreSQL that several use at once${whyNot}`, () => {
  let cluster: Cluster;
  let databases = 0;
  const open: Journal[] = [];
  const database = () => cluster.database(`shared_${++databases}`);
  const journalOf = async (url: string) => {
    const journal = await openPostgresJournal({ url });
    open.push(journal);
    return journal;
  };
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(async () => {
    for (const journal of open) await journal.close();
    await cluster?.discard();
  });

  it("four processes make its tables at once and write to it, and none loses a row or passes the shared cap", async () => {
    const url = await database();
    const writers = ["a", "b", "c", "d"].map((runId) => spawnWriter(url, runId, 1_000, 20_000_000));
    const results = await Promise.all(writers.map((writer) => writer.ended));
    expect(results).toEqual(writers.map(() => ({ code: 0, errors: "" })));
    expect(writers.every((writer) => writer.said().includes("full"))).toBe(true);
    const journal = await journalOf(url);
    expect(await journal.check()).toEqual({ ok: true, problems: [] });
    expect(await journal.spentToday(0)).toBe(20_000_000);
    expect(writers.reduce((sum, writer) => sum + writer.acked() + 1, 0)).toBe(200);
  }, 60_000);

  it("PF-001 a writer killed with SIGKILL again and again loses nothing it had acknowledged, and its run goes on", async () => {
    const url = await database();
    const journal = await journalOf(url);
    let acked = -1;
    for (let kill = 0; kill < 8; kill += 1) {
      const writer = spawnWriter(url, "a", 1_000);
      await writer.lines(3 + kill * 2);
      await writer.kill();
      acked = Math.max(acked, writer.acked());
      const done = new Set(
        (await journal.steps("a")).filter(({ state }) => state === "done").map(({ nodeId }) => nodeId),
      );
      for (let n = 0; n <= acked; n += 1) expect(done).toContain(`n${n}`);
    }
    expect(acked).toBeGreaterThan(20);
    expect(await journal.check()).toEqual({ ok: true, problems: [] });
  }, 60_000);

  it("every run of a queue is claimed once, however many workers ask at once", async () => {
    const url = await database();
    const workers = await Promise.all(Array.from({ length: 4 }, () => journalOf(url)));
    const first = workers[0]!;
    await first.putGraph(aGraph("sneaker-hero"), "graph-hash");
    for (let n = 0; n < 40; n += 1) await first.createRun(aRun(`run-${n}`));
    const claimed = await Promise.all(
      workers.flatMap((worker, at) => Array.from({ length: 10 }, () => worker.claim(`worker-${at}`, 60_000))),
    );
    expect(new Set(claimed.map((run) => run?.id)).size).toBe(40);
    expect(claimed.every((run) => run?.epoch === 1)).toBe(true);
    expect(await first.claim("late", 60_000)).toBeUndefined();
  });

  it("an item that two runs want at once goes to one of them", async () => {
    const url = await database();
    const [one, two] = [await journalOf(url), await journalOf(url)] as const;
    const epochs = { a: await held(one, "a"), b: await held(two, "b") };
    for (let n = 0; n < 20; n += 1) {
      const keys = [`key-${n}`, `other-${n}`];
      const taken = await Promise.all([
        one.claimItems(keys, "a", epochs.a),
        two.claimItems(keys.toReversed(), "b", epochs.b),
      ]);
      expect(taken.map((list) => list.length).toSorted()).toEqual([0, 2]);
    }
  });

  it("goes on when the server crashes and comes back, and the process does not end", async () => {
    const url = await database();
    const journal = await journalOf(url);
    const epoch = await held(journal, "a");
    await journal.reserve("a", epoch, aCall("a", "k"), noCaps, [skipped("reserved")]);
    await cluster.crash();
    const waits = journal.getRun("a").catch((error: Error) => error);
    await sleep(500);
    await cluster.start();
    const answer = await waits;
    if (answer instanceof Error) expect(answer.message).toContain("cannot be reached");
    expect((await journal.callsOfRun("a")).map(({ key }) => key)).toEqual(["k"]);
    expect(await journal.check()).toEqual({ ok: true, problems: [] });
  }, 60_000);

  it("a call that is being settled is settled for everything that is asked after it", async () => {
    const journal = await journalOf(await database());
    const epoch = await held(journal, "a");
    for (let n = 0; n < 20; n += 1) {
      const key = `k${n}`;
      await journal.reserve("a", epoch, aCall("a", key, { reservedMicro: 20 }), noCaps, []);
      const settled = journal.settle(key, epoch, { state: "completed", costMicro: 1, estimated: false }, []);
      expect(await journal.spentToday(0)).toBe(n + 1);
      await settled;
    }
  });

  it("CL-004 leases end by the database's clock, however far ahead a worker's own is", async () => {
    const url = await database();
    const journal = await journalOf(url);
    const real = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: real + 300_000 });
    try {
      await held(journal, "a");
    } finally {
      vi.useRealTimers();
    }
    const { leaseUntil } = (await journal.getRun("a"))!;
    expect(leaseUntil).toBeGreaterThanOrEqual(real + 60_000 - 1);
    expect(leaseUntil).toBeLessThan(real + 300_000);
  });

  it("names what is wrong with an address, and never the password", async () => {
    const url = await database();
    const spoilt = { port: new URL(url), name: new URL(url) };
    spoilt.port.port = "1";
    spoilt.name.pathname = "/nowhere";
    const errors = await Promise.all(
      Object.values(spoilt).map(({ href }) => openPostgresJournal({ url: href }).catch((error: Error) => error)),
    );
    for (const error of errors) expect(error).toBeInstanceOf(Error);
    const texts = errors.map((error) => `${(error as Error).stack} ${JSON.stringify(error)}`);
    expect(texts[0]).toContain("127.0.0.1:1");
    expect(texts[0]).toContain("cannot be reached");
    expect(texts[1]).toContain("nowhere");
    expect(texts.join()).not.toContain(new URL(url).password);
  });

  it("refuses a database of a newer edition", async () => {
    const url = await database();
    await (await openPostgresJournal({ url })).close();
    const name = new URL(url).pathname.slice(1);
    await cluster.query(name, "insert into kysely_migration values ('2999-01-01-later', '')");
    await expect(openPostgresJournal({ url })).rejects.toThrow("newer Throughline");
  });

  it("leaves backups to the database, in a sentence", async () => {
    const journal = await journalOf(await database());
    await expect(journal.backup("/tmp/copy")).rejects.toThrow("pg_dump");
  });
});
