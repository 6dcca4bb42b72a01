import { afterEach, describe, expect, it } from "vitest";
import { DiskFull } from "#lib/runtime/ports.ts";
import {
  asset,
  B64,
  goodEvents,
  hooks,
  judge,
  KEY,
  message,
  oneshot,
  PNG,
  provider,
  queued,
  response,
  streamed,
  talk,
  turn,
} from "./wire-samples.ts";
import { json, sse, type WireServer, wireServer } from "./wire-server.ts";

let server: WireServer;
afterEach(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});
const drawn = { created: 1, data: [{ b64_json: B64 }], usage: { input_tokens: 9, output_tokens: 196 } };
const answering = async () => {
  server = await wireServer((seen, res) => {
    const body = seen.body as Record<string, unknown> | undefined;
    if (seen.path.includes("/images/")) return json(res, 200, drawn);
    if (body?.stream) return sse(res, goodEvents());
    const words = body && (!body.tools || body.text);
    return json(res, 200, response(words ? { output: [message('{"sharp":true,"why":null}')] } : {}));
  });
  return provider(server.url);
};
/** As much of a body's shape as these tests look into. */
type Body = Record<string, unknown> & {
  tools: Record<string, unknown>[];
  input: { content: unknown }[];
  text: { format: unknown };
  mask: { image_url: string };
};
const sent = (nth = 0) => server.posts()[nth]?.body as Body;

describe("requests of the conversation lane", () => {
  it("sends a turn in the background and stored, with instructions, tool and a forced tool choice", async () => {
    await (await answering()).send(turn(), hooks());
    expect(sent()).toEqual({
      model: "gpt-6.1-terra",
      instructions: "House style: soft light.",
      input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "A trail sneaker" }] }],
      background: true,
      store: true,
      metadata: { call_key: "key/0#1" },
      tools: [
        {
          type: "image_generation",
          model: "gpt-image-2.5-flare",
          action: "generate",
          size: "1024x1024",
          quality: "high",
          background: "auto",
          output_format: "png",
          moderation: "auto",
        },
      ],
      tool_choice: { type: "image_generation" },
      parallel_tool_calls: false,
      max_tool_calls: 1,
    });
    expect(server.posts()[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "x-stainless-retry-count": "0",
    });
    expect(server.posts()[0]?.headers["idempotency-key"]).toBeUndefined();
  });

  it("continues a turn by id and still sends instructions and tools", async () => {
    await (await answering()).send(turn({ previousResponseId: "resp_0" }), hooks());
    expect(sent()).toMatchObject({ previous_response_id: "resp_0", instructions: "House style: soft light." });
    expect(sent().tools).toHaveLength(1);
  });

  it("asks for a stream only when partial pictures are wanted", async () => {
    const openai = await answering();
    await openai.send(streamed(), hooks());
    await openai.send(turn(), hooks());
    expect([sent(0).stream, sent(0).tools[0]?.partial_images, sent(1).stream]).toEqual([true, 2, undefined]);
  });

  it("sends parts in order, pictures byte for byte under their own type, and the mask in the tool", async () => {
    const openai = await answering();
    const parts = [
      { type: "text" as const, text: "Image 1: style" },
      { type: "image" as const, asset: asset("a") },
      { type: "text" as const, text: "now draw" },
    ];
    await openai.send(turn({ parts }, { mask: asset("b"), action: "edit" }), hooks());
    const url = (tail: string) => `data:image/png;base64,${Buffer.concat([PNG, Buffer.from(tail)]).toString("base64")}`;
    expect(sent().input[0]?.content).toEqual([
      { type: "input_text", text: "Image 1: style" },
      { type: "input_image", detail: "auto", image_url: url("aa") },
      { type: "input_text", text: "now draw" },
    ]);
    expect(sent().tools[0]?.input_image_mask).toEqual({ image_url: url("bb") });
  });

  it("sends compression for jpeg and webp and never for png", async () => {
    const openai = await answering();
    await openai.send(turn({}, { format: "webp", compression: 80 }), hooks());
    await openai.send(turn({}, { format: "png", compression: 80 }), hooks());
    expect(sent(0).tools[0]?.output_compression).toBe(80);
    expect(sent(1).tools[0]).not.toHaveProperty("output_compression");
  });

  it("sends a turn of words without tools and gives its text", async () => {
    const openai = await answering();
    const answer = await openai.send(talk(), hooks());
    expect(["tools" in sent(), "tool_choice" in sent(), sent().background, sent().store]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(answer).toMatchObject({ text: '{"sharp":true,"why":null}', pictures: [], responseId: "resp_1" });
  });

  it("says that an asset is missing before anything is sent", async () => {
    const { AssetMissing } = await import("#lib/runtime/ports.ts");
    await answering();
    const openai = provider(server.url, { readAsset: async (name) => Promise.reject(new AssetMissing(name)) });
    const sending = openai.send(turn({ parts: [{ type: "image", asset: asset("a") }] }), hooks());
    await expect(sending).rejects.toMatchObject({ kind: "rejected", code: "ASSET_MISSING" });
    expect(server.seen).toHaveLength(0);
  });

  it("ST-003 says that the asset store cannot be used before anything is sent", async () => {
    await answering();
    const openai = provider(server.url, { readAsset: async () => Promise.reject(new DiskFull("The store is away.")) });
    const sending = openai.send(turn({ parts: [{ type: "image", asset: asset("a") }] }), hooks());
    await expect(sending).rejects.toMatchObject({ kind: "unavailable", code: "DISK_FULL" });
    expect(server.seen).toHaveLength(0);
  });
});

