import { describe, expect, test } from "vitest";
import { StepError } from "#lib/protocol/failure.ts";
import { type DeliverPorts, deliverResults } from "#lib/runtime/hooks/deliver-results.ts";
import { isSigned } from "#lib/runtime/hooks/signature.ts";
import type { ItemFacts } from "#lib/runtime/node-context.ts";
import type { OutgoingPost, PostAnswer, SentRow } from "#lib/runtime/ports.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";
import type { DeliveryRequest } from "#lib/sdk/context.ts";

const SECRET = "a-shared-secret-of-some-length";
const NOW = Date.UTC(2026, 10, 20);

type World = DeliverPorts & { posts: OutgoingPost[]; rows: Map<string, SentRow>; slept: number[] };
function world(answers: (PostAnswer | Error)[], more: Partial<DeliverPorts> = {}): World {
  const posts: OutgoingPost[] = [];
  const rows = new Map<string, SentRow>();
  const slept: number[] = [];
  return {
    posts,
    rows,
    slept,
    post: {
      async post(message) {
        posts.push(message);
        const answer = answers[Math.min(posts.length, answers.length) - 1];
        if (answer instanceof Error || !answer) throw answer ?? new Error("no answer");
        return answer;
      },
    },
    secrets: {
      get: async (name) =>
        name === "cms"
          ? { name, origin: "https://cms.test", sealed: { about: `secret\ncms\nhttps://cms.test` }, createdAt: 0 }
          : undefined,
      put: async () => {},
      list: async () => [],
      remove: async () => false,
    },
    sealer: { seal: () => ({}), open: (sealed, about) => (sealed.about === about ? SECRET : undefined) },
    sent: { get: async (id) => rows.get(id), put: async (row) => void rows.set(row.id, row) },
    clock: { ...systemClock, now: () => NOW, sleep: async (ms) => void slept.push(ms) },
    oneOfFew: (work) => work(),
    ...more,
  };
}
const facts = (more: Partial<ItemFacts["run"]> = {}): ItemFacts => ({
  graph: { id: "hero", name: "Hero" },
  revision: "r",
  node: { id: "tell", title: "Tell the CMS", type: "webhook" },
  run: { id: "run_1", createdAt: NOW, inputs: {}, simulated: true, ...more },
  passIndex: 0,
  pass: { index: 0, last: true },
  item: { index: 0, count: 1 },
  way: () => "unwired",
});
const image = {
  kind: "image" as const,
  asset: `sha256:${"a".repeat(64)}`,
  width: 4,
  height: 3,
  mediaType: "image/png",
  label: "hero",
  turn: { responseId: "resp_1", depth: 1, provider: "openai", createdAt: 0 },
  made: { by: "model" as const, prompt: "a private prompt", costUsd: 0.2 },
};
const request: DeliveryRequest = { url: "https://cms.test/in", secret: "cms", include: "results", values: [image] };
const send = (
  on: World,
  run?: Partial<ItemFacts["run"]>,
  wish: Partial<DeliveryRequest> = {},
  signal = new AbortController().signal,
) => deliverResults(on, facts(run), 0, { ...request, ...wish }, signal);
const ok = { status: 200 };

