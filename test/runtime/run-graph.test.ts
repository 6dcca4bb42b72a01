import { describe, expect, test } from "vitest";
import { ProviderError } from "#lib/runtime/ports.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, hastyClock, node, openTestStudio } from "./test-studio.ts";

const small = { size: "1024x1024", partials: 0 };
const chain = (prompt = "a harbour") =>
  graph(
    [
      node("words", "text", { text: prompt }),
      node("hero", "generate", small),
      node("night", "edit", small),
      node("ask", "text", { text: "make it night" }),
    ],
    [edge("words.text", "hero.prompt"), edge("hero.image", "night.image"), edge("ask.text", "night.instruction")],
  );
const states = (document: { steps: { nodeId: string; state: string }[] }) =>
  Object.fromEntries(document.steps.map((step) => [step.nodeId, step.state]));

describe("a run", () => {
  test("draws, continues the thread, and keeps every fact of it", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider);
    const run = await go(chain());
    expect(run.status).toBe("succeeded");
    expect(states(run)).toEqual({ words: "done", hero: "done", night: "done", ask: "done" });
    expect(run.paidCalls).toBe(2);
    expect(run.costUsd).toBe(0.02);
    const [first, second] = fake.sent;
    expect(first).toMatchObject({ lane: "conversation" });
    expect(second).toMatchObject({ previousResponseId: "resp_1", parts: [{ type: "text", text: "make it night" }] });
    const picture = run.outputs.night?.image?.[0];
    expect(picture).toMatchObject({
      kind: "image",
      turn: { responseId: "resp_2", depth: 2 },
      made: { by: "model", prompt: "make it night", revisedPrompt: "revised" },
    });
  });

  test("of a wide graph sends its first calls while the rest is still decided", async () => {
    const { go, studio } = await openTestStudio(scriptedProvider().provider);
    const ids = Array.from({ length: 80 }, (_, index) => `g${index}`);
    const run = await go(
      graph(
        [node("words", "text", { text: "a harbour" }), ...ids.map((id) => node(id, "generate", small))],
        ids.map((id) => edge("words.text", `${id}.prompt`)),
      ),
    );
    expect(run.status).toBe("succeeded");
    expect(new Set(run.steps.map(({ nodeId }) => nodeId)).size).toBe(81);
    const seen: { type: string; nodeId?: string }[] = [];
    for await (const event of studio.events(run.runId, 0, new AbortController().signal)) {
      seen.push(event);
      if (event.type === "run.ended") break;
    }
    const firstCall = seen.findIndex(({ type }) => type === "call.reserved");
    const lastStart = seen.findLastIndex(({ type }) => type === "step.started");
    expect(firstCall).toBeGreaterThan(0);
    expect(lastStart).toBeGreaterThan(firstCall);
  });

  test("run again calls nobody and says from where each result came", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider);
    const first = await go(chain());
    const again = await go(chain());
    expect(fake.sent).toHaveLength(2);
    expect(again.paidCalls).toBe(0);
    expect(again.steps.every((step) => step.cached)).toBe(true);
    expect(again.steps.find((step) => step.nodeId === "hero")?.why).toContain(first.runId);
  });

  test("changing one node runs exactly its downstream cone, and says what changed", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider);
    await go(chain());
    const changed = chain();
    (changed.nodes[3] as { config: unknown }).config = { text: "make it dawn" };
    const run = await go(changed);
    expect(Object.fromEntries(run.steps.map((step) => [step.nodeId, step.cached]))).toEqual({
      words: true,
      hero: true,
      night: false,
      ask: false,
    });
    expect(run.steps.find((step) => step.nodeId === "night")?.why).toMatch(/instruction/);
    expect(fake.sent).toHaveLength(3);
  });

  test("take 2 is another picture; going back to take 1 costs nothing", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider);
    const first = await go(chain());
    const second = await go(chain(), { takes: { hero: 2 } });
    expect(second.paidCalls).toBe(2);
    expect(second.steps.find((step) => step.nodeId === "hero")?.why).toMatch(/take 1 → 2/);
    const back = await go(chain());
    expect(back.paidCalls).toBe(0);
    expect(back.outputs.night?.image?.[0]).toEqual(first.outputs.night?.image?.[0]);
  });

  test("forks continue the same turn in parallel", async () => {
    const fake = scriptedProvider({ latencyMs: 30 });
    const { go } = await openTestStudio(fake.provider);
    await go(
      graph(
        [
          node("p", "text", { text: "a lamp" }),
          node("hero", "generate", small),
          node("a", "edit", small),
          node("b", "edit", small),
          node("ta", "text", { text: "red" }),
          node("tb", "text", { text: "blue" }),
        ],
        [
          edge("p.text", "hero.prompt"),
          edge("hero.image", "a.image"),
          edge("hero.image", "b.image"),
          edge("ta.text", "a.instruction"),
          edge("tb.text", "b.instruction"),
        ],
      ),
    );
    expect(fake.sent.slice(1).map((request) => "previousResponseId" in request && request.previousResponseId)).toEqual([
      "resp_1",
      "resp_1",
    ]);
    expect(fake.most()).toBe(2);
  });

  test("identical items in flight are one call", async () => {
    const fake = scriptedProvider({ latencyMs: 30 });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(
      graph(
        [node("p", "text", { text: "a lamp" }), node("a", "generate", small), node("b", "generate", small)],
        [edge("p.text", "a.prompt"), edge("p.text", "b.prompt")],
      ),
    );
    expect(fake.sent).toHaveLength(1);
    const [a, b] = ["a", "b"].map((id) => run.outputs[id]?.image?.[0]);
    expect(a?.kind === "image" && b?.kind === "image" && a.asset === b.asset).toBe(true);
  });

  test("OA-014 a thread the provider lost is rebuilt, marked, and the run succeeds", async () => {
    const fake = scriptedProvider({
      script: (request) =>
        request.lane === "conversation" && request.previousResponseId
          ? new ProviderError("rejected", "previous_response_not_found", "gone")
          : undefined,
    });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(chain());
    expect(run.status).toBe("succeeded");
    expect(run.steps.find((step) => step.nodeId === "night")?.rehydrated).toBe(true);
    const last = fake.sent.at(-1);
    expect(last && "parts" in last && last.parts.map((part) => part.type)).toEqual(["text", "text", "image", "text"]);
    expect(run.paidCalls).toBe(2);
    const again = await go(chain());
    expect(again.paidCalls).toBe(0);
    expect(again.steps.find((step) => step.nodeId === "night")?.rehydrated).toBe(true);
  });

  test("a moderation refusal fails its step and what needs it; other branches finish and are kept", async () => {
    const fake = scriptedProvider({
      script: (request) =>
        "parts" in request && JSON.stringify(request.parts).includes("bad")
          ? new ProviderError("refused", "moderation_blocked", "refused")
          : undefined,
    });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(
      graph(
        [
          node("p", "text", { text: "bad idea" }),
          node("q", "text", { text: "good idea" }),
          node("a", "generate", small),
          node("b", "generate", small),
          node("a2", "grade", { exposure: 1 }),
        ],
        [edge("p.text", "a.prompt"), edge("q.text", "b.prompt"), edge("a.image", "a2.image")],
      ),
    );
    expect(run.status).toBe("failed");
    expect(states(run)).toMatchObject({ a: "failed", a2: "failed", b: "done" });
    expect(run.steps.find((step) => step.nodeId === "a")?.error?.code).toBe("moderation");
    expect(run.steps.find((step) => step.nodeId === "a2")?.error?.code).toBe("upstream_failed");
  });

  test("OA-002 a rate limit waits as told and tries again; the failed attempt costs nothing", async () => {
    const clock = hastyClock();
    const fake = scriptedProvider({
      script: (_request, count) =>
        count < 3 ? new ProviderError("rate_limit", "rate_limit_exceeded", "slow", { retryAfterMs: 7000 }) : undefined,
    });
    const { go } = await openTestStudio(fake.provider, { clock });
    const run = await go(chain());
    expect(run.status).toBe("succeeded");
    expect(clock.slept.filter((ms) => ms === 7000)).toHaveLength(2);
    expect(run.paidCalls).toBe(2);
  });

  test("OA-003 quota pauses the run and sends nothing more", async () => {
    const fake = scriptedProvider({ script: () => new ProviderError("quota", "insufficient_quota", "no credit") });
    const { go, studio } = await openTestStudio(fake.provider, { concurrency: 1 });
    const nodes = Array.from({ length: 5 }, (_, index) => [
      node(`t${index}`, "text", { text: `picture ${index}` }),
      node(`g${index}`, "generate", small),
    ]).flat();
    const run = await go(
      graph(
        nodes,
        Array.from({ length: 5 }, (_, index) => edge(`t${index}.text`, `g${index}.prompt`)),
      ),
    );
    expect(run).toMatchObject({ status: "paused", reason: "quota", paidCalls: 0 });
    expect(fake.sent).toHaveLength(1);
    expect(await studio.resume(run.runId, {})).toBe("queued");
  });

  test("OA-006 an uncertain call without an id is in doubt: not sent again until a person says so", async () => {
    let broken = true;
    const fake = scriptedProvider({
      script: (request) =>
        broken &&
        JSON.stringify(request).includes("harbour") &&
        !("previousResponseId" in request && request.previousResponseId)
          ? new ProviderError("uncertain", "connection_reset", "reset")
          : undefined,
    });
    const { go, studio } = await openTestStudio(fake.provider);
    const run = await go(chain());
    expect(run).toMatchObject({ status: "paused", reason: "in_doubt" });
    expect(states(run)).toMatchObject({ hero: "in_doubt", night: "blocked" });
    expect(fake.sent).toHaveLength(1);
    // A fresh run of the same graph meets the same doubt and names the call.
    const fresh = await go(chain());
    expect(fresh).toMatchObject({ status: "paused", reason: "in_doubt" });
    expect(fresh.error?.message).toContain(run.runId);
    expect(fake.sent).toHaveLength(1);
    broken = false;
    await studio.resume(run.runId, { inDoubt: "retry" });
    await studio.drive(run.runId);
    const resumed = await studio.run(run.runId);
    expect(resumed?.status).toBe("succeeded");
    expect(fake.sent).toHaveLength(3);
  });

  test("saying that a call in doubt may be sent again holds for that resume, not for the next", async () => {
    const fake = scriptedProvider({ script: () => new ProviderError("uncertain", "connection_reset", "reset") });
    const { go, studio } = await openTestStudio(fake.provider);
    const run = await go(chain());
    await studio.resume(run.runId, { inDoubt: "retry" });
    await studio.drive(run.runId);
    const sent = fake.sent.length;
    expect(sent).toBeGreaterThan(1);
    await studio.resume(run.runId, {});
    await studio.drive(run.runId);
    expect(fake.sent).toHaveLength(sent);
    expect(await studio.run(run.runId)).toMatchObject({ status: "paused", reason: "in_doubt" });
  });

  test("an uncertain call whose id is known is fetched, never sent again", async () => {
    const fake = scriptedProvider({
      script: (_request, count) =>
        count === 1
          ? async (hooks) => {
              await hooks.accepted({ responseId: "resp_77" });
              throw new ProviderError("uncertain", "cut", "the stream was cut");
            }
          : undefined,
    });
    const { go } = await openTestStudio(fake.provider);
    const run = await go(chain());
    expect(run.status).toBe("succeeded");
    expect(fake.fetched).toEqual(["resp_77"]);
    expect(fake.sent).toHaveLength(2);
  });

  test("an accepted response that ended at a limit is over: it is asked for anew, not fetched for ever", async () => {
    for (const kind of ["quota", "rate_limit"] as const) {
      const fake = scriptedProvider({
        script: (_request, count) =>
          count === 1
            ? async (hooks) => {
                await hooks.accepted({ responseId: "resp_77" });
                throw new ProviderError("uncertain", "cut", "the stream was cut");
              }
            : undefined,
      });
      fake.provider.fetch = async (id) => {
        fake.fetched.push(id);
        throw new ProviderError(kind, kind, "the response ended at a limit");
      };
      const { go, studio } = await openTestStudio(fake.provider);
      const run = await go(chain());
      if (kind === "quota") {
        expect(run).toMatchObject({ status: "paused", reason: "quota", costUsd: 0 });
        await studio.resume(run.runId, {});
        await studio.drive(run.runId);
      }
      expect(await studio.run(run.runId)).toMatchObject({ status: "succeeded", paidCalls: 2 });
      expect(fake.fetched).toEqual(["resp_77"]);
      expect(fake.sent).toHaveLength(3);
    }
  });

  test("a budget that is too small stops paid calls before they are sent; raising it finishes the run", async () => {
    const fake = scriptedProvider();
    const { go, studio } = await openTestStudio(fake.provider);
    const run = await go(chain(), { budgetMicro: 25_000 });
    expect(run).toMatchObject({ status: "paused", reason: "budget", paidCalls: 1 });
    expect(states(run)).toMatchObject({ hero: "done", night: "queued" });
    await studio.resume(run.runId, { budgetMicro: 100_000 });
    await studio.drive(run.runId);
    expect(await studio.run(run.runId)).toMatchObject({ status: "succeeded", paidCalls: 2 });
    const nothing = await go(chain("another place"), { budgetMicro: 0 });
    expect(nothing).toMatchObject({ status: "paused", reason: "budget", costUsd: 0 });
    expect(states(nothing)).toMatchObject({ words: "done" });
    expect(fake.sent).toHaveLength(2);
  });

  test("cancelling passes the wish on to the provider and ends the run", async () => {
    const untilAborted = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        const abort = () => reject(new ProviderError("aborted", "aborted", "aborted"));
        if (signal.aborted) abort();
        else signal.addEventListener("abort", abort);
      });
    const fake = scriptedProvider({
      script: () => async (hooks) => {
        await hooks.accepted({ responseId: "resp_9" });
        return await untilAborted(hooks.signal);
      },
    });
    fake.provider.fetch = (_id, _request, hooks) => untilAborted(hooks.signal);
    const { studio } = await openTestStudio(fake.provider);
    const { runId } = await studio.startRun({ graph: chain() });
    const driven = studio.drive(runId);
    while (fake.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await studio.cancel(runId);
    expect(await driven).toBe("cancelled");
    expect(fake.cancelled).toEqual(["resp_9"]);
  });

  test("events are gapless from run.started to run.ended, also over a resume", async () => {
    const fake = scriptedProvider();
    const { go, studio } = await openTestStudio(fake.provider);
    const run = await go(chain(), { budgetMicro: 25_000 });
    await studio.resume(run.runId, { budgetMicro: null });
    await studio.drive(run.runId);
    const events = [];
    for await (const event of studio.events(run.runId, 0)) events.push(event);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]?.type).toBe("run.started");
    expect(events.at(-1)).toMatchObject({ type: "run.ended", status: "succeeded" });
  });

  test("an estimate is an upper bound, and free for what is cached", async () => {
    const fake = scriptedProvider();
    const { go, studio } = await openTestStudio(fake.provider);
    const before = await studio.estimate({ graph: chain() });
    expect(before).toMatchObject({ calls: 2, costUsd: 0.04 });
    const run = await go(chain());
    expect(run.costUsd).toBeLessThanOrEqual(before.costUsd);
    expect(await studio.estimate({ graph: chain() })).toMatchObject({ calls: 0, costUsd: 0 });
  });
});