describe("requests of the one-shot lane", () => {
  it("generates with n and never names an id", async () => {
    const mine = hooks();
    const answer = await (await answering()).send(oneshot({ n: 3 }), mine);
    expect(server.posts()[0]?.path).toBe("/v1/images/generations");
    expect(sent()).toEqual({
      model: "gpt-image-2.5-flare",
      prompt: "A trail sneaker",
      n: 3,
      size: "1024x1024",
      quality: "low",
      background: "auto",
      output_format: "png",
      moderation: "auto",
    });
    expect(mine.told.accepted).toEqual([]);
    expect(answer.pictures[0]?.bytes.equals(PNG)).toBe(true);
  });

  it("edits with a JSON body of data URLs", async () => {
    const openai = await answering();
    const request = oneshot({
      op: "edit",
      images: [asset("a"), asset("b")],
      mask: asset("c"),
      moderation: "low",
    });
    await openai.send(request, hooks());
    expect(server.posts()[0]?.path).toBe("/v1/images/edits");
    expect(sent()).not.toHaveProperty("moderation");
    expect(sent().images).toHaveLength(2);
    expect(sent().mask.image_url).toMatch(/^data:image\/png;base64,/);
  });

  it("edits with a form when a picture is too large for a data URL", async () => {
    server = await wireServer((_seen, res) => json(res, 200, drawn));
    const large = Buffer.concat([PNG, Buffer.alloc(15_800_000)]);
    const openai = provider(server.url, { readAsset: async () => ({ bytes: large, mediaType: "image/png" }) });
    await openai.send(oneshot({ op: "edit", images: [asset("a"), asset("b")], mask: asset("c") }), hooks());
    const form = server.posts()[0]?.body as FormData;
    const files = form.getAll("image[]") as File[];
    expect(files.map((file) => [file.type, file.size])).toEqual([
      ["image/png", large.length],
      ["image/png", large.length],
    ]);
    expect((form.get("mask") as File).type).toBe("image/png");
    expect(form.get("prompt")).toBe("A trail sneaker");
    expect(form.has("moderation")).toBe(false);
  });

  it("sends marks as a file of the form, whose field is the one that is documented", async () => {
    const openai = await answering();
    await openai.send(oneshot({ op: "edit", images: [asset("a")], markup: asset("c") }), hooks());
    expect(server.posts()[0]?.path).toBe("/v1/images/edits");
    const form = server.posts()[0]?.body as unknown as FormData;
    expect((form.get("image") as File).type).toBe("image/png");
    expect((form.get("markup") as File).type).toBe("image/png");
    expect(form.has("mask")).toBe(false);
  });

  it("streams partial pictures for a single picture only", async () => {
    server = await wireServer((seen, res) => {
      if (!(seen.body as { stream?: boolean }).stream) return json(res, 200, drawn);
      return sse(res, [
        { type: "image_generation.partial_image", partial_image_index: 0, b64_json: B64 },
        {
          type: "image_generation.completed",
          b64_json: B64,
          size: "1024x1024",
          usage: { input_tokens: 9, output_tokens: 296 },
        },
      ]);
    });
    const mine = hooks();
    const openai = provider(server.url);
    const answer = await openai.send(oneshot({ partials: 2 }), mine);
    await openai.send(oneshot({ partials: 2, n: 2 }), hooks());
    expect(mine.told.partials).toEqual([0]);
    expect(answer.pictures[0]?.given).toEqual({ size: "1024x1024" });
    expect(answer.costMicro).toBe(9 * 8 + 296 * 30);
    expect(sent(1)).not.toHaveProperty("stream");
  });
});

describe("requests of the judge lane", () => {
  it("stores nothing, waits in the foreground and sends a strict schema", async () => {
    const mine = hooks();
    const answer = await (await answering()).send(judge(), mine);
    expect([sent().store, "background" in sent(), sent().reasoning]).toEqual([false, false, { effort: "low" }]);
    expect(sent().text.format).toEqual({
      type: "json_schema",
      name: "verdict",
      strict: true,
      schema: {
        type: "object",
        properties: { sharp: { type: "boolean" }, why: { anyOf: [{ type: "string" }, { type: "null" }] } },
        required: ["sharp", "why"],
        additionalProperties: false,
      },
    });
    expect(answer.json).toEqual({ sharp: true });
    expect(answer.costMicro).toBe(2000 + 20 + 500);
    expect(mine.told.accepted).toEqual([]);
  });
});

describe("connections", () => {
  it("keeps 64 requests in flight at once", async () => {
    const waiting: (() => void)[] = [];
    server = await wireServer((_seen, res) => {
      waiting.push(() => json(res, 200, response()));
      if (waiting.length === 64) for (const answer of waiting) answer();
    });
    const openai = provider(server.url);
    const answers = await Promise.all(Array.from({ length: 64 }, () => openai.send(turn(), hooks())));
    expect(answers).toHaveLength(64);
  });

  it("tells what the rate headers say", async () => {
    const heard: unknown[] = [];
    server = await wireServer((_seen, res) =>
      json(res, 200, queued({ status: "completed", output: [message("hi")] }), {
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-reset-requests": "120ms",
        "x-ratelimit-limit-images": "oops",
      }),
    );
    await provider(server.url, { onRate: (info) => heard.push(info) }).send(talk(), hooks());
    expect(heard).toEqual([
      { endpoint: "responses", status: 200, requests: { limit: 500, remaining: 499, resetMs: 120 } },
    ]);
  });
});
