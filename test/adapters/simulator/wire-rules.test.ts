import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawing, simulated } from "./sdk.ts";

const NOW = Date.parse("2026-11-20");
const schema = (extra: object = {}) => ({
  type: "object",
  properties: { a: { type: "string" } },
  required: ["a"],
  additionalProperties: false,
  ...extra,
});
const format = (more: object = {}) => ({
  text: { format: { type: "json_schema", name: "verdict", strict: true, schema: schema(), ...more } },
});
const judgement = (more: object = {}) => ({ model: "gpt-6.1-terra", input: "?", store: false, ...format(), ...more });
const words = (more: object = {}) => ({ model: "gpt-6.1-terra", input: "?", ...more });
const image = (url: string) =>
  drawing([
    {
      role: "user",
      content: [
        { type: "input_text", text: "?" },
        { type: "input_image", detail: "auto", image_url: url },
      ],
    },
  ]);
const generation = (more: object = {}) => ({ model: "gpt-image-2.5-flare", prompt: "A lamp", ...more });

type Rule = [name: string, body: object, status: number, param: string | null, code?: string];

const RESPONSES: Rule[] = [
  ["an unknown top-level key", drawing("x", { seed: 1 }), 400, "seed", "unknown_parameter"],
  ["an unknown tool key", drawing("x", {}, { n: 2 }), 400, "tools[0].n", "unknown_parameter"],
  ["markup inside the tool", drawing("x", {}, { markup: {} }), 400, "tools[0].markup", "unknown_parameter"],
  [
    "an unknown key in a part",
    drawing([{ role: "user", content: [{ type: "input_text", text: "x", alt: "y" } as never] }]),
    400,
    "input[0].content[0].alt",
    "unknown_parameter",
  ],
  ["no model", { input: "x" }, 400, "model", "missing_required_parameter"],
  ["no input", { model: "gpt-6.1-terra" }, 400, "input", "missing_required_parameter"],
  ["an image model as the outer model", words({ model: "gpt-image-2.5-flare" }), 400, "model"],
  ["a text model in the tool", drawing("x", {}, { model: "gpt-6.1-terra" }), 400, "tools[0].model"],
  ["a retired image model", drawing("x", {}, { model: "gpt-image-1" }), 404, "model", "model_not_found"],
  ["an unknown text model", words({ model: "gpt-99" }), 404, "model", "model_not_found"],
  ["a size off the grid", drawing("x", {}, { size: "1000x1000" }), 400, "tools[0].size"],
  ["a size too long", drawing("x", {}, { size: "4096x1024" }), 400, "tools[0].size"],
  ["a size too narrow", drawing("x", {}, { size: "3840x1024" }), 400, "tools[0].size"],
  ["a size too small", drawing("x", {}, { size: "512x512" }), 400, "tools[0].size"],
  ["a size too large", drawing("x", {}, { size: "3840x3840" }), 400, "tools[0].size"],
  ["a free size on an old model", drawing("x", {}, { model: "gpt-image-1.5", size: "1536x864" }), 400, "tools[0].size"],
  ["an unknown quality", drawing("x", {}, { quality: "hd" }), 400, "tools[0].quality", "invalid_value"],
  ["xhigh on gpt-image-2", drawing("x", {}, { model: "gpt-image-2", quality: "xhigh" }), 400, "tools[0].quality"],
  [
    "a transparent jpeg",
    drawing("x", {}, { background: "transparent", output_format: "jpeg" }),
    400,
    "tools[0].background",
  ],
  ["compression of a png", drawing("x", {}, { output_compression: 80 }), 400, "tools[0].output_compression"],
  [
    "compression above 100",
    drawing("x", {}, { output_compression: 101, output_format: "jpeg" }),
    400,
    "tools[0].output_compression",
  ],
  ["partial pictures without a stream", drawing("x", {}, { partial_images: 1 }), 400, "tools[0].partial_images"],
  ["four partial pictures", drawing("x", { stream: true }, { partial_images: 4 }), 400, "tools[0].partial_images"],
  ["input_fidelity on 2.5", drawing("x", {}, { input_fidelity: "high" }), 400, "tools", "invalid_input_fidelity_model"],
  [
    "input_fidelity null on 2",
    drawing("x", {}, { model: "gpt-image-2", input_fidelity: null }),
    400,
    "tools",
    "invalid_input_fidelity_model",
  ],
  ["complexity on 2.5", drawing("x", {}, { complexity: "low" }), 400, "tools[0].complexity"],
  ["gif on 2.5", drawing("x", {}, { output_format: "gif" }), 400, "tools[0].output_format"],
  [
    "frames without gif",
    drawing("x", {}, { model: "gpt-image-2.6-flare", frame_count: 4 }),
    400,
    "tools[0].frame_count",
  ],
  [
    "one frame",
    drawing("x", {}, { model: "gpt-image-2.6-flare", output_format: "gif", frame_count: 1 }),
    400,
    "tools[0].frame_count",
  ],
  [
    "svg as a stream",
    drawing("x", { stream: true }, { model: "gpt-image-2.6-flare", output_format: "svg" }),
    400,
    "tools[0].output_format",
  ],
  ["a forced tool that is not there", words({ tool_choice: { type: "image_generation" } }), 400, "tool_choice"],
  ["action edit with nothing to edit", drawing("x", {}, { action: "edit" }), 400, "tools"],
  [
    "an unknown previous response",
    drawing("x", { previous_response_id: "resp_nope" }),
    400,
    "previous_response_id",
    "previous_response_not_found",
  ],
  [
    "a previous response and a conversation",
    drawing("x", { previous_response_id: "resp_a", conversation: "conv_a" }),
    400,
    "conversation",
  ],
  [
    "an unknown picture id",
    drawing([{ type: "image_generation_call", id: `ig_${"0".repeat(34)}` } as never]),
    404,
    "input",
  ],
  ["text that is no data URL", image("hello"), 400, "input[0].content[1].image_url", "invalid_image_url"],
  [
    "a picture on the web",
    image("https://example.com/a.png"),
    400,
    "input[0].content[1].image_url",
    "failed_to_download_image",
  ],
  ["broken base64", image("data:image/png;base64,@@@"), 400, "input[0].content[1].image_url", "invalid_base64_image"],
  [
    "bytes that are no picture",
    image(`data:image/png;base64,${Buffer.from("hello there").toString("base64")}`),
    400,
    "input[0].content[1]",
    "invalid_image_format",
  ],
  [
    "both image_url and file_id",
    drawing([
      {
        role: "user",
        content: [{ type: "input_image", detail: "auto", image_url: "data:image/png;base64,AAAA", file_id: "file-a" }],
      },
    ]),
    400,
    "input[0].content[0]",
  ],
  [
    "an unknown file",
    drawing([{ role: "user", content: [{ type: "input_image", detail: "auto", file_id: "file-a" }] }]),
    404,
    "input[0].content[0].file_id",
  ],
  [
    "seventeen metadata pairs",
    words({ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, "v"])) }),
    400,
    "metadata",
  ],
  ["a long metadata value", words({ metadata: { k: "v".repeat(513) } }), 400, "metadata.k"],
  ["a long safety identifier", words({ safety_identifier: "s".repeat(129) }), 400, "safety_identifier"],
  ["a schema name with spaces", judgement(format({ name: "my verdict" })), 400, "text.format.name"],
  [
    "a strict schema with an optional property",
    judgement(format({ schema: schema({ required: [] }) })),
    400,
    "text.format.schema",
    "invalid_json_schema",
  ],
  [
    "a strict schema that is open",
    judgement(format({ schema: schema({ additionalProperties: true }) })),
    400,
    "text.format.schema",
  ],
  ["a schema whose root is a list", judgement(format({ schema: { type: "array" } })), 400, "text.format.schema"],
  ["no reasoning on sol", words({ model: "gpt-6.2-sol", reasoning: { effort: "none" } }), 400, "reasoning.effort"],
];

