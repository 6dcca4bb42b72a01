import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { LEASE_MS } from "#lib/runtime/worker.ts";
import { runCli, startCli } from "./run-cli.ts";
import { startProvider } from "./start-provider.ts";
import { STORM_CALLS, stormGraph } from "./storm-graph.ts";

/** The lease has to run out for real, so this takes half a minute: STORM_FREEZE=1 runs it. */
const WANTED = process.env.STORM_FREEZE === "1";

test.runIf(WANTED)(
  "PF-006 a runner frozen past its lease pays for nothing when it thaws, and what it had ordered is fetched by the next",
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "throughline-frozen-"));
    const provider = await startProvider({ latencyMs: 900, createDelayMs: 10 });
    const settings = { data: join(folder, "data"), url: provider.url };
    const file = join(folder, "graph.json");
    writeFileSync(file, JSON.stringify(stormGraph()));
    const frozen = startCli(["run", file, "--json"], settings);
    try {
      while ((await provider.ledger()).creates.length < 4) await sleep(20);
      await sleep(150);
      frozen.kill("SIGSTOP");
      const runId = /run_[a-z0-9]+/.exec(frozen.stderr())![0];
      await sleep(LEASE_MS + 1000);
      const before = (await provider.ledger()).creates.length;
      const resumed = await runCli(["resume", runId, "--json"], settings);
      expect(resumed.code, resumed.stderr).toBe(0);
      const between = (await provider.ledger()).creates.length;
      frozen.kill("SIGCONT");
      const thawed = await frozen.done;
      const ledger = await provider.ledger();
      console.log(
        `frozen after ${before} calls, ${between} when the next runner was done, ${ledger.creates.length} after the thaw; the thawed one ended with ${thawed.code}`,
      );
      expect([ledger.creates.length, ledger.violations]).toEqual([STORM_CALLS, []]);
      expect((await runCli(["fsck", "--json"], settings)).code).toBe(0);
    } finally {
      frozen.kill("SIGKILL");
      await provider.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
