import { afterEach, describe, expect, it } from "vitest";
import {
  B64,
  COST,
  goodEvents,
  hooks,
  imageItem,
  message,
  PNG,
  partialEvent,
  provider,
  queued,
  rejection,
  response,
  streamed,
} from "./wire-samples.ts";
import { apiError, json, type Reply, sse, type WireServer, wireServer } from "./wire-server.ts";

let server: WireServer;
afterEach(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});
const created = { type: "response.created", response: queued({ status: "in_progress" }) };

/** Streams what it is told to the create call; reads by id find the finished response. */
async function streaming(reply: Reply, over: Parameters<typeof provider>[1] = {}, stored: unknown = response()) {
  server = await wireServer((seen, res, nth) =>
    seen.method === "GET" ? json(res, 200, stored) : reply(seen, res, nth),
  );
  const mine = hooks();
  return { mine, answer: provider(server.url, over).send(streamed(), mine) };
}

describe("a stream that ends well", () => {
  it("hands over the id, then the partial pictures, then the answer", async () => {
    const { answer, mine } = await streaming((_seen, res) => sse(res, goodEvents()));
    expect(await answer).toMatchObject({
      responseId: "resp_1",
      requestId: "req_1",
      model: "gpt-6.1-terra-2026-10-26",
      costMicro: COST,
    });
    const [picture] = (await answer).pictures;
    expect(picture).toMatchObject({
      callId: "ig_1",
      revisedPrompt: "A trail sneaker on a rock",
      given: { size: "1024x1024", quality: "high" },
    });
    expect(picture?.bytes.equals(PNG)).toBe(true);
    expect(mine.told).toEqual({ accepted: [{ responseId: "resp_1", requestId: "req_1" }], partials: [0, 1] });
    expect(server.gets()).toHaveLength(0);
  });

  it("reads no further before the id is kept", async () => {
    const order: string[] = [];
    server = await wireServer((_seen, res) => sse(res, goodEvents()));
    const mine = hooks({
      accepted: async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        order.push("kept");
      },
      partial: () => void order.push("partial"),
    });
    await provider(server.url).send(streamed(), mine);
    expect(order).toEqual(["kept", "partial", "partial"]);
  });

  it("passes on untouched what keeping the id failed with", async () => {
    server = await wireServer((_seen, res) => sse(res, goodEvents()));
    const fenced = new Error("fenced");
    const mine = hooks({ accepted: () => Promise.reject(fenced) });
    await expect(provider(server.url).send(streamed(), mine)).rejects.toBe(fenced);
  });

  it("takes events without names, with comments, in small pieces", async () => {
    const { answer } = await streaming(async (_seen, res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      const text = goodEvents()
        .map(
          (event) =>
            `: keep-alive\r\n${event.type.endsWith("d") ? "event: message\r\n" : ""}data: ${JSON.stringify(event)}\r\n\r\n`,
        )
        .join("");
      for (let at = 0; at < text.length; at += 97) {
        res.write(text.slice(at, at + 97));
        await new Promise((resolve) => setImmediate(resolve));
      }
      res.end("data: [DONE]\n\n");
    });
    expect((await answer).pictures).toHaveLength(1);
  });

  it("finds the picture among other items and gives every picture in order", async () => {
    const second = Buffer.concat([PNG, Buffer.from([1])]);
    const output = [
      message("Here it is"),
      imageItem(),
      imageItem({ id: "ig_2", result: second.toString("base64") }),
      message("Done"),
    ];
    const { answer } = await streaming((_seen, res) =>
      sse(res, [created, { type: "response.completed", response: response({ output }) }]),
    );
    expect((await answer).pictures.map((picture) => picture.callId)).toEqual(["ig_1", "ig_2"]);
    expect((await answer).text).toBe("Here it is\nDone");
  });

  it("takes the items sent before a terminal event that came without any", async () => {
    const events = goodEvents().with(-1, { type: "response.completed", response: response({ output: [] }) } as never);
    const { answer } = await streaming((_seen, res) => sse(res, events));
    expect((await answer).pictures[0]?.callId).toBe("ig_1");
  });

  it("needs no partial pictures and survives broken ones", async () => {
    const bad = { ...partialEvent(0), partial_image_b64: "bm90IGEgcGljdHVyZQ==" };
    const { answer, mine } = await streaming((_seen, res) =>
      sse(res, [created, bad, { type: "response.completed", response: response() }]),
    );
    expect((await answer).pictures).toHaveLength(1);
    expect(mine.told.partials).toEqual([]);
  });

  it("takes plain JSON from a server that does not stream", async () => {
    const { answer, mine } = await streaming((_seen, res) => json(res, 200, response()));
    expect((await answer).pictures).toHaveLength(1);
    expect(mine.told.accepted).toHaveLength(1);
  });

  it("reads a picture of 20 MB sent twice", async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(20_000_000, 7)]).toString("base64");
    const done = { type: "response.output_item.done", output_index: 0, item: imageItem({ result: large }) };
    const output = [imageItem({ result: large })];
    const { answer } = await streaming((_seen, res) =>
      sse(res, [created, done, { type: "response.completed", response: response({ output }) }]),
    );
    expect((await answer).pictures[0]?.bytes.length).toBe(PNG.length + 20_000_000);
  });
});