const GENERATIONS: Rule[] = [
  ["no prompt", { model: "gpt-image-2.5-flare" }, 400, "prompt", "missing_required_parameter"],
  ["an empty prompt", generation({ prompt: "" }), 400, "prompt"],
  [
    "a prompt of 32001 characters",
    generation({ prompt: "a".repeat(32_001) }),
    400,
    "prompt",
    "string_above_max_length",
  ],
  ["eleven pictures", generation({ n: 11 }), 400, "n", "integer_above_max_value"],
  ["no picture", generation({ n: 0 }), 400, "n"],
  ["response_format", generation({ response_format: "b64_json" }), 400, "response_format", "unknown_parameter"],
  ["style", generation({ style: "vivid" }), 400, "style", "unknown_parameter"],
  ["user", generation({ user: "me" }), 400, "user", "unknown_parameter"],
  [
    "input_fidelity",
    generation({ model: "gpt-image-1.5", input_fidelity: "high" }),
    400,
    "input_fidelity",
    "unknown_parameter",
  ],
  ["no model", { prompt: "x" }, 400, "model", "missing_required_parameter"],
  ["a text model", generation({ model: "gpt-6.1-terra" }), 400, "model"],
  ["dall-e", generation({ model: "dall-e-3" }), 404, "model"],
  ["two svg", generation({ model: "gpt-image-2.6-flare", output_format: "svg", n: 2 }), 400, "output_format"],
  ["partial pictures without a stream", generation({ partial_images: 2 }), 400, "partial_images"],
];

