import * as z from "zod";

const optional = <T extends z.ZodType>(schema: T) => schema.nullish();
const loose = z.looseObject({});

/** Which text model thinks how hard. */
const reasoning = z.strictObject({
  effort: optional(z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
  summary: optional(z.enum(["auto", "concise", "detailed"])),
  generate_summary: optional(z.enum(["auto", "concise", "detailed"])),
  context: optional(z.string()),
  mode: optional(z.string()),
});

const jsonSchemaFormat = z.strictObject({
  type: z.literal("json_schema"),
  name: z.string().min(1).max(64),
  description: z.string().optional(),
  schema: z.record(z.string(), z.unknown()),
  strict: optional(z.boolean()),
});

const format = z.discriminatedUnion("type", [
  jsonSchemaFormat,
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
]);

/** Top-level body of POST /responses: the keys of openai 7.55.0's types, nothing else. Inputs, tools and tool_choice are checked apart. */
export const responsesBody = z.strictObject({
  access_programs: loose.optional(),
  background: optional(z.boolean()),
  context_management: optional(z.array(loose)),
  conversation: optional(z.union([z.string(), loose])),
  image: loose.optional(),
  include: optional(z.array(z.string())),
  input: z.union([z.string(), z.array(z.unknown())]).optional(),
  instructions: optional(z.string()),
  max_output_tokens: optional(z.number().int().min(16)),
  max_tool_calls: optional(z.number().int().min(1)),
  metadata: optional(z.record(z.string(), z.string())),
  model: z.string().optional(),
  moderation: optional(loose),
  parallel_tool_calls: optional(z.boolean()),
  previous_response_id: optional(z.string()),
  prompt: optional(loose),
  prompt_cache_key: optional(z.string()),
  prompt_cache_options: loose.optional(),
  prompt_cache_retention: optional(z.enum(["in_memory", "24h"])),
  reasoning: optional(reasoning),
  safety_identifier: optional(z.string().max(128)),
  service_tier: optional(z.enum(["auto", "default", "flex", "scale", "priority"])),
  store: optional(z.boolean()),
  stream: optional(z.boolean()),
  stream_options: optional(z.strictObject({ include_obfuscation: z.boolean().optional() })),
  temperature: optional(z.number().min(0).max(2)),
  text: z
    .strictObject({ format: format.optional(), verbosity: optional(z.enum(["low", "medium", "high"])) })
    .optional(),
  tool_choice: z.union([z.string(), loose]).optional(),
  tools: z.array(z.looseObject({ type: z.string() })).optional(),
  top_logprobs: optional(z.number().int().min(0).max(20)),
  top_p: optional(z.number().min(0).max(1)),
  truncation: optional(z.enum(["auto", "disabled"])),
  user: z.string().optional(),
});

/** The body once its keys are known to be right. */
export type ResponsesBody = z.infer<typeof responsesBody>;

/** A reference to a picture: a data URL or an uploaded file. */
const maskReference = z.strictObject({ image_url: z.string().optional(), file_id: z.string().optional() });

/** The image tool: no `n`, no `markup`, no `seed`. */
export const imageTool = z.strictObject({
  type: z.literal("image_generation"),
  action: z.enum(["generate", "edit", "auto"]).optional(),
  background: z.enum(["transparent", "opaque", "auto"]).optional(),
  complexity: z.enum(["low", "medium", "high"]).optional(),
  frame_count: z.number().int().min(2).max(16).optional(),
  frame_duration_ms: z.number().int().min(20).optional(),
  input_fidelity: z.enum(["high", "low"]).nullish(),
  input_image_mask: maskReference.optional(),
  model: z.string().optional(),
  moderation: z.enum(["auto", "low"]).optional(),
  output_compression: z.number().int().min(0).max(100).optional(),
  output_format: z.enum(["png", "webp", "jpeg", "gif", "svg"]).optional(),
  partial_images: z.number().int().min(0).max(3).optional(),
  quality: z.enum(["low", "medium", "high", "xhigh", "max", "auto"]).optional(),
  size: z.string().optional(),
  svg: z.strictObject({ model: z.string(), reasoning: loose.optional() }).optional(),
});

/** The image tool as sent. */
export type ImageTool = z.infer<typeof imageTool>;

const cacheMark = { prompt_cache_breakpoint: loose.optional() };

/** Parts of a message. */
export const messagePart = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("input_text"), text: z.string(), ...cacheMark }),
  z.strictObject({
    type: z.literal("output_text"),
    text: z.string(),
    annotations: z.array(z.unknown()).optional(),
    logprobs: z.array(z.unknown()).optional(),
  }),
  z.strictObject({ type: z.literal("refusal"), refusal: z.string() }),
  z.strictObject({
    type: z.literal("input_image"),
    detail: z.enum(["low", "high", "auto", "original"]).nullish(),
    image_url: z.string().nullish(),
    file_id: z.string().nullish(),
    ...cacheMark,
  }),
  z.strictObject({
    type: z.literal("input_file"),
    file_id: z.string().nullish(),
    file_data: z.string().optional(),
    file_url: z.string().optional(),
    filename: z.string().optional(),
    ...cacheMark,
  }),
]);

/** A message in the input. */
export const messageItem = z.strictObject({
  type: z.literal("message").optional(),
  role: z.enum(["user", "assistant", "system", "developer"]),
  content: z.union([z.string(), z.array(z.unknown())]),
  id: z.string().optional(),
  status: z.enum(["in_progress", "completed", "incomplete"]).optional(),
  phase: z.string().nullish(),
});

/** An earlier picture brought back by its call id; everything but type and id is optional on the wire. */
export const imageCallItem = z.strictObject({
  type: z.literal("image_generation_call"),
  id: z.string(),
  status: z.string().optional(),
  result: z.string().nullish(),
  action: z.string().nullish(),
  background: z.string().nullish(),
  output_format: z.string().nullish(),
  quality: z.string().nullish(),
  revised_prompt: z.string().nullish(),
  size: z.string().nullish(),
  error: loose.optional(),
  svg_usage: loose.optional(),
});
