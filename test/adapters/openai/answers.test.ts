import { afterEach, describe, expect, it } from "vitest";
import {
  B64,
  COST,
  hooks,
  IMAGE_USAGE,
  imageItem,
  judge,
  message,
  oneshot,
  PNG,
  provider,
  rejection,
  response,
  talk,
  turn,
  USAGE,
} from "./wire-samples.ts";
import { json, type WireServer, wireServer } from "./wire-server.ts";

let server: WireServer;
afterEach(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});
const sending = async (body: unknown, request: Parameters<ReturnType<typeof provider>["send"]>[0] = turn()) => {
  server = await wireServer((_seen, res) => json(res, 200, body));
  return await provider(server.url).send(request, hooks());
};
const moderated = {
  code: "moderation_blocked",
  message: "Your request was rejected.",
  type: "image_generation_user_error",
  param: null,
  moderation_details: { moderation_stage: "output", categories: ["violence", "self-harm"] },
};

describe("answers with HTTP 200 that hold no picture", () => {
  it("OA-022 a failed item with moderation details is refused, with stage, categories and cost", async () => {
    const output = [imageItem({ status: "failed", result: null, error: moderated })];
    expect(await rejection(sending(response({ output })))).toMatchObject({
      kind: "refused",
      code: "moderation",
      requestId: "req_1",
      costMicro: COST,
      details: { stage: "output", categories: ["violence", "self-harm"], providerCode: "moderation_blocked" },
    });
  });

  it.each([
    ["words only", [message("I cannot draw.")], "EMPTY_RESULT"],
    ["a null result", [imageItem({ result: null })], "EMPTY_RESULT"],
    ["no items", [], "EMPTY_RESULT"],
    ["a failed item", [imageItem({ status: "failed", result: null })], "image_generation_failed"],
    [
      "a failed item with a code",
      [imageItem({ status: "failed", result: null, error: { code: "image_parse_error", message: "bad" } })],
      "image_parse_error",
    ],
  ])("%s is failed, and charged as usage reports", async (_name, output, code) => {
    expect(await rejection(sending(response({ output })))).toMatchObject({ kind: "failed", code, costMicro: COST });
  });

  it("a refusal in words is refused", async () => {
    const output = [{ type: "message", content: [{ type: "refusal", refusal: "I will not draw this." }] }];
    expect(await rejection(sending(response({ output })))).toMatchObject({
      kind: "refused",
      message: "I will not draw this.",
    });
  });

  it.each([
    [
      "failed",
      { status: "failed", error: { code: "server_error", message: "x" } },
      { kind: "failed", code: "server_error" },
    ],
    ["failed without an error", { status: "failed" }, { kind: "failed", code: "UPSTREAM_ERROR" }],
    [
      "failed by a rate limit",
      { status: "failed", error: { code: "rate_limit_exceeded", message: "x" } },
      { kind: "rate_limit" },
    ],
    [
      "failed by policy",
      { status: "failed", error: { code: "image_content_policy_violation", message: "x" } },
      { kind: "refused", code: "moderation" },
    ],
    ["cancelled", { status: "cancelled" }, { kind: "failed", code: "cancelled" }],
    [
      "incomplete",
      { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
      { kind: "failed", code: "INCOMPLETE" },
    ],
  ])("a response that %s", async (_name, over, expected) => {
    expect(await rejection(sending(response({ output: [], ...over })))).toMatchObject(expected);
  });
});

describe("pictures that are none", () => {
  it.each([
    ["text", Buffer.from("hello, this is not a picture at all").toString("base64")],
    ["nothing", ""],
    ["60 MB", Buffer.concat([PNG, Buffer.alloc(60_000_000)]).toString("base64")],
    ["a GIF", Buffer.from("GIF89a..............................").toString("base64")],
  ])("OA-018 %s", async (_name, result) => {
    expect(await rejection(sending(response({ output: [imageItem({ result })] })))).toMatchObject({
      kind: "failed",
      code: "BAD_UPSTREAM_IMAGE",
      costMicro: COST,
    });
  });

  it("OA-018 webp bytes where png was asked are a picture all the same", async () => {
    const webp = Buffer.from(`RIFF\x20\0\0\0WEBPVP8L${"\0".repeat(24)}`, "latin1");
    const answer = await sending(response({ output: [imageItem({ result: webp.toString("base64") })] }));
    expect(answer.pictures[0]?.bytes.equals(webp)).toBe(true);
  });

  it("a bad one among good ones of the Image API is left out", async () => {
    const answer = await sending({ data: [{ b64_json: "AAAA" }, { b64_json: B64 }] }, oneshot({ n: 2 }));
    expect(answer.pictures).toHaveLength(1);
  });

  it.each([
    ["no data", { data: [] }, "EMPTY_RESULT"],
    ["a url", { data: [{ url: "https://x.example/1.png" }] }, "EMPTY_RESULT"],
    ["not a picture", { data: [{ b64_json: "AAAA" }] }, "BAD_UPSTREAM_IMAGE"],
  ])("the Image API answering with %s is failed", async (_name, body, code) => {
    const usage = { input_tokens: 10, input_tokens_details: { text_tokens: 10 }, output_tokens: 196 };
    expect(await rejection(sending({ ...body, usage }, oneshot()))).toMatchObject({
      kind: "failed",
      code,
      costMicro: 5930,
    });
  });
});

describe("what an answer cost", () => {
  it.each([
    ["no usage", { usage: null }],
    ["no image usage", { tool_usage: null }],
    ["image usage of nothing", { tool_usage: { image_gen: { input_tokens: 0, output_tokens: 0 } } }],
    ["negative usage", { usage: { ...USAGE, output_tokens: -5 } }],
    ["usage in words", { tool_usage: { image_gen: { ...IMAGE_USAGE, output_tokens: "many" } } }],
  ])("BU-003 with %s it is unknown, not zero", async (_name, over) => {
    const answer = await sending(response(over));
    expect(answer.pictures).toHaveLength(1);
    expect(answer.costMicro).toBeUndefined();
  });

  it("keeps the usage as reported", async () => {
    expect((await sending(response())).usage).toEqual({ ...USAGE, image_gen: IMAGE_USAGE });
  });

  it("a turn of words costs its words", async () => {
    expect((await sending(response({ output: [message("hi")], tool_usage: null }), talk())).costMicro).toBe(2520);
  });
});

describe("judgements", () => {
  const judging = (over: Record<string, unknown>) => sending(response({ tool_usage: null, ...over }), judge());

  it("are parsed", async () => {
    expect((await judging({ output: [message('{"sharp":false,"why":"blurred"}')] })).json).toEqual({
      sharp: false,
      why: "blurred",
    });
  });

  it("that are refused say so", async () => {
    const output = [{ type: "message", content: [{ type: "refusal", refusal: "No." }] }];
    expect(await rejection(judging({ output }))).toMatchObject({
      kind: "refused",
      code: "moderation",
      costMicro: 2520,
    });
  });

  it.each([
    ["not JSON", "sharp!", "BAD_UPSTREAM_JSON"],
    ["empty", "", "EMPTY_RESULT"],
  ])("that are %s are failed", async (_name, text, code) => {
    expect(await rejection(judging({ output: [message(text)] }))).toMatchObject({
      kind: "failed",
      code,
      costMicro: 2520,
    });
  });
});
