import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { hooks, KEY, oneshot, provider, rejection, streamed, turn } from "./wire-samples.ts";
import { apiError, json, type Reply, type WireServer, wireServer } from "./wire-server.ts";

let server: WireServer | undefined;
afterEach(async () => {
  expect(server?.faults ?? []).toEqual([]);
  await server?.close();
  server = undefined;
});

async function failing(
  reply: Reply,
  over: Parameters<typeof provider>[1] = {},
  request = turn() as Parameters<ReturnType<typeof provider>["send"]>[0],
) {
  server = await wireServer(reply);
  return await rejection(provider(server.url, over).send(request, hooks()));
}
const status =
  (code: number, body: unknown, headers?: Record<string, string>): Reply =>
  (_seen, res) =>
    json(res, code, body, headers);

describe("the contract's table of answers to a create call", () => {
  it.each([
    [
      "OA-002 429 with Retry-After in seconds",
      429,
      apiError("rate_limit_exceeded"),
      { "retry-after": "90" },
      { kind: "rate_limit", code: "rate_limit_exceeded", retryAfterMs: 90_000 },
    ],
    [
      "429 with retry-after-ms",
      429,
      apiError("rate_limit_exceeded"),
      { "retry-after-ms": "250", "retry-after": "9" },
      { kind: "rate_limit", retryAfterMs: 250 },
    ],
    [
      "429 without Retry-After",
      429,
      apiError("rate_limit_exceeded"),
      {},
      { kind: "rate_limit", retryAfterMs: undefined },
    ],
    ["OA-004 429 slow_down", 429, apiError("slow_down"), {}, { kind: "rate_limit", code: "slow_down" }],
    [
      "OA-003 429 insufficient_quota",
      429,
      apiError("insufficient_quota", { type: "insufficient_quota" }),
      {},
      { kind: "quota", code: "insufficient_quota" },
    ],
    [
      "OA-003 429 of type insufficient_quota with another code",
      429,
      apiError("some_new_limit", { type: "insufficient_quota" }),
      {},
      { kind: "quota" },
    ],
    ["OA-003 429 credit_balance_exhausted", 429, apiError("credit_balance_exhausted"), {}, { kind: "quota" }],
    [
      "OA-003 429 organization_spend_limit_exceeded",
      429,
      apiError("organization_spend_limit_exceeded"),
      {},
      { kind: "quota" },
    ],
    ["OA-003 429 project_spend_limit_exceeded", 429, apiError("project_spend_limit_exceeded"), {}, { kind: "quota" }],
    [
      "OA-003 429 organization_usage_limit_exceeded",
      429,
      apiError("organization_usage_limit_exceeded"),
      {},
      { kind: "quota" },
    ],
    ["OA-003 400 billing_hard_limit_reached", 400, apiError("billing_hard_limit_reached"), {}, { kind: "quota" }],
    ["402", 402, apiError(null), {}, { kind: "quota" }],
    [
      "400 moderation_blocked",
      400,
      apiError("moderation_blocked", {
        type: "image_generation_user_error",
        moderation_details: { moderation_stage: "input", categories: ["harassment"] },
      }),
      {},
      {
        kind: "refused",
        code: "moderation",
        details: { stage: "input", categories: ["harassment"], providerCode: "moderation_blocked" },
      },
    ],
    [
      "400 content_policy_violation",
      400,
      apiError("content_policy_violation"),
      {},
      { kind: "refused", code: "moderation" },
    ],
    [
      "400 unknown_parameter",
      400,
      apiError("unknown_parameter", { param: "tools[0].n" }),
      {},
      { kind: "rejected", code: "unknown_parameter", details: { param: "tools[0].n", status: 400 } },
    ],
    ["OA-017 400 image_too_large", 400, apiError("image_too_large"), {}, { kind: "rejected", code: "image_too_large" }],
    ["OA-016 401 invalid key", 401, apiError("invalid_api_key"), {}, { kind: "rejected", code: "invalid_api_key" }],
    [
      "OA-016 403 not verified",
      403,
      apiError(null, { type: "permission_error" }),
      {},
      { kind: "rejected", code: "permission_error" },
    ],
    [
      "OA-014 400 previous_response_not_found",
      400,
      apiError("previous_response_not_found", { param: "previous_response_id" }),
      {},
      { kind: "rejected", code: "previous_response_not_found" },
    ],
    [
      "OA-014 404 previous_response_not_found",
      404,
      apiError("previous_response_not_found", { param: "previous_response_id" }),
      {},
      { kind: "rejected", code: "previous_response_not_found" },
    ],
    [
      "OA-014 404 of a previous response without a code",
      404,
      apiError(null, { param: "previous_response_id", message: "Previous response with id 'resp_0' not found." }),
      {},
      { kind: "rejected", code: "previous_response_not_found" },
    ],
    ["409", 409, apiError("conflict"), {}, { kind: "rejected", code: "conflict" }],
    ["422 without a body of ours", 422, {}, {}, { kind: "rejected", code: "http_422" }],
    [
      "OA-004 503 server_is_overloaded",
      503,
      apiError("server_is_overloaded"),
      { "retry-after": "2" },
      { kind: "unavailable", code: "server_is_overloaded", retryAfterMs: 2000 },
    ],
    ["OA-005 500", 500, apiError("server_error"), {}, { kind: "uncertain", code: "server_error" }],
    ["502", 502, apiError(null, { type: null }), {}, { kind: "uncertain", code: "http_502" }],
    ["504", 504, {}, {}, { kind: "uncertain" }],
    ["408", 408, apiError(null), {}, { kind: "uncertain" }],
  ] as [string, number, unknown, Record<string, string>, Record<string, unknown>][])(
    "%s",
    async (_name, code, body, headers, expected) => {
      const error = await failing(status(code, body, headers));
      expect(error).toMatchObject({ name: "ProviderError", requestId: "req_1", ...expected });
      expect(server?.posts()).toHaveLength(1);
    },
  );

  it("OA-002 Retry-After as an HTTP date counts from the wall clock", async () => {
    const { systemClock } = await import("#lib/runtime/system-clock.ts");
    const now = Date.parse("2026-11-20T10:00:00Z");
    const headers = { "retry-after": "Fri, 20 Nov 2026 10:01:30 GMT" };
    const error = await failing(status(429, apiError("rate_limit_exceeded"), headers), {
      clock: { ...systemClock, now: () => now },
    });
    expect(error.retryAfterMs).toBe(90_000);
  });

  it("OA-021 a model that is gone comes with a suggestion", async () => {
    const body = apiError("model_not_found", { message: "The model 'gpt-image-1.5' does not exist." });
    const error = await failing(status(404, body), {}, oneshot({ imageModel: "gpt-image-1.5" }));
    expect(error).toMatchObject({
      kind: "rejected",
      code: "model_not_found",
      details: { suggestion: "gpt-image-2.5-flare" },
    });
    expect(error.message).toContain("Use gpt-image-2.5-flare instead.");
  });
});