describe("a stream that breaks after the id: the response is fetched, nothing is sent again", () => {
  it.each([
    ["OA-008 ends cleanly before the terminal event", [created, partialEvent(0)], "end"],
    ["OA-006 is reset", [created, partialEvent(0)], "reset"],
    [
      "OA-010 is cut in the middle of an event",
      [created, `event: response.completed\ndata: {"type":"response.comp`],
      "end",
    ],
    [
      "OA-010 is reset in the middle of an event",
      [created, `event: response.completed\ndata: {"type":"response.comp`],
      "reset",
    ],
    ["OA-010 brings a malformed event", [created, "event: response.completed\ndata: {nonsense\n\n"], "end"],
    [
      "OA-010 brings a flat error event",
      [created, { type: "error", code: "server_error", message: "oh", param: null }],
      "end",
    ],
    [
      "OA-010 brings a nested error event",
      [created, { type: "error", error: { code: "server_error", message: "oh" } }],
      "end",
    ],
    ["ends after the picture but before the terminal event", goodEvents().slice(0, -1), "end"],
  ] as [string, Parameters<typeof sse>[1], "end" | "reset"][])("%s", async (_name, events, then) => {
    const { answer, mine } = await streaming((_seen, res) => sse(res, events, then));
    expect((await answer).pictures[0]?.bytes.equals(PNG)).toBe(true);
    expect(mine.told.accepted).toEqual([{ responseId: "resp_1", requestId: "req_1" }]);
    expect([server.posts().length, server.gets().length]).toEqual([1, 1]);
    expect(server.gets()[0]?.path).toBe("/v1/responses/resp_1");
  });

  it("OA-009 falls silent", async () => {
    const { answer } = await streaming((_seen, res) => sse(res, [created, partialEvent(0)], "silence"), {
      idleTimeoutMs: 150,
    });
    expect((await answer).pictures).toHaveLength(1);
    expect([server.posts().length, server.gets().length]).toEqual([1, 1]);
  });

  it("is stopped by us: aborted, and nothing more is asked", async () => {
    server = await wireServer((_seen, res) => sse(res, [created], "silence"));
    const mine = hooks({ accepted: async () => void setTimeout(() => mine.stop.abort(), 20) });
    expect(await rejection(provider(server.url).send(streamed(), mine))).toMatchObject({ kind: "aborted" });
    expect(server.seen).toHaveLength(1);
  });

  it("outlasts its time: cancelled at the provider, and failed as such", async () => {
    server = await wireServer((seen, res) =>
      seen.path.endsWith("/cancel") ? json(res, 200, queued({ status: "cancelled" })) : sse(res, [created], "silence"),
    );
    const error = await rejection(provider(server.url, { timeoutMs: 150 }).send(streamed(), hooks()));
    expect(error).toMatchObject({ kind: "failed", code: "TIMEOUT" });
    expect(server.cancels()).toHaveLength(1);
  });
});

describe("a stream that breaks before the id", () => {
  it.each([
    ["cleanly", [], "end"],
    ["by a reset", [": hello\n\n"], "reset"],
    ["with an error event that does not say why", [{ type: "error", code: "server_error", message: "oh" }], "end"],
  ] as [string, Parameters<typeof sse>[1], "end" | "reset"][])("%s is uncertain", async (_name, events, then) => {
    const { answer } = await streaming((_seen, res) => sse(res, events, then));
    expect(await rejection(answer)).toMatchObject({ kind: "uncertain", requestId: "req_1" });
    expect(server.seen).toHaveLength(1);
  });

  it("in silence is uncertain", async () => {
    const { answer } = await streaming((_seen, res) => sse(res, [": hello\n\n"], "silence"), { idleTimeoutMs: 100 });
    expect(await rejection(answer)).toMatchObject({ kind: "uncertain", code: "TIMEOUT" });
  });

  it.each([
    ["rate_limit_exceeded", "rate_limit"],
    ["insufficient_quota", "quota"],
    ["moderation_blocked", "refused"],
  ])("with the error event %s says so", async (code, kind) => {
    const { answer } = await streaming((_seen, res) => sse(res, [{ type: "error", ...apiError(code) }]));
    expect(await rejection(answer)).toMatchObject({ kind });
  });
});

describe("a stream that ends in failure", () => {
  it("OA-010 response.failed is failed with the provider's code and cost", async () => {
    const failed = response({
      status: "failed",
      output: [],
      tool_usage: null,
      error: { code: "server_error", message: "Try later" },
    });
    const { answer } = await streaming((_seen, res) =>
      sse(res, [created, { type: "response.failed", response: failed }]),
    );
    expect(await rejection(answer)).toMatchObject({
      kind: "failed",
      code: "server_error",
      costMicro: 2520,
      message: "Try later",
    });
    expect(server.gets()).toHaveLength(0);
  });

  it("response.incomplete by the content filter is refused", async () => {
    const stopped = response({ status: "incomplete", output: [], incomplete_details: { reason: "content_filter" } });
    const { answer } = await streaming((_seen, res) =>
      sse(res, [created, { type: "response.incomplete", response: stopped }]),
    );
    expect(await rejection(answer)).toMatchObject({ kind: "refused", code: "moderation" });
  });

  it("a picture drawn before an incomplete end is kept", async () => {
    const stopped = response({ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } });
    const { answer } = await streaming((_seen, res) =>
      sse(res, [created, { type: "response.incomplete", response: stopped }]),
    );
    expect((await answer).pictures[0]?.bytes.toString("base64")).toBe(B64);
  });
});
