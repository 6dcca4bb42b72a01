import * as z from "zod";

const optional = <T extends z.ZodType>(schema: T) => schema.nullish();

const shared = {
  prompt: z.string().min(1).max(32_000),
  background: optional(z.enum(["transparent", "opaque", "auto"])),
  complexity: optional(z.enum(["low", "medium", "high"])),
  frame_count: optional(z.number().int().min(2).max(16)),
  frame_duration_ms: optional(z.number().int().min(20)),
  model: z.string(),
  n: optional(z.number().int().min(1).max(10)),
  output_compression: optional(z.number().int().min(0).max(100)),
  partial_images: optional(z.number().int().min(0).max(3)),
  quality: optional(z.enum(["low", "medium", "high", "xhigh", "max", "auto"])),
  safety_identifier: optional(z.string().max(128)),
  size: optional(z.string()),
  stream: optional(z.boolean()),
};

/** POST /images/generations. The legacy keys `response_format`, `style` and `user` are unknown to GPT image models. */
export const generationsBody = z.strictObject({
  ...shared,
  moderation: optional(z.enum(["low", "auto"])),
  output_format: optional(z.enum(["png", "jpeg", "webp", "gif", "svg"])),
  svg: optional(z.strictObject({ model: z.string(), reasoning: optional(z.looseObject({})) })),
});

const reference = z.strictObject({ image_url: z.string().optional(), file_id: z.string().optional() });

const editShared = {
  ...shared,
  input_fidelity: optional(z.enum(["high", "low"])),
  output_format: optional(z.enum(["png", "jpeg", "webp", "gif"])),
};

/** POST /images/edits as JSON. */
export const editsJsonBody = z.strictObject({
  ...editShared,
  moderation: optional(z.enum(["low", "auto"])),
  images: z.array(reference).min(1).max(16),
  mask: optional(reference),
  markup: optional(reference),
});

/** The text fields of POST /images/edits as multipart. */
export const editsFormFields = z.strictObject(editShared);

/** Fields every image request shares once read. */
export type ImagesBody = z.infer<typeof generationsBody> & Partial<z.infer<typeof editsJsonBody>>;