describe("connections that fail", () => {
  const closedPort = async () => {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    return port;
  };

  it("OA-020 a refused connection was not accepted", async () => {
    const openai = provider(`http://127.0.0.1:${await closedPort()}/v1`);
    expect(await rejection(openai.send(turn(), hooks()))).toMatchObject({ kind: "unavailable", code: "ECONNREFUSED" });
  });

  it("OA-020 a name that does not resolve was not accepted", async () => {
    const error = await rejection(provider("http://no-such-host.invalid/v1").send(turn(), hooks()));
    expect(error.kind).toBe("unavailable");
    expect(["ENOTFOUND", "EAI_AGAIN"]).toContain(error.code);
  });

  it.each([
    ["certificate has expired", { code: "CERT_HAS_EXPIRED" }, "unavailable"],
    ["a self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "unavailable"],
    ["a connect timeout", { code: "UND_ERR_CONNECT_TIMEOUT" }, "unavailable"],
    ["every address refused", { errors: [{ code: "ECONNREFUSED" }, { code: "ENETUNREACH" }] }, "unavailable"],
    ["a reset before a byte was written", { code: "UND_ERR_SOCKET", socket: { bytesWritten: 0 } }, "unavailable"],
    ["a reset after bytes were written", { code: "ECONNRESET", socket: { bytesWritten: 900 } }, "uncertain"],
    ["a reset nobody can date", { code: "ECONNRESET" }, "uncertain"],
    ["one address refused, another reset", { errors: [{ code: "ECONNREFUSED" }, { code: "ECONNRESET" }] }, "uncertain"],
  ])("OA-020 %s", async (_name, cause, kind) => {
    const fetch = async () => {
      throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("it timed out"), cause) });
    };
    const openai = provider("http://127.0.0.1:9/v1", { fetch: fetch as never });
    expect(await rejection(openai.send(turn(), hooks()))).toMatchObject({ kind });
  });

  it("OA-006 a reset after the request was read is uncertain, and sent once", async () => {
    const error = await failing((_seen, res) => void res.socket?.resetAndDestroy());
    expect(error.kind).toBe("uncertain");
    expect(server?.seen).toHaveLength(1);
  });

  it("a server that never answers is uncertain when the time is over", async () => {
    const error = await failing(() => {}, { timeoutMs: 100 });
    expect(error).toMatchObject({ kind: "uncertain", code: "TIMEOUT" });
  });

  it("our own stop is told apart", async () => {
    server = await wireServer(() => mine.stop.abort());
    const mine = hooks();
    expect(await rejection(provider(server.url).send(turn(), mine))).toMatchObject({ kind: "aborted" });
  });
});

