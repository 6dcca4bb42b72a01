import { describe, expect, it } from "vitest";
import { ApiError } from "#lib/client/call-api.ts";
import { moveNodes } from "#lib/client/editor/edit/edit-nodes.ts";
import { createEstimator, type EstimateNews } from "#lib/client/editor/running/estimator.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import type { EstimateAnswer } from "#lib/protocol/http.ts";
import { aGraph, anEstimate, aServer } from "./a-run.ts";

function world(answer?: () => Promise<EstimateAnswer>) {
  const clock = aServer();
  const asked: Graph[] = [];
  const news: EstimateNews[] = [];
  let inFlight = 0;
  let most = 0;
  const open: (() => void)[] = [];
  const estimator = createEstimator(
    {
      later: clock.server.later,
      async ask(graph) {
        asked.push(graph);
        inFlight += 1;
        most = Math.max(most, inFlight);
        try {
          if (answer) return await answer();
          await new Promise<void>((resolve) => open.push(resolve));
          return anEstimate({ calls: asked.length });
        } finally {
          inFlight -= 1;
        }
      },
    },
    (one) => news.push(one),
  );
  return {
    estimator,
    asked,
    news,
    pass: clock.pass,
    get most() {
      return most;
    },
    async answers() {
      open.shift()?.();
      await clock.settle();
    },
  };
}
const words = (text: string) => aGraph({ words: { config: { text } } });

describe("asking what a run would cost", () => {
  it("a graph that cannot run yet is an answer, not an error", async () => {
    const problems = [{ level: "error" as const, code: "PORT_REQUIRED", message: "hero needs prompt." }];
    const w = world(async () => ({ ...anEstimate({ calls: 0 }), runnable: false, problems }));
    w.estimator.changed(words("a"));
    await w.pass(300);
    expect(w.news.at(-1)).toEqual({ kind: "problems", problems });
  });

  it("waits until typing stops, and asks once for the newest document", async () => {
    const w = world();
    for (const text of ["a", "ab", "abc"]) {
      w.estimator.changed(words(text));
      await w.pass(100);
    }
    expect(w.asked).toEqual([]);
    await w.pass(200);
    expect(w.asked).toEqual([words("abc")]);
  });

  it("asks nothing while cards are moved, renamed or framed", async () => {
    const w = world();
    const graph = aGraph();
    w.estimator.changed(graph);
    await w.pass(300);
    await w.answers();
    w.estimator.changed(moveNodes(graph, new Map([["hero", { x: 500, y: 1 }]])));
    w.estimator.changed({ ...graph, name: "Other", nodes: graph.nodes.map((node) => ({ ...node, title: "x" })) });
    await w.pass(10_000);
    expect(w.asked).toHaveLength(1);
    expect(w.news.map(({ kind }) => kind)).toEqual(["asking", "known"]);
  });

  it("has one question under way, and tells only the answer for the newest document", async () => {
    const w = world();
    w.estimator.changed(words("one"));
    await w.pass(300);
    w.estimator.changed(words("two"));
    await w.pass(300);
    w.estimator.changed(words("three"));
    await w.pass(300);
    expect(w.asked).toHaveLength(1);
    await w.answers();
    expect(w.news.at(-1)?.kind).toBe("asking");
    expect(w.asked.at(-1)).toEqual(words("three"));
    await w.answers();
    expect(w.news.at(-1)).toMatchObject({ kind: "known", answer: { calls: 2 } });
    expect([w.asked.length, w.most]).toEqual([2, 1]);
  });

  it("tells the problems of a document that cannot run", async () => {
    const problems = [{ level: "error" as const, code: "NOTHING_TO_RUN", message: "Nothing." }];
    const w = world(async () => {
      throw new ApiError(422, { type: "", title: "", status: "invalid", detail: "", code: "NOTHING_TO_RUN", problems });
    });
    w.estimator.changed(aGraph());
    await w.pass(300);
    expect(w.news.at(-1)).toEqual({ kind: "problems", problems });
  });

  it("does not ask about an empty graph", async () => {
    const w = world();
    w.estimator.changed({ ...aGraph(), nodes: [], edges: [] });
    await w.pass(300);
    expect(w.asked).toEqual([]);
    expect(w.news.at(-1)).toMatchObject({ kind: "problems", problems: [{ code: "NOTHING_TO_RUN" }] });
  });

  it("asks again by itself while the server is away", async () => {
    let away = true;
    const w = world(async () => {
      if (away) throw new TypeError("fetch failed");
      return anEstimate();
    });
    w.estimator.changed(aGraph());
    await w.pass(300);
    expect(w.news.at(-1)?.kind).toBe("unknown");
    away = false;
    await w.pass(5_000);
    expect(w.news.at(-1)?.kind).toBe("known");
    await w.pass(60_000);
    expect(w.asked).toHaveLength(2);
  });

  it("asks again for the same document when the cache has changed, and nothing once it is closed", async () => {
    const w = world(async () => anEstimate());
    w.estimator.changed(aGraph());
    await w.pass(300);
    w.estimator.refresh();
    await w.pass(0);
    expect(w.asked).toHaveLength(2);
    w.estimator.changed(words("new"));
    w.estimator.close();
    await w.pass(1_000);
    expect(w.asked).toHaveLength(2);
  });
});
