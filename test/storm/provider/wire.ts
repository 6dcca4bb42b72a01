import * as z from "zod";

/*
 * The requests this provider takes, written down from the provider's published schema and nothing of ours. Strict objects: an unknown key is
 * refused as the real API refuses it.
 */

const imageRef = z.union([z.strictObject({ image_url: z.string() }), z.strictObject({ file_id: z.string() })]);
const SIZE = /^(auto|\d{2,4}x\d{2,4})$/;
const picture = {
  size: z.string().regex(SIZE),
  quality: z.enum(["auto", "low", "medium", "high", "xhigh", "max"]),
  background: z.enum(["auto", "opaque", "transparent"]),
  output_format: z.enum(["png", "jpeg", "webp"]),
  output_compression: z.int().min(0).max(100).optional(),
  partial_images: z.int().min(0).max(3).optional(),
};

export const imageTool = z.strictObject({
  type: z.literal("image_generation"),
  model: z.string().regex(/^gpt-image-/),
  action: z.enum(["auto", "edit", "generate"]).optional(),
  ...picture,
  moderation: z.enum(["auto", "low"]).optional(),
  input_image_mask: imageRef.optional(),
});

const content = z.union([
  z.strictObject({ type: z.literal("input_text"), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal("input_image"),
    detail: z.enum(["low", "high", "auto"]).optional(),
    image_url: z.string(),
  }),
]);

export const responseRequest = z.strictObject({
  model: z.string().regex(/^(?!gpt-image-)/),
  instructions: z.string().min(1).optional(),
  input: z
    .array(
      z.strictObject({
        type: z.literal("message").optional(),
        role: z.enum(["user", "assistant", "system", "developer"]),
        content: z.array(content).min(1),
      }),
    )
    .min(1),
  previous_response_id: z.string().optional(),
  background: z.boolean().optional(),
  store: z.boolean().optional(),
  stream: z.boolean().optional(),
  tools: z.array(imageTool).max(1).optional(),
  tool_choice: z.unknown().optional(),
  parallel_tool_calls: z.boolean().optional(),
  max_tool_calls: z.int().optional(),
  max_output_tokens: z.int().optional(),
  metadata: z.record(z.string().max(64), z.string().max(512)).optional(),
  reasoning: z.strictObject({ effort: z.string() }).optional(),
  text: z
    .strictObject({
      format: z.strictObject({
        type: z.literal("json_schema"),
        name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
        strict: z.literal(true),
        schema: z.record(z.string(), z.unknown()),
      }),
    })
    .optional(),
});
export type ResponseRequest = z.infer<typeof responseRequest>;

const imagesBase = {
  model: z.string().regex(/^gpt-image-/),
  prompt: z.string().min(1).max(32_000),
  n: z.int().min(1).max(10).optional(),
  ...picture,
  moderation: z.enum(["auto", "low"]).optional(),
  stream: z.boolean().optional(),
};
export const generationRequest = z.strictObject(imagesBase);
export const editRequest = z.strictObject({
  ...imagesBase,
  images: z.array(imageRef).min(1).max(16),
  mask: imageRef.optional(),
});
export type ImagesRequest = z.infer<typeof generationRequest> & Partial<z.infer<typeof editRequest>>;

/** An answer with an error status, as the API words it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly param?: string;
  constructor(status: number, code: string, message: string, param?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

/** Reads a body by its schema; throws Refusal 400 naming the place. */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
  const param = [...issue.path, ...keys.slice(0, 1)].join(".");
  throw keys.length > 0
    ? new Refusal(400, "unknown_parameter", `Unknown parameter: '${param}'.`, param)
    : new Refusal(400, "invalid_value", `${param}: ${issue.message}`, param);
}