describe("wire rules", () => {
  it.each(RESPONSES)("responses refuse %s", async (_name, body, status, param, code) => {
    const { client, simulator } = simulated({ now: () => NOW });
    const refused = await client.post("/responses", { body }).then(
      () => null,
      (error) => error,
    );
    expect(refused).toMatchObject({ status, param });
    if (code) expect(refused.code).toBe(code);
    expect(simulator.ledger().paid).toBe(0);
  });

  it.each(GENERATIONS)("generations refuse %s", async (_name, body, status, param, code) => {
    const { client, simulator } = simulated({ now: () => NOW });
    const refused = await client.post("/images/generations", { body }).then(
      () => null,
      (error) => error,
    );
    expect(refused).toMatchObject({ status, param });
    if (code) expect(refused.code).toBe(code);
    expect(simulator.ledger().paid).toBe(0);
  });

  it("takes the smallest and the largest sizes there are", async () => {
    const { client } = simulated({ now: () => NOW });
    for (const size of ["1440x480", "640x1024", "auto"]) {
      expect((await client.responses.create(drawing("x", {}, { size }))).status).toBe("completed");
    }
  });

  it("asks for a key, a content type and JSON", async () => {
    const { simulator } = simulated();
    const post = (headers: Record<string, string>, body: string) =>
      simulator.fetch("http://any.example/v1/responses", { method: "POST", headers, body });
    const key = { authorization: "Bearer x" };
    expect((await post({ "content-type": "application/json" }, "{}")).status).toBe(401);
    expect((await post({ ...key, "content-type": "text/plain" }, "{}")).status).toBe(415);
    expect((await post({ ...key, "content-type": "application/json" }, "{")).status).toBe(400);
    expect((await simulator.fetch("http://any.example/v1/nope", { headers: key })).status).toBe(404);
  });

  it("lets old models go on their day", async () => {
    let now = Date.parse("2026-11-30T23:00:00Z");
    const { client } = simulated({ now: () => now });
    const ask = drawing("x", {}, { model: "gpt-image-1.5", size: "1024x1024" });
    expect((await client.responses.create(ask)).status).toBe("completed");
    now = Date.parse("2026-12-01T00:00:01Z");
    await expect(client.responses.create(ask)).rejects.toMatchObject({ status: 404 });
  });
});