describe("a delivery that leaves", () => {
  test("is signed, names itself, and holds no pixels, prompts, costs or names of the provider", async () => {
    const on = world([ok]);
    const { id } = await send(on);
    const [post] = on.posts;
    expect(post?.headers).toMatchObject({ "throughline-delivery": id, "throughline-depth": "1" });
    const message = {
      timestamp: post?.headers["throughline-timestamp"],
      signature: post?.headers["throughline-signature"],
      body: Buffer.from(post?.body ?? ""),
    };
    expect(isSigned(message, SECRET, NOW)).toBe(true);
    expect(isSigned({ ...message, body: Buffer.from("{}") }, SECRET, NOW)).toBe(false);
    expect(JSON.parse(post?.body ?? "")).toEqual({
      type: "results",
      id,
      run: { id: "run_1" },
      graph: { id: "hero", name: "Hero" },
      node: { id: "tell", title: "Tell the CMS" },
      simulated: true,
      results: [{ kind: "image", asset: image.asset, width: 4, height: 3, mediaType: "image/png", label: "hero" }],
    });
    expect(post?.body).not.toMatch(/private|resp_1|0\.2/);
  });

  test("brings a link to each picture only where it was asked for and the server has an address", async () => {
    const assetUrl = (asset: string) => `https://studio.test/files/${asset.slice(7, 10)}`;
    const on = world([ok], { assetUrl, runUrl: (runId) => `https://studio.test/runs/${runId}` });
    await send(on, {}, { include: "assets" });
    await deliverResults(on, facts(), 1, request, new AbortController().signal);
    const [withLinks, without] = on.posts.map(({ body }) => JSON.parse(body));
    expect(withLinks).toMatchObject({
      run: { url: "https://studio.test/runs/run_1" },
      results: [{ url: "https://studio.test/files/aaa" }],
    });
    expect(without.results[0].url).toBeUndefined();
  });

  test("after a crash it goes out under the same id, and not at all once it is known to have arrived", async () => {
    const crashed = world([new Error("the process ended")]);
    await send(crashed).catch(() => {});
    expect([...crashed.rows.values()]).toMatchObject([{ attempts: 1 }]);
    const after = world([ok]);
    for (const [id, row] of crashed.rows) after.rows.set(id, row);
    const { id } = await send(after);
    expect(after.posts[0]?.headers["throughline-delivery"]).toBe(crashed.posts[0]?.headers["throughline-delivery"]);
    expect(await send(after)).toEqual({ id, status: 200 });
    expect(after.posts).toHaveLength(1);
  });

  test("is tried again on 5xx, 429 and broken connections, ever more slowly and as slowly as asked", async () => {
    const broken = new StepError("URL_FAILED", "gone");
    const on = world([{ status: 503 }, { status: 429, retryAfterMs: 30_000 }, broken, { status: 204 }]);
    const told: string[] = [];
    const signal = new AbortController().signal;
    expect(await deliverResults(on, facts(), 0, request, signal, (message) => void told.push(message))).toMatchObject({
      status: 204,
    });
    expect(on.slept).toEqual([1000, 30_000, 4000]);
    expect(told).toMatchObject([
      expect.stringContaining("503"),
      expect.stringContaining("in 30 s"),
      expect.any(String),
    ]);
    expect([...on.rows.values()]).toMatchObject([{ state: "delivered", attempts: 4, status: 204, host: "cms.test" }]);
    expect(new Set(on.posts.map(({ headers }) => headers["throughline-delivery"])).size).toBe(1);
  });

  test("fails after six attempts, and at once where another attempt would be refused again", async () => {
    const down = world([{ status: 500 }]);
    await expect(send(down)).rejects.toMatchObject({ code: "WEBHOOK_REFUSED", details: { status: 500 } });
    expect(down.posts).toHaveLength(6);
    for (const answer of [{ status: 404 }, { status: 302 }, new StepError("SSRF_BLOCKED", "inside")]) {
      const on = world([answer]);
      await expect(send(on)).rejects.toThrow(StepError);
      expect(on.posts).toHaveLength(1);
      expect([...on.rows.values()]).toMatchObject([{ state: "failed" }]);
    }
  });

  test("SF-020 a run that others started three deep sends nothing more", async () => {
    const on = world([ok]);
    await send(on, { depth: 2 });
    expect(on.posts[0]?.headers["throughline-depth"]).toBe("3");
    await expect(send(on, { id: "run_2", depth: 3 })).rejects.toMatchObject({ code: "WEBHOOK_LOOP" });
    expect(on.posts).toHaveLength(1);
  });

  test("a secret signs only for the origin it was entered for", async () => {
    const on = world([ok]);
    await expect(send(on, {}, { secret: "other" })).rejects.toMatchObject({ code: "SECRET_UNKNOWN" });
    for (const url of ["https://evil.test/in", "http://cms.test/in", "https://cms.test:444/in"])
      await expect(send(on, {}, { url })).rejects.toMatchObject({ code: "SECRET_NOT_FOR_HOST" });
    expect(on.posts).toEqual([]);
  });

  test("a cancelled run stops between two attempts", async () => {
    const stop = new AbortController();
    const on = world([{ status: 503 }]);
    on.clock = { ...on.clock, sleep: async () => stop.abort() };
    await expect(send(on, {}, {}, stop.signal)).rejects.toThrow("stopped");
    expect(on.posts).toHaveLength(1);
  });
});
