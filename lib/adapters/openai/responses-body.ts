import type OpenAI from "openai";
import { MOST_TOKENS, textModel } from "../../protocol/models.ts";
import type { AssetId } from "../../protocol/values.ts";
import type { DrawTool, Part, ProviderRequest } from "../../runtime/ports.ts";
import { mediaTypeOf } from "./pictures.ts";
import { strictSchema } from "./strict-schema.ts";

type Conversation = Extract<ProviderRequest, { lane: "conversation" }>;
type Judge = Extract<ProviderRequest, { lane: "judge" }>;
type Body = OpenAI.Responses.ResponseCreateParams;
type Content = OpenAI.Responses.ResponseInputContent;

/** Reads a stored asset's bytes and media type. */
export type ReadAsset = (asset: AssetId) => Promise<{ bytes: Uint8Array; mediaType: string }>;

/** The bytes of an asset, untouched, as a data URL under the type its own bytes show (a wrong type is refused). */
export async function dataUrl(readAsset: ReadAsset, asset: AssetId): Promise<string> {
  const { bytes, mediaType } = await readAsset(asset);
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return `data:${mediaTypeOf(view) ?? mediaType};base64,${view.toString("base64")}`;
}

async function contentOf(parts: Part[], detail: "auto" | "high", readAsset: ReadAsset): Promise<Content[]> {
  return await Promise.all(
    parts.map(
      async (part): Promise<Content> =>
        part.type === "text"
          ? { type: "input_text", text: part.text }
          : { type: "input_image", detail, image_url: await dataUrl(readAsset, part.asset) },
    ),
  );
}

/** Only keys the tool knows: `n` and `input_fidelity` are refused, partial pictures need a stream, compression a lossy format. */
async function toolOf(tool: DrawTool, readAsset: ReadAsset): Promise<OpenAI.Responses.Tool.ImageGeneration> {
  return {
    type: "image_generation",
    model: tool.imageModel,
    action: tool.action,
    size: tool.size,
    quality: tool.quality as "auto",
    background: tool.background as "auto",
    output_format: tool.format,
    moderation: tool.moderation as "auto",
    ...(tool.compression !== undefined && tool.format !== "png" ? { output_compression: tool.compression } : {}),
    ...(tool.partials > 0 ? { partial_images: tool.partials } : {}),
    ...(tool.mask ? { input_image_mask: { image_url: await dataUrl(readAsset, tool.mask) } } : {}),
  };
}

const metadata = (callKey: string) => ({ call_key: callKey.slice(0, 512) });

/**
 * A turn of a visual conversation. Instructions, tools and tool_choice go out every time (the API carries none of them over); the turn is
 * stored and made in the background so that it can be fetched by id after any cut.
 */
export async function conversationBody(request: Conversation, readAsset: ReadAsset): Promise<Body> {
  const { tool } = request;
  const body: Body = {
    model: request.model,
    ...(request.instructions ? { instructions: request.instructions } : {}),
    ...(request.previousResponseId ? { previous_response_id: request.previousResponseId } : {}),
    input: [{ type: "message", role: "user", content: await contentOf(request.parts, "auto", readAsset) }],
    background: true,
    store: true,
    metadata: metadata(request.callKey),
  };
  if (!tool) return { ...body, max_output_tokens: MOST_TOKENS.talk };
  return {
    ...body,
    tools: [await toolOf(tool, readAsset)],
    tool_choice: { type: "image_generation" },
    parallel_tool_calls: false,
    max_tool_calls: 1,
    ...(tool.partials > 0 ? { stream: true } : {}),
  };
}

/** A structured question about pictures; nothing is kept at the provider. */
export async function judgeBody(request: Judge, readAsset: ReadAsset): Promise<Body> {
  return {
    model: request.model,
    instructions: request.instructions,
    input: [{ type: "message", role: "user", content: await contentOf(request.parts, "high", readAsset) }],
    store: false,
    metadata: metadata(request.callKey),
    max_output_tokens: MOST_TOKENS.judge,
    ...(textModel(request.model)?.effortLow ? { reasoning: { effort: "low" } } : {}),
    text: {
      format: {
        type: "json_schema",
        name: request.name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 64) || "answer",
        strict: true,
        schema: strictSchema(request.schema),
      },
    },
  };
}