describe("rules of edits", () => {
  const png = (width: number, height: number, alpha: number | null) =>
    sharp({
      create: {
        width,
        height,
        channels: alpha === null ? 3 : 4,
        background: { r: 90, g: 120, b: 200, alpha: alpha ?? 1 },
      },
    })
      .png()
      .toBuffer();
  const url = (bytes: Buffer, type = "image/png") => `data:${type};base64,${bytes.toString("base64")}`;
  const holed = async (width: number, height: number) =>
    sharp(await png(width, height, 1))
      .composite([{ input: await png(20, 20, 1), left: 5, top: 5, blend: "dest-out" }])
      .png()
      .toBuffer();

  async function refusal(more: object) {
    const { client } = simulated({ now: () => NOW });
    const images = [{ image_url: url(await png(64, 64, null)) }];
    const body = { model: "gpt-image-2.5-flare", prompt: "Change it", images, ...more };
    return client.post("/images/edits", { body }).then(
      () => "accepted",
      (error) => `${error.status} ${error.param}`,
    );
  }

  it("takes a mask that fits", async () => {
    expect(await refusal({ mask: { image_url: url(await holed(64, 64)) } })).toBe("accepted");
  });

  it("refuses masks that are another size, opaque, without alpha, or not PNG", async () => {
    const jpeg = await sharp(await png(64, 64, null))
      .jpeg()
      .toBuffer();
    expect(await refusal({ mask: { image_url: url(await holed(32, 64)) } })).toBe("400 mask");
    expect(await refusal({ mask: { image_url: url(await png(64, 64, 1)) } })).toBe("400 mask");
    expect(await refusal({ mask: { image_url: url(await png(64, 64, null)) } })).toBe("400 mask");
    expect(await refusal({ mask: { image_url: url(jpeg, "image/jpeg") } })).toBe("400 mask");
  });

  it("refuses markup with a mask, on old models, and without drawn pixels", async () => {
    const markup = { image_url: url(await holed(64, 64)) };
    expect(await refusal({ markup })).toBe("accepted");
    expect(await refusal({ markup, mask: markup })).toBe("400 markup");
    expect(await refusal({ markup, model: "gpt-image-2" })).toBe("400 markup");
    expect(await refusal({ markup: { image_url: url(await png(64, 64, 0)) } })).toBe("400 markup");
  });

  it("refuses no image, seventeen images, wrong types and svg", async () => {
    const one = { image_url: url(await png(64, 64, null)) };
    expect(await refusal({ images: [] })).toBe("400 images");
    expect(await refusal({ images: Array(17).fill(one) })).toBe("400 images");
    expect(await refusal({ images: [{ image_url: url(await png(8, 8, null), "image/jpeg") }] })).toBe(
      "400 images[0].image_url",
    );
    expect(await refusal({ output_format: "svg", model: "gpt-image-2.6-flare" })).toBe("400 output_format");
  });

  it("refuses files without a real media type", async () => {
    const { client } = simulated({ now: () => NOW });
    const file = new File([new Uint8Array(await png(64, 64, null))], "a.png");
    await expect(client.images.edit({ model: "gpt-image-2.5-flare", prompt: "x", image: file })).rejects.toMatchObject({
      status: 400,
      param: "image",
    });
  });

  it("checks the tool's mask against the picture it is for", async () => {
    const { client } = simulated({ now: () => NOW });
    const first = await client.responses.create(drawing("A lamp"));
    const next = async (width: number) =>
      client.responses.create(
        drawing(
          "A cat",
          { previous_response_id: first.id },
          { action: "edit", input_image_mask: { image_url: url(await holed(width, 640)) } },
        ),
      );
    expect((await next(1024)).status).toBe("completed");
    await expect(next(512)).rejects.toMatchObject({ status: 400, param: "tools[0].input_image_mask" });
  });
});
