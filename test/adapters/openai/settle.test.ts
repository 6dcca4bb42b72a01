import { afterEach, describe, expect, it } from "vitest";
import { createPollRhythm } from "#lib/adapters/openai/poll-rhythm.ts";
import { COST, hooks, judge, PNG, provider, queued, rejection, response, turn } from "./wire-samples.ts";
import { apiError, json, type Reply, type WireServer, wireServer } from "./wire-server.ts";

let server: WireServer;
afterEach(async () => {
  expect(server?.faults ?? []).toEqual([]);
  await server?.close();
});

/** Answers the create call with `queued` and the reads with these, the last one again and again. */
async function polled(reads: Reply[], over: Parameters<typeof provider>[1] = {}) {
  let read = 0;
  server = await wireServer((seen, res, nth) => {
    if (seen.method === "POST") return json(res, 200, queued());
    const reply = reads[Math.min(read, reads.length - 1)]!;
    read += 1;
    return reply(seen, res, nth);
  });
  const mine = hooks();
  return { mine, openai: provider(server.url, over) };
}
const ok: Reply = (_seen, res) => json(res, 200, response());
const busy: Reply = (_seen, res) => json(res, 200, queued({ status: "in_progress" }));

describe("a response that is polled", () => {
  it("is named first, then read until it is settled", async () => {
    const { openai, mine } = await polled([busy, busy, ok]);
    const answer = await openai.send(turn(), mine);
    expect(answer).toMatchObject({ responseId: "resp_1", costMicro: COST });
    expect(mine.told.accepted).toEqual([{ responseId: "resp_1", requestId: "req_1" }]);
    expect([server.posts().length, server.gets().length]).toEqual([1, 3]);
  });

  it("is asked for ever more slowly while nothing is known, between 25 ms and 2 s", () => {
    const rhythm = createPollRhythm();
    expect([0, 1000, 10_000, 60_000].map(rhythm.delay)).toEqual([25, 80, 800, 2000]);
  });

  it("is left alone until the quickest of the last ones would be done, then looked at closely", () => {
    const rhythm = createPollRhythm();
    for (const took of [20_000, 300, 400]) rhythm.settled(took);
    expect(rhythm.delay(0)).toBe(285);
    expect([290, 310, 440].map(rhythm.delay)).toEqual([10, 10, 10]);
    expect(rhythm.delay(1000)).toBe(80);
    for (let count = 0; count < 8; count += 1) rhythm.settled(20_000);
    expect([0, 18_500, 19_500, 31_000].map(rhythm.delay)).toEqual([2000, 500, 600, 2000]);
  });

  it("is read again after errors that say nothing about it", async () => {
    const { openai, mine } = await polled([
      (_seen, res) => json(res, 500, apiError("server_error")),
      (_seen, res) => void res.socket?.resetAndDestroy(),
      (_seen, res) => json(res, 429, apiError("rate_limit_exceeded"), { "retry-after-ms": "30" }),
      (_seen, res) => void res.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      (_seen, res) => void res.writeHead(200, { "content-type": "application/json" }).end('{"id":"resp_1","stat'),
      ok,
    ]);
    expect((await openai.send(turn(), mine)).pictures).toHaveLength(1);
    expect([server.posts().length, server.gets().length]).toEqual([1, 6]);
  });

  it("is read again when a read falls silent", async () => {
    const { openai, mine } = await polled([() => {}, ok], { idleTimeoutMs: 100 });
    expect((await openai.send(turn(), mine)).pictures).toHaveLength(1);
  });

  it("OA-025 that is not there any more is gone", async () => {
    const { openai, mine } = await polled([(_seen, res) => json(res, 404, apiError(null))]);
    expect(await rejection(openai.send(turn(), mine))).toMatchObject({ kind: "gone", requestId: "req_1" });
  });

  it("that may not be read is uncertain, not failed", async () => {
    const { openai, mine } = await polled([(_seen, res) => json(res, 401, apiError("invalid_api_key"))]);
    expect(await rejection(openai.send(turn(), mine))).toMatchObject({ kind: "uncertain", code: "invalid_api_key" });
  });

  it("is named even when the create answer was cut after its id", async () => {
    server = await wireServer((seen, res) => {
      if (seen.method === "GET") return json(res, 200, response());
      res.writeHead(200, { "content-type": "application/json", "x-request-id": "req_1", "content-length": "5000" });
      res.write('{"id":"resp_1","object":"response","status":"que');
      setTimeout(() => res.socket?.resetAndDestroy(), 20);
    });
    const mine = hooks();
    expect((await provider(server.url).send(turn(), mine)).pictures).toHaveLength(1);
    expect(mine.told.accepted).toEqual([{ responseId: "resp_1", requestId: "req_1" }]);
    expect(server.posts()).toHaveLength(1);
  });

  it("whose create answer was cut before its id is uncertain", async () => {
    server = await wireServer(
      (_seen, res) => void res.writeHead(200, { "content-type": "application/json" }).end('{"obj'),
    );
    expect(await rejection(provider(server.url).send(turn(), hooks()))).toMatchObject({
      kind: "uncertain",
      code: "TRUNCATED",
    });
  });
});

