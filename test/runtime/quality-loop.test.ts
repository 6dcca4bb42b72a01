import { describe, expect, test } from "vitest";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { ImageValue, VerdictValue } from "#lib/protocol/values.ts";
import type { ProviderRequest } from "#lib/runtime/ports.ts";
import { judging, type Opinion, shownTo } from "./scripted-judge.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const small = { size: "1024x1024", partials: 0 };
const images = (run: RunDocument, id: string, port: string) => (run.outputs[id]?.[port] ?? []) as ImageValue[];
const verdicts = (run: RunDocument, id = "gate") => (run.outputs[id]?.verdict ?? []) as VerdictValue[];
const one = [{ id: "horizon", question: "Is the horizon level?" }];

const looped = (config: Record<string, unknown> = {}, generate: Record<string, unknown> = {}, passes = 3) =>
  graph(
    [
      node("p", "text", { text: "a harbour" }),
      node("hero", "generate", { ...small, ...generate }),
      node("gate", "qa-gate", { checklist: one, ...config }),
      node("after", "grade", { exposure: 1 }),
      node("keep", "archive", { name: "kept/{{item}}" }),
    ],
    [
      edge("p.text", "hero.prompt"),
      edge("hero.image", "gate.image"),
      edge("gate.pass", "after.image"),
      edge("after.image", "keep.image"),
      edge("gate.verdict", "keep.verdict"),
      edge("gate.revision", "hero.revision", { loop: { passes } }),
    ],
  );

const words = (request: ProviderRequest | undefined): string =>
  request && "parts" in request
    ? request.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n")
    : "";
const drawn = (sent: ProviderRequest[]) => sent.filter((request) => request.lane === "conversation");
const asked = (sent: ProviderRequest[]) => sent.filter((request) => request.lane === "judge");

