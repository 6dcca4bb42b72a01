import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOpenAIProvider } from "#lib/adapters/openai/provider.ts";
import { createSimulator } from "#lib/adapters/simulator/simulator.ts";
import type { AssetStore } from "#lib/runtime/ports.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";
import { campaigns } from "./random-campaign.ts";
import { openTestStudio } from "./test-studio.ts";

/** A studio that pays: the adapter with a key, and behind it the simulator's wire and its usage figures. */
async function openPayingStudio() {
  let assets: AssetStore | undefined;
  const simulator = createSimulator({ latencyMs: 0 });
  const provider = createOpenAIProvider({
    apiKey: "sk-test",
    baseURL: "http://provider.invalid/v1",
    fetch: simulator.fetch,
    name: "openai",
    simulated: false,
    timeoutMs: 60_000,
    idleTimeoutMs: 30_000,
    clock: systemClock,
    readAsset: async (asset) => ({ bytes: (await assets?.get(asset)) ?? Buffer.alloc(0), mediaType: "image/png" }),
  });
  const opened = await openTestStudio(provider);
  assets = opened.assets;
  return opened;
}

describe("what is estimated and what is settled", () => {
  it("BU-008 over random graphs the estimate is never below what was paid, call by call and in all, and half of them lie within 25 %", async () => {
    const { studio, journal, go } = await openPayingStudio();
    const over: number[] = [];
    for (const [index, draw] of fc.sample(campaigns, { seed: 8, numRuns: 25 }).entries()) {
      const campaign = draw(`graph ${index}`);
      const estimate = await studio.estimate({ graph: campaign });
      const run = await go(campaign);
      expect(run.status).toBe("succeeded");
      expect(run.costUsd).toBeGreaterThan(0);
      expect(estimate.calls).toBe(run.paidCalls);
      for (const call of await journal.callsOfRun(run.runId))
        expect(call.reservedMicro, `${call.lane} call of ${call.nodeId}`).toBeGreaterThanOrEqual(call.costMicro);
      over.push(estimate.costUsd / run.costUsd - 1);
    }
    expect(Math.min(...over)).toBeGreaterThanOrEqual(0);
    const median = over.sort((a, b) => a - b)[Math.floor(over.length / 2)];
    expect(median).toBeLessThanOrEqual(0.25);
  }, 240_000);
});
