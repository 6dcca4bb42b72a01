import { describe, expect, test } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const small = { size: "1024x1024", partials: 0 };

/** Two pictures that a person sends back as often as they like. */
const looped = (variants = 1) =>
  graph(
    [
      node("p", "text", { text: "a harbour" }),
      node("hero", "generate", { ...small, variants }),
      node("look", "review", { question: "Good?" }, { title: "Art direction" }),
    ],
    [
      edge("p.text", "hero.prompt"),
      edge("hero.image", "look.image"),
      edge("look.revision", "hero.revision", { loop: { passes: 3 } }),
    ],
  );

describe("what waits for a person", () => {
  test("is told with its question, its pictures, the way of each output and the schema of the answer", async () => {
    const { studio, go } = await openTestStudio(scriptedProvider().provider);
    const run = await go(looped(2));
    expect(run.status).toBe("waiting");
    const { reviews, total, next } = await studio.reviews({ limit: 10 });
    expect([reviews.length, total, next]).toEqual([1, 1, undefined]);
    expect(reviews[0]).toMatchObject({
      runId: run.runId,
      stepKey: "look@0",
      title: "Art direction",
      graphName: "Test",
      state: "waiting",
      question: "Good?",
      answer: { properties: { decision: { enum: ["approve", "reject", "revise"] } } },
      items: [
        { index: 0, about: [{ kind: "image" }], earlier: [] },
        { index: 1, about: [{ kind: "image" }], earlier: [] },
      ],
    });
    expect(reviews[0]?.outputs).toEqual([
      { port: "approved", kind: "image", way: "unwired" },
      { port: "revision", kind: "revision", way: "open" },
      { port: "rejected", kind: "image", way: "unwired" },
    ]);
    expect(reviews[0]?.since).toBeGreaterThan(1_700_000_000_000);
  });

  test("tells the passes before it: the picture that was shown and what was said of it", async () => {
    const { studio, go } = await openTestStudio(scriptedProvider().provider);
    const { runId } = await go(looped(2));
    const first = await studio.review(runId, "look", 0);
    await studio.answer(runId, "look", 0, { decision: "revise", picks: [0], notes: "Bluer water." }, "Anna");
    await studio.drive(runId);
    await studio.answer(runId, "look", 1, { decision: "revise", notes: "A second boat." });
    await studio.drive(runId);
    const [review] = (await studio.reviews({ limit: 10 })).reviews;
    expect(review?.stepKey).toBe("look@2");
    expect(review?.outputs.find(({ port }) => port === "revision")?.way).toBe("over");
    // The second of the two pictures was sent back: it is the one whose story this is.
    const sentBack = first?.items[1]?.about[0];
    expect(review?.items).toHaveLength(1);
    expect(review?.items[0]?.earlier).toMatchObject([
      {
        pass: 0,
        decision: "revise",
        notes: "Bluer water.",
        pictures: [sentBack && "asset" in sentBack ? { asset: sentBack.asset } : {}],
      },
      { pass: 1, decision: "revise", notes: "A second boat." },
    ]);
    expect(review?.items[0]?.earlier[1]?.pictures).toHaveLength(1);
    expect(await studio.review(runId, "look", 0)).toMatchObject({
      state: "decided",
      decided: { by: "Anna", at: expect.any(Number), answer: { notes: "Bluer water." } },
    });
  });

  test("is nothing where no person is asked, and is over when its run was cancelled", async () => {
    const { studio, go } = await openTestStudio(scriptedProvider().provider);
    const { runId } = await go(looped());
    for (const [id, step] of [
      [runId, "hero"],
      [runId, "nobody"],
      ["no-run", "look"],
    ] as const)
      expect(await studio.review(id, step, 0)).toBeUndefined();
    await studio.cancel(runId);
    expect((await studio.review(runId, "look", 0))?.state).toBe("over");
    expect(await studio.reviews({ limit: 10 })).toMatchObject({ reviews: [], total: 0 });
  });

  test("comes in pages; a cursor nobody gave out begins at the top", async () => {
    const { studio, go } = await openTestStudio(scriptedProvider().provider);
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push((await go(looped())).runId);
    const first = await studio.reviews({ limit: 3 });
    const second = await studio.reviews({ limit: 3, before: first.next });
    expect([...first.reviews, ...second.reviews].map(({ runId }) => runId).sort()).toEqual(ids.sort());
    expect([first.total, second.total, second.next]).toEqual([5, 5, undefined]);
    for (const before of ["x", "e30", Buffer.from("[1,2]").toString("base64url")])
      expect((await studio.reviews({ limit: 3, before })).reviews).toEqual(first.reviews);
  });
});
