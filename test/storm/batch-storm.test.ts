import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BatchRow, RowCounts } from "#lib/protocol/batches.ts";
import { readCsv } from "#lib/protocol/table/read-csv.ts";
import { runCli, startCli } from "./run-cli.ts";
import { type ProviderProcess, startProvider } from "./start-provider.ts";

const KILLS = Number(process.env.STORM_KILLS ?? 5);
const LATENCY_MS = 1_000;
const ROWS = 12;
const REFUSED = 6;

const edge = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle,
});
/** Two calls a row: a picture of the row's words, and an edit that continues it. */
const graph = {
  id: "rows",
  name: "Rows",
  inputs: [{ key: "product", type: "text", required: true }],
  nodes: [
    { id: "words", type: "prompt", config: { text: "{{product}}" } },
    { id: "ask", type: "text", config: { text: "Make it dusk" } },
    { id: "hero", type: "generate", config: { partials: 0 } },
    { id: "late", type: "edit", config: { partials: 0 } },
  ],
  edges: [
    edge("words", "text", "hero", "prompt"),
    edge("hero", "image", "late", "image"),
    edge("ask", "text", "late", "instruction"),
  ],
};
const words = (n: number) => (n === REFUSED ? "the forbidden one" : `shoe ${n}, "røde" 靴\nwith laces 👟`);
const table = [
  "SKU;Product",
  ...Array.from({ length: ROWS }, (_, n) => `00${n};"${words(n).replaceAll('"', '""')}"`),
].join("\r\n");

type Printed = { batchId: string; status: string; counts: RowCounts; rows: BatchRow[]; files: string[] };

describe("a table of twelve rows, one of them refused", () => {
  let provider: ProviderProcess;
  const folder = mkdtempSync(join(tmpdir(), "throughline-batch-storm-"));
  const settings = () => ({ data: join(folder, "data"), url: provider.url });
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    provider = await startProvider({ latencyMs: LATENCY_MS, createDelayMs: 20 });
    await provider.faults([{ match: "forbidden", fault: "400-moderation", times: 1_000 }]);
    writeFileSync(file("graph.json"), JSON.stringify(graph));
    writeFileSync(file("rows.csv"), Buffer.from(`\uFEFF${table}`, "utf16le"));
  });
  afterAll(async () => {
    await provider?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test(`CS-008 ends as eleven done and one failed through ${KILLS} kills, paying for every picture once`, {
    timeout: 240_000,
  }, async () => {
    const first = [
      "batch",
      file("graph.json"),
      "--rows",
      file("rows.csv"),
      "--out",
      file("out"),
      "--json",
      "--concurrency",
      "2",
    ];
    let batchId: string | undefined;
    let kills = 0;
    let retry = false;
    let doubts = 0;
    let ended: Printed | undefined;
    for (let turn = 0; !ended; turn += 1) {
      expect(turn, "the batch should come to an end").toBeLessThan(20 + KILLS);
      const again = [
        "resume",
        batchId ?? "",
        "--out",
        file("out"),
        "--json",
        ...(retry ? ["--in-doubt", "retry"] : []),
      ];
      const cli = startCli(batchId ? again : first, settings());
      retry = false;
      // Late enough that the batch is stored: one that nobody heard of is no batch.
      if (kills < KILLS) sleep(1_900 + ((turn * 631) % 1_500)).then(() => cli.kill("SIGKILL"));
      const end = await cli.done;
      batchId ??= /batch_[a-z0-9]+/.exec(end.stderr)?.[0];
      if (end.signal === "SIGKILL") {
        kills += 1;
        continue;
      }
      expect([1, 5], `${end.stderr}\n${end.stdout.slice(0, 2_000)}`).toContain(end.code);
      const printed = JSON.parse(end.stdout) as Printed;
      doubts += printed.rows.filter(({ reason }) => reason === "in_doubt").length;
      if (printed.status === "paused") retry = true;
      else ended = printed;
    }
    expect(kills).toBe(KILLS);
    expect(ended).toMatchObject({ status: "failed", counts: { succeeded: ROWS - 1, failed: 1 } });
    expect(ended.rows.map(({ status }) => status)).toEqual(
      Array.from({ length: ROWS }, (_, n) => (n === REFUSED ? "failed" : "succeeded")),
    );
    expect(ended.rows[REFUSED]?.error?.code).toBe("moderation");
    const result = readCsv(readFileSync(file("out/rows.csv"), "utf8"));
    expect(result.rows.map((row) => row.slice(0, 3))).toEqual(
      Array.from({ length: ROWS }, (_, n) => [`00${n}`, words(n), n === REFUSED ? "failed" : "succeeded"]),
    );

    const ledger = await provider.ledger();
    expect(ledger.violations).toEqual([]);
    const bought = ledger.creates
      .filter(({ picture }) => picture !== undefined)
      .map(({ key }) => key.replace(/#\d+$/, ""));
    expect(new Set(bought).size).toBe(2 * (ROWS - 1));
    expect(bought.length, "bought again only where a person said so").toBeLessThanOrEqual(2 * (ROWS - 1) + doubts);

    const checked = await runCli(["fsck", "--json"], settings());
    expect(checked.code, checked.stdout).toBe(0);

    await provider.reset();
    const same = await runCli(
      ["batch", file("graph.json"), "--rows", file("rows.csv"), "--only", "empty", "--json"],
      settings(),
    );
    expect(JSON.parse(same.stdout)).toMatchObject({ batchId, status: "failed" });
    expect((await provider.ledger()).creates).toEqual([]);

    const resumed = await runCli(["resume", batchId ?? "", "--json"], settings());
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ batchId, status: "succeeded", counts: { succeeded: ROWS } });
    expect((await provider.ledger()).creates).toHaveLength(2);

    await provider.reset();
    const anew = await runCli(["batch", file("graph.json"), "--rows", file("rows.csv"), "--json"], settings());
    expect(anew.code, anew.stderr).toBe(0);
    const done = JSON.parse(anew.stdout) as Printed;
    expect(done.batchId).not.toBe(batchId);
    expect(done.counts.succeeded).toBe(ROWS);
    expect((await provider.ledger()).creates).toEqual([]);
    console.log(
      `${kills} kills: ${bought.length} pictures bought for ${new Set(bought).size}, ${doubts} honestly in doubt`,
    );
  });
});
