import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startCli } from "./run-cli.ts";
import { startProvider } from "./start-provider.ts";
import { STORM_CALLS, stormGraph } from "./storm-graph.ts";

test("PF-001 a resume that found the run in other hands takes it over when those are gone", {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughline-watching-"));
  const provider = await startProvider({ latencyMs: 1500 });
  const settings = { data: join(folder, "data"), url: provider.url };
  const file = join(folder, "graph.json");
  writeFileSync(file, JSON.stringify(stormGraph()));
  const first = startCli(["run", file, "--json"], settings);
  try {
    while ((await provider.ledger()).creates.length < 4) await sleep(20);
    const runId = /run_[a-z0-9]+/.exec(first.stderr())![0];
    // Killed before it has heard a response's id, a call would be in doubt, which is another story.
    for (let known = 0; known < 4; ) {
      const { stdout } = await startCli(["show", runId, "--json"], settings).done;
      known = (JSON.parse(stdout) as { calls: { responseId?: string }[] }).calls.filter((c) => c.responseId).length;
    }
    const second = startCli(["resume", runId, "--json"], settings);
    while (!/watching/.test(second.stderr())) await sleep(20);
    first.kill("SIGKILL");
    expect(await second.done).toMatchObject({ code: 0 });
    const ledger = await provider.ledger();
    expect([ledger.creates.length, ledger.violations]).toEqual([STORM_CALLS, []]);
  } finally {
    first.kill("SIGKILL");
    await provider.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