describe("a response that outlasts its time", () => {
  const cancelling = async (afterCancel: unknown, status = 200) => {
    server = await wireServer((seen, res) => {
      if (seen.path.endsWith("/cancel")) return json(res, status, afterCancel);
      if (seen.method === "GET" && server.cancels().length > 0) return json(res, 200, response());
      return json(res, 200, queued());
    });
    return provider(server.url, { timeoutMs: 200 }).send(turn(), hooks());
  };

  it("is cancelled and failed, with the cost the provider reports", async () => {
    const cancelled = response({ status: "cancelled", output: [], tool_usage: null });
    expect(await rejection(cancelling(cancelled))).toMatchObject({ kind: "failed", code: "TIMEOUT", costMicro: 2520 });
  });

  it("is taken all the same when it was completed by then", async () => {
    expect((await cancelling(response())).pictures).toHaveLength(1);
  });

  it("is asked for once more when the cancel is refused", async () => {
    expect((await cancelling(apiError("already_completed"), 400)).pictures).toHaveLength(1);
  });
});

describe("fetching and cancelling by id", () => {
  it("fetch reads at once and creates nothing", async () => {
    const { openai, mine } = await polled([busy, ok]);
    const answer = await openai.fetch("resp_1", turn(), mine);
    expect(answer.pictures[0]?.bytes.equals(PNG)).toBe(true);
    expect([server.posts().length, server.gets().length]).toEqual([0, 2]);
    expect(mine.told.accepted).toEqual([]);
  });

  it("fetch stops when we do", async () => {
    const { openai, mine } = await polled([busy]);
    const fetching = openai.fetch("resp_1", turn(), mine);
    mine.stop.abort();
    expect(await rejection(fetching)).toMatchObject({ kind: "aborted" });
  });

  it("cancel gives nothing when the response was cancelled", async () => {
    server = await wireServer((_seen, res) => json(res, 200, queued({ status: "cancelled" })));
    expect(await provider(server.url).cancel("resp_1", turn())).toBeUndefined();
    expect(server.cancels()[0]?.path).toBe("/v1/responses/resp_1/cancel");
  });

  it("cancel gives the answer when the response had completed", async () => {
    server = await wireServer((_seen, res) => json(res, 200, response()));
    expect((await provider(server.url).cancel("resp_1", turn()))?.pictures).toHaveLength(1);
  });

  it("cancel waits for a response that is still stopping", async () => {
    server = await wireServer((seen, res) =>
      json(res, 200, queued({ status: seen.method === "POST" ? "in_progress" : "cancelled" })),
    );
    expect(await provider(server.url).cancel("resp_1", turn())).toBeUndefined();
    expect(server.gets()).toHaveLength(1);
  });

  it("lanes without ids have nothing to fetch", async () => {
    server = await wireServer(() => {});
    expect(await rejection(provider(server.url).fetch("resp_1", judge(), hooks()))).toMatchObject({ kind: "gone" });
  });
});
