import { describe, expect, test } from "vitest";
import { Graph } from "#lib/protocol/graph.ts";
import { stateOf } from "#lib/runtime/scorecard.ts";
import { judging } from "./scripted-judge.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const looped = (text: string, more: Record<string, unknown> = {}) =>
  graph(
    [
      node("p", "text", { text }),
      node("hero", "generate", { size: "1024x1024", partials: 0 }, more),
      node("gate", "qa-gate", {
        checklist: [
          { id: "horizon", question: "Is the horizon level?" },
          { id: "boats", question: "Are there boats?" },
        ],
      }),
    ],
    [
      edge("p.text", "hero.prompt"),
      edge("hero.image", "gate.image"),
      edge("gate.revision", "hero.revision", { loop: { passes: 2 } }),
    ],
  );

describe("a scorecard", () => {
  test("tells what each state of the graph came to, newest first; the cache and a moved card add nothing", async () => {
    const opinions = [{ horizon: 1, boats: 0.4 }, 1, 0.6, 0.6, 1];
    const fake = scriptedProvider({ script: judging((_request, count) => opinions[count] ?? 1) });
    const { go, studio } = await openTestStudio(fake.provider);
    await go(looped("a harbour")); // 0.7, then 1: approved in two passes
    await go(looped("a harbour", { position: { x: 400, y: 0 }, title: "Moved" })); // all from the cache
    await go(looped("a harbour", { take: 2 })); // 0.6 twice: rejected
    await go(looped("a quiet harbour")); // approved at once
    const { rows, runs } = await studio.scorecard("test", { limit: 50 });
    expect(runs).toBe(4);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ runs: 1, judged: 1, stories: 1, approved: 1, passRate: 1, passesPerApproved: 1 });
    expect(rows[0]).not.toHaveProperty("weakest");
    expect(rows[0]?.usdPerApproved).toBeCloseTo(0.012, 6);
    expect(rows[1]).toMatchObject({ runs: 2, judged: 4, stories: 2, approved: 1, passRate: 0.5, passesPerApproved: 4 });
    expect(rows[1]?.weakest).toEqual({ line: "boats", failed: 3, asked: 4 });
    expect(rows[1]?.usdPerApproved).toBeCloseTo(0.048, 6);
  });

  test("looks at no more runs than asked for, and of a graph nobody knows there is none", async () => {
    const { go, studio } = await openTestStudio(scriptedProvider({ script: judging(() => 1) }).provider);
    await go(looped("a harbour"));
    await go(looped("a quiet harbour"));
    expect((await studio.scorecard("test", { limit: 1 })).rows).toHaveLength(1);
    expect(await studio.scorecard("nobody", { limit: 5 })).toEqual({ rows: [], runs: 0 });
  });

  test("a changed setting or wire is another state", () => {
    const base = looped("a harbour");
    const read = (document: unknown) => stateOf(Graph.parse(document));
    expect(read(looped("a harbour", { title: "Named" }))).toBe(read(base));
    expect(read(looped("a quay"))).not.toBe(read(base));
    expect(read({ ...base, edges: base.edges.slice(0, 2) })).not.toBe(read(base));
  });
});
