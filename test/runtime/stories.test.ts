import { describe, expect, test } from "vitest";
import { judging } from "./scripted-judge.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const looped = (config: Record<string, unknown> = {}, variants = 1, drawing: Record<string, unknown> = {}) =>
  graph(
    [
      node("p", "text", { text: "a harbour" }),
      node("hero", "generate", { size: "1024x1024", partials: 0, variants, ...drawing }),
      node("between", "grade", { exposure: 1 }),
      node("gate", "qa-gate", { checklist: [{ id: "horizon", question: "Is the horizon level?" }], ...config }),
    ],
    [
      edge("p.text", "hero.prompt"),
      edge("hero.image", "between.image"),
      edge("between.image", "gate.image"),
      edge("gate.revision", "hero.revision", { loop: { passes: 3 } }),
    ],
  );

const studioWith = (scores: number[]) =>
  openTestStudio(scriptedProvider({ script: judging((_request, count) => scores[count] ?? 0) }).provider);

describe("the story of a picture", () => {
  test("goes from picture to verdict to notes to the next picture, with the cost of each pass and why it stopped", async () => {
    const { go, studio } = await studioWith([0.6, 0.1, 0.9]);
    const run = await go(looped());
    const { stories = [], total } = (await studio.stories(run.runId)) ?? {};
    expect(total).toBe(1);
    const [story] = stories;
    expect(story).toMatchObject({ nodeId: "gate", end: "passed", why: "It is good enough." });
    expect(story?.passes.map(({ pass, verdict }) => [pass, verdict.decision])).toEqual([
      [0, "iterate"],
      [1, "restart"],
      [2, "pass"],
    ]);
    expect(story?.passes[0]?.verdict.notes).toContain("About horizon: 0.6.");
    expect(new Set(story?.passes.map(({ picture }) => picture?.asset)).size).toBe(3);
    expect(story?.passes.map(({ judgedUsd, drawnUsd }) => [judgedUsd, drawnUsd])).toEqual(Array(3).fill([0.002, 0.01]));
    expect(story?.costUsd).toBe(run.costUsd);
  });

  test("is its own for every variant, also when only some come round again", async () => {
    const { go, studio } = await studioWith([0.9, 0.6, 0.6, 0.9, 0.6, 0.6]);
    const run = await go(looped({}, 3));
    const { stories = [] } = (await studio.stories(run.runId)) ?? {};
    expect(stories.map(({ end }) => end).sort()).toEqual(["passed", "passed", "rejected"]);
    expect(stories.map(({ passes }) => passes.length).sort()).toEqual([1, 2, 3]);
    const rejected = stories.find(({ end }) => end === "rejected");
    expect(rejected?.why).toBe("This was the last pass, so it was not sent back.");
    const all = stories.flatMap(({ passes }) => passes.map(({ picture }) => picture?.asset));
    expect(new Set(all).size).toBe(6);
  });

  test("knows its share of a call that gave several pictures and no response", async () => {
    const { go, studio } = await studioWith([0.9, 0.9, 0.9]);
    const run = await go(looped({}, 3, { lane: "oneshot" }));
    const { stories = [] } = (await studio.stories(run.runId)) ?? {};
    expect(stories).toHaveLength(3);
    expect(stories[0]?.passes[0]?.drawnUsd).toBeGreaterThan(0);
    expect(stories.reduce((sum, { costUsd }) => sum + costUsd, 0)).toBeCloseTo(run.costUsd, 5);
  });

  test("is told again from the cache without a cost", async () => {
    const { go, studio } = await studioWith([0.6, 0.9]);
    const first = await go(looped());
    const again = await go(looped());
    const [before, after] = [await studio.stories(first.runId), await studio.stories(again.runId)];
    expect(after?.stories[0]?.passes.map(({ cached }) => cached)).toEqual([true, true]);
    expect(after?.stories[0]?.costUsd).toBe(0);
    expect(after?.stories[0]?.passes.map(({ picture }) => picture)).toEqual(
      before?.stories[0]?.passes.map(({ picture }) => picture),
    );
  });

  test("of a run nobody knows is none; where nothing is judged there are none", async () => {
    const { go, studio } = await studioWith([]);
    expect(await studio.stories("nobody")).toBeUndefined();
    const run = await go(graph([node("p", "text", { text: "a" })], []));
    expect(await studio.stories(run.runId)).toEqual({ stories: [], total: 0 });
  });
});