describe("a judge in a loop", () => {
  test("fail, iterate, pass: the second picture goes on in the first one's thread with the reason", async () => {
    const reason = "It leans to the left by about five degrees; level it.";
    const fake = scriptedProvider({
      script: judging((_request, count) => (count === 0 ? { horizon: { score: 0.5, reason } } : 0.9)),
    });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(looped());
    expect(run.status).toBe("succeeded");
    const [first, second, ...more] = drawn(fake.sent);
    expect(more).toEqual([]);
    expect(first).not.toHaveProperty("previousResponseId");
    expect(second).toMatchObject({ previousResponseId: "resp_1" });
    expect(words(second)).toContain(reason);
    expect(words(second)).not.toContain("a harbour");
    expect(asked(fake.sent)).toHaveLength(2);
    expect(verdicts(run).map(({ decision, score }) => [decision, score])).toEqual([
      ["iterate", 0.5],
      ["pass", 0.9],
    ]);
    const [passed] = images(run, "gate", "pass");
    expect(passed?.verdicts).toEqual([verdicts(run)[1]]);
    expect(passed?.turn).toMatchObject({ asset: passed?.asset, depth: 2 });
    expect(images(run, "after", "image")[0]?.verdicts?.[0]).toMatchObject({ decision: "pass", of: passed?.asset });
  });

  test("fail hard, restart: a new thread with the node's own words and the reason", async () => {
    const reason = "There is no harbour at all.";
    const fake = scriptedProvider({
      script: judging((_request, count) => (count === 0 ? { horizon: { score: 0.1, reason } } : 1)),
    });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(looped());
    const [, second] = drawn(fake.sent);
    expect(second).not.toHaveProperty("previousResponseId");
    expect(words(second)).toMatch(/a harbour[\s\S]*There is no harbour at all\./);
    expect(verdicts(run).map(({ decision }) => decision)).toEqual(["restart", "pass"]);
    expect(images(run, "after", "image")).toHaveLength(1);
  });

  test("passes are bounded; the last one rejects, and the verdict says so", async () => {
    const fake = scriptedProvider({ script: judging(() => 0.6) });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(looped());
    expect(run.status).toBe("succeeded");
    expect(drawn(fake.sent)).toHaveLength(3);
    expect(verdicts(run).map(({ decision }) => decision)).toEqual(["iterate", "iterate", "reject"]);
    expect(verdicts(run)[2]?.notes).toMatch(/last pass/);
    expect(images(run, "gate", "reject")).toHaveLength(1);
    expect(run.steps.find(({ nodeId }) => nodeId === "after")?.state).toBe("skipped");
    // More passes: what was rejected only for want of one is judged again, and goes on.
    const more = await go(looped({}, {}, 4));
    expect(more.outputs.gate?.revision).toHaveLength(3);
    expect(drawn(fake.sent)).toHaveLength(4);
  });

  test("without a wired revision what fails is rejected, also in the middle of somebody else's loop", async () => {
    const fake = scriptedProvider({ script: judging(() => 0.6) });
    const { go } = await openTestStudio(fake.provider);
    const plain = looped();
    const run = await go({ ...plain, edges: (plain.edges as { loop?: unknown }[]).filter(({ loop }) => !loop) });
    expect(verdicts(run)[0]).toMatchObject({ decision: "reject" });
    expect(verdicts(run)[0]?.notes).toMatch(/wired/);
  });

  test("a revision wired forwards repairs once, without a loop", async () => {
    const fake = scriptedProvider({ script: judging((_request, count) => (count === 0 ? 0.6 : 1)) });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(
      graph(
        [
          node("p", "text", { text: "a harbour" }),
          node("hero", "generate", small),
          node("gate", "qa-gate", { checklist: one }),
          node("again", "generate", small),
          node("second", "qa-gate", { checklist: one }),
        ],
        [
          edge("p.text", "hero.prompt"),
          edge("hero.image", "gate.image"),
          edge("p.text", "again.prompt"),
          edge("gate.revision", "again.revision"),
          edge("again.image", "second.image"),
        ],
      ),
    );
    expect(drawn(fake.sent)[1]).toMatchObject({ previousResponseId: "resp_1" });
    expect(images(run, "second", "pass")).toHaveLength(1);
  });

  test("a must that fails never passes, whatever the score", async () => {
    const checklist = [...one, { id: "logo", question: "Is it free of logos?", weight: 0.01, must: true }];
    const fake = scriptedProvider({
      script: judging((_request, count) => (count === 0 ? { horizon: 1, logo: { score: 0, reason: "A swoosh." } } : 1)),
    });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(looped({ checklist }));
    expect(verdicts(run)[0]?.score).toBeGreaterThan(0.9);
    expect(verdicts(run).map(({ decision }) => decision)).toEqual(["iterate", "pass"]);
    expect(words(drawn(fake.sent)[1])).toContain("A swoosh.");
  });

  test("samples are as many calls, of which the median of each line counts", async () => {
    const scores = [0.2, 0.95, 0.9];
    const fake = scriptedProvider({ script: judging((_request, count) => scores[count] ?? 1) });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(looped({ samples: 3 }));
    expect(asked(fake.sent)).toHaveLength(3);
    expect(verdicts(run)).toMatchObject([{ decision: "pass", score: 0.9, costUsd: 0.006, model: "judge-1" }]);
    expect(run.paidCalls).toBe(4);
  });

  test("nothing judged, nobody asked: measured checks alone cost no call", async () => {
    const fake = scriptedProvider({ script: judging(() => 0) });
    const { go } = await openTestStudio(fake.provider);
    const checks = [{ kind: "dimensions", width: 64, height: 64 }];
    const run = await go(looped({ checklist: [], checks }));
    expect(asked(fake.sent)).toEqual([]);
    expect(verdicts(run)).toMatchObject([{ decision: "pass", checks: [{ kind: "dimensions", passed: true }] }]);
    expect(verdicts(run)[0]).not.toHaveProperty("model");
  });

  test("expected lettering is read in the same call as everything else", async () => {
    const fake = scriptedProvider({
      script: judging((request, count) => ({
        json: {
          ...(request.schema as object),
          read: count === 0 ? "SUMER SALE" : "SUMMER SALE",
          lines: { horizon: { score: 1, reason: "level", box: [0, 0, 1, 0.5] } },
        },
      })),
    });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(looped({ checks: [{ kind: "text", expected: "Summer sale", must: true }] }));
    expect(asked(fake.sent)).toHaveLength(2);
    expect(verdicts(run).map(({ decision }) => decision)).toEqual(["iterate", "pass"]);
    expect(verdicts(run)[0]?.checks[0]).toMatchObject({ id: "horizon", box: [0, 0, 1, 0.5] });
    expect(words(drawn(fake.sent)[1])).toMatch(/Summer sale/);
  });

  test("a judge that leaves a line out fails the step and says which", async () => {
    const fake = scriptedProvider({ script: judging(() => ({ json: { lines: {} } })) });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(looped());
    expect(run.error?.message).toMatch(/horizon/);
    expect(run.steps.find(({ nodeId }) => nodeId === "gate")?.error?.code).toBe("BAD_JUDGEMENT");
  });
});

describe("money", () => {
  test("without room for another pass what fails is rejected and says so; with more, nothing is paid again for what was judged", async () => {
    const fake = scriptedProvider({ script: judging((_request, count) => (count === 0 ? 0.6 : 1)) });
    const { go } = await openTestStudio(fake.provider);
    // A picture reserves $0.02 and costs $0.01, a verdict reserves $0.02 and costs $0.002: $0.019 are left, not enough for a second picture.
    const poor = await go(looped(), { budgetMicro: 31_000 });
    expect(poor.status).toBe("succeeded");
    expect(verdicts(poor)).toMatchObject([{ decision: "reject" }]);
    expect(verdicts(poor)[0]?.notes).toMatch(/\$0\.019 are left of the budget/);
    const rich = await go(looped());
    expect(verdicts(rich).map(({ decision }) => decision)).toEqual(["iterate", "pass"]);
    expect([drawn(fake.sent).length, asked(fake.sent).length]).toEqual([2, 2]);
    expect(rich.paidCalls).toBe(2);
  });
});