describe("answers of another protocol", () => {
  const html: Reply = (_seen, res) =>
    void res.writeHead(200, { "content-type": "text/html" }).end("<html>Log in</html>");
  const empty: Reply = (_seen, res) => void res.writeHead(200, { "content-type": "application/json" }).end();
  const nothing: Reply = (_seen, res) => void res.writeHead(204).end();
  const elsewhere: Reply = (_seen, res) => void res.writeHead(302, { location: "https://portal.example/" }).end();
  const foreign: Reply = (_seen, res) => json(res, 200, { ok: true });
  for (const [lane, request] of [
    ["plain", turn()],
    ["streamed", streamed()],
    ["one-shot", oneshot()],
  ] as const)
    it.each([
      ["HTML", html],
      ["an empty body", empty],
      ["204", nothing],
      ["a redirect", elsewhere],
      ["other JSON", foreign],
    ])(`OA-011 ${lane}: 200 with %s names the base URL`, async (_name, reply) => {
      const error = await failing(reply, {}, request);
      expect(error).toMatchObject({ kind: "protocol", code: "UPSTREAM_PROTOCOL" });
      expect(error.message).toContain(server?.url);
      expect(server?.seen).toHaveLength(1);
    });
});

describe("messages", () => {
  it("SC-004 hold no keys, no authorization and no data URLs, and stay short", async () => {
    const message = `Incorrect API key provided: ${KEY}. Authorization: Bearer abc.def-123 cookie: sid=42; image data:image/png;base64,${"A".repeat(900)} ${"word ".repeat(300)}`;
    const error = await failing(status(401, apiError("invalid_api_key", { message })));
    expect(error.message).not.toMatch(/canary|abc\.def|sid=42|AAAA/);
    expect(error.message).toContain("Incorrect API key provided: [key]");
    expect(error.message.length).toBeLessThanOrEqual(500);
  });

  it("SC-004 nothing enumerable of an error holds the key", async () => {
    const error = await failing(status(500, apiError("server_error", { message: `Bearer ${KEY}` })));
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain("canary");
  });

  it("refuses a base URL that holds a password", () => {
    expect(() => provider("http://me:secret@127.0.0.1/v1")).toThrow(/user name or password/);
  });
});
