import { describe, expect, test } from "vitest";
import type { InvalidError } from "#lib/protocol/problems.ts";
import { answered, images, small, stepOf } from "./reviewed-run.ts";
import { judging } from "./scripted-judge.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

describe("a pick", () => {
  const picking = (config: Record<string, unknown>, variants = 4) =>
    graph(
      [
        node("p", "text", { text: "a harbour" }),
        node("hero", "generate", { ...small, variants }),
        node("best", "pick", config),
        node("after", "grade", { exposure: 1 }),
      ],
      [edge("p.text", "hero.prompt"), edge("hero.image", "best.image"), edge("best.image", "after.image")],
    );

  test("by hand waits like a review, with all pictures in one question", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(picking({ by: "hand", count: 2 }));
    expect(run.status).toBe("waiting");
    const hero = images(run, "hero", "image");
    expect(stepOf(run, "best")?.items).toMatchObject([{ about: hero.map(({ asset }) => ({ asset })) }]);
    const refused = async (answer: unknown) =>
      ((await opened.studio.answer(run.runId, "best", 0, answer).catch((error) => error)) as InvalidError).problems[0]
        ?.code;
    expect(await refused({ decision: "approve" })).toBe("BAD_ANSWER");
    expect(await refused({ picks: [0, 4] })).toBe("UNKNOWN_PICK");
    expect(await refused({ picks: [0, 0] })).toBe("UNKNOWN_PICK");
    expect(await refused({ picks: [0, 1, 2] })).toBe("TOO_MANY_PICKS");
    const done = await answered(opened, run.runId, { decision: "approve", picks: [3, 1] }, ["best", 0]);
    expect(images(done, "best", "image")).toEqual([hero[3], hero[1]]);
    expect(images(done, "best", "rest")).toEqual([hero[0], hero[2]]);
    expect((await opened.go(picking({ by: "hand", count: 2 }))).status).toBe("waiting");
  });

  test("by judge asks about every pair in both orders, and is found in the cache afterwards", async () => {
    const worth = new Map<string, number>();
    const fake = scriptedProvider({
      script: judging((request) => {
        const [first = "", second = ""] = request.parts.flatMap((part) => (part.type === "image" ? [part.asset] : []));
        const better = (worth.get(first) ?? 0) > (worth.get(second) ?? 0);
        return { json: { winner: better ? "first" : "second", reason: "r" } };
      }),
    });
    const opened = await openTestStudio(fake.provider);
    const drawn = await opened.go(picking({ by: "first" }));
    const hero = images(drawn, "hero", "image");
    for (const [index, value] of [2, 4, 1, 3].entries()) worth.set(hero[index]?.asset ?? "", value);
    const run = await opened.go(picking({ by: "judge", count: 2 }));
    expect(images(run, "best", "image").map(({ asset }) => worth.get(asset))).toEqual([4, 3]);
    expect(images(run, "best", "rest").map(({ asset }) => worth.get(asset))).toEqual([2, 1]);
    expect(run.paidCalls).toBe(12);
    expect((await opened.go(picking({ by: "judge", count: 2 }))).paidCalls).toBe(0);
  });

  test("by a judge who always likes what comes first, the order of the list stands", async () => {
    const fake = scriptedProvider({ script: judging(() => ({ json: { winner: "first", reason: "r" } })) });
    const opened = await openTestStudio(fake.provider);
    const run = await opened.go(picking({ by: "judge", count: 1 }));
    expect(images(run, "best", "image")).toEqual(images(run, "hero", "image").slice(0, 1));
  });

  test("by score takes the verdicts the pictures carry, and says what to do where there are none", async () => {
    const fake = scriptedProvider({ script: judging((_request, count) => [0.85, 0.99, 0.81][count] ?? 1) });
    const opened = await openTestStudio(fake.provider);
    const judged = graph(
      [
        node("p", "text", { text: "a harbour" }),
        node("hero", "generate", { ...small, variants: 3 }),
        node("gate", "qa-gate", { checklist: [{ id: "a", question: "Is it good?" }] }),
        node("best", "pick", { by: "score" }),
      ],
      [edge("p.text", "hero.prompt"), edge("hero.image", "gate.image"), edge("gate.pass", "best.image")],
    );
    const run = await opened.go(judged);
    expect(images(run, "best", "image").map(({ verdicts }) => verdicts?.[0]?.score)).toEqual([0.99]);
    expect((await opened.go(judged)).paidCalls).toBe(0);
    const bare = await opened.go(picking({ by: "score" }));
    expect(bare.error).toMatchObject({ code: "NO_VERDICT" });
    expect(bare.error?.message).toMatch(/QA gate/);
  });
});