describe("an estimate of a loop", () => {
  test("takes every picture to need every pass, and what is known to be free", async () => {
    const fake = scriptedProvider({ script: judging((_request, count) => (count < 2 ? 0.6 : 1)) });
    const { go, studio } = await openTestStudio(fake.provider);
    const graph = looped({ samples: 2 }, { variants: 2 });
    const before = await studio.estimate({ graph });
    const calls = Object.fromEntries(before.nodes.map(({ nodeId, calls }) => [nodeId, calls]));
    expect(calls).toMatchObject({ hero: 2 * 3, gate: 2 * 3 * 2, after: 0 });
    expect(fake.sent).toEqual([]);
    const run = await go(graph);
    expect(run.paidCalls).toBeLessThan(before.calls);
    expect(run.costUsd).toBeLessThan(before.costUsd);
    expect(await studio.estimate({ graph })).toMatchObject({ calls: 0, costUsd: 0 });
  });

  test("goes on past a person", async () => {
    const { studio } = await openTestStudio(scriptedProvider().provider);
    const { nodes } = await studio.estimate({
      graph: graph(
        [
          node("p", "text", { text: "a harbour" }),
          node("hero", "generate", small),
          node("ok", "review"),
          node("more", "edit", small),
        ],
        [
          edge("p.text", "hero.prompt"),
          edge("hero.image", "ok.image"),
          edge("ok.revision", "hero.revision", { loop: { passes: 2 } }),
          edge("ok.approved", "more.image"),
          edge("p.text", "more.instruction"),
        ],
      ),
    });
    expect(Object.fromEntries(nodes.map(({ nodeId, calls }) => [nodeId, calls]))).toMatchObject({ hero: 2, more: 1 });
  });
});

describe("four variants: two pass at once, one after one pass, one never", () => {
  /** Scores by the place of the first picture and the turn of its thread. */
  const SCORES = [[0.9], [0.5, 0.9], [0.95], [0.5, 0.6, 0.5]];

  const campaign = () => {
    const lineage = new Map<string, { variant: number; turn: number }>();
    const byResponse = new Map<string, { variant: number; turn: number }>();
    const fake = scriptedProvider({
      script: judging((request): Opinion => {
        const about = lineage.get(shownTo(request)[0] ?? "");
        return SCORES[about?.variant ?? 0]?.[about?.turn ?? 0] ?? 0;
      }),
    });
    const { provider } = fake;
    let first = 0;
    const send = provider.send.bind(provider);
    provider.send = async (request, hooks) => {
      const answer = await send(request, hooks);
      if (request.lane === "conversation" && answer.responseId) {
        const before = request.previousResponseId ? byResponse.get(request.previousResponseId) : undefined;
        const slot = Number(/\/(\d+)#/.exec(request.callKey)?.[1]);
        const about = before ? { variant: before.variant, turn: before.turn + 1 } : { variant: slot, turn: 0 };
        if (!before) first += 1;
        byResponse.set(answer.responseId, about);
        const { createHash } = await import("node:crypto");
        for (const { bytes } of answer.pictures)
          lineage.set(`sha256:${createHash("sha256").update(bytes).digest("hex")}`, about);
      }
      return answer;
    };
    return { fake, lineage, firsts: () => first };
  };

  test("downstream receives three in order, the archive names each one's own verdict, and no call is made too often", async () => {
    const { fake, lineage } = campaign();
    const { go, journal } = await openTestStudio(fake.provider);
    const run = await go(looped({}, { variants: 4 }));
    expect(run.status).toBe("succeeded");
    expect(drawn(fake.sent)).toHaveLength(4 + 2 + 1);
    expect(asked(fake.sent)).toHaveLength(4 + 2 + 1);
    expect(run.paidCalls).toBe(14);
    const places = (port: string) => images(run, "gate", port).map(({ asset }) => lineage.get(asset));
    expect(places("pass")).toEqual([
      { variant: 0, turn: 0 },
      { variant: 2, turn: 0 },
      { variant: 1, turn: 1 },
    ]);
    expect(places("reject")).toEqual([{ variant: 3, turn: 2 }]);
    expect(images(run, "after", "image")).toHaveLength(3);
    const entries = (await journal.entries({ runId: run.runId, limit: 10 })).sort((a, b) => a.position - b.position);
    const told = entries.map(({ record }) => (record.verdicts as VerdictValue[]).map(({ of, score }) => [of, score]));
    const passed = images(run, "gate", "pass").map(({ asset }) => asset);
    expect(told).toEqual([[[passed[0], 0.9]], [[passed[1], 0.95]], [[passed[2], 0.9]]]);
    expect(run.steps.find(({ nodeId, pass }) => nodeId === "gate" && pass === 0)?.from).toEqual({
      pass: [0, 2],
      revision: [1, 3],
    });
    const again = await go(looped({}, { variants: 4 }));
    expect(again.paidCalls).toBe(0);
    expect(images(again, "after", "image").map(({ asset }) => asset)).toEqual(
      images(run, "after", "image").map(({ asset }) => asset),
    );
    expect(fake.sent).toHaveLength(14);
  });
});
