import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImageValue, VerdictValue } from "#lib/protocol/values.ts";
import { LOOP_DRAWINGS, LOOP_SCORES, LOOP_VERDICTS, loopGraph } from "./loop-graph.ts";
import { type ProviderProcess, startProvider } from "./start-provider.ts";
import { openTestStudio } from "./studio.ts";

describe("a loop at the wire", () => {
  let provider: ProviderProcess;
  beforeAll(async () => {
    provider = await startProvider({ latencyMs: 20 });
  });
  afterAll(() => provider?.stop());

  const run = async (scores: number[][]) => {
    await provider.reset();
    await provider.change({ scores });
    const opened = await openTestStudio(provider.url);
    try {
      const document = await opened.run(loopGraph(scores.length));
      const entries = await opened.studio.archive({ runId: document.runId, limit: 20 });
      const { creates, violations } = await provider.ledger();
      expect(violations).toEqual([]);
      const again = await opened.run(loopGraph(scores.length));
      expect(again.paidCalls).toBe(0);
      return {
        document,
        entries,
        draws: creates.filter((one) => !one.judges),
        judged: creates.filter((one) => one.judges),
      };
    } finally {
      await opened.close();
    }
  };

  test("iterate: the second picture continues the first one's response with the failed reason in its input", async () => {
    const { draws, judged } = await run([[0.5, 0.9]]);
    expect(draws).toHaveLength(2);
    expect(draws[0]?.parent).toBeUndefined();
    expect(draws[1]?.parent).toBe(draws[0]?.responseId);
    expect(draws[1]?.prompt).toContain("Variant 0 after 0 changes is worth 0.5.");
    expect(draws[1]?.prompt).not.toContain("A harbour at dawn");
    expect(judged).toHaveLength(2);
  });

  test("restart: no earlier response, the node's own words and the reason", async () => {
    const { draws } = await run([[0.1]]);
    expect(draws).toHaveLength(3);
    for (const draw of draws.slice(1)) {
      expect(draw.parent).toBeUndefined();
      expect(draw.prompt).toContain("A harbour at dawn");
      expect(draw.prompt).toContain("is worth 0.1.");
    }
  });

  test("four variants take their own ways and meet again in order, for exactly the calls that are needed", async () => {
    const { document, entries, draws, judged } = await run(LOOP_SCORES);
    expect(document.status).toBe("succeeded");
    expect([draws.length, judged.length]).toEqual([LOOP_DRAWINGS, LOOP_VERDICTS]);
    const scores = ((document.outputs.after?.image ?? []) as ImageValue[]).map(
      ({ verdicts }) => verdicts?.at(-1)?.score,
    );
    expect(scores).toEqual([0.9, 0.95, 0.9]);
    expect(document.outputs.gate?.reject).toHaveLength(1);
    const told = entries
      .toSorted((a, b) => a.position - b.position)
      .map(({ record }) => record.verdicts as VerdictValue[]);
    expect(told.map((list) => list.map(({ checks }) => checks[0]?.reason))).toEqual([
      ["Variant 0 after 0 changes is worth 0.9."],
      ["Variant 2 after 0 changes is worth 0.95."],
      ["Variant 1 after 1 changes is worth 0.9."],
    ]);
  });
});
