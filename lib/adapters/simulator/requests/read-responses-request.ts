import { invalid } from "../http/refusal.ts";
import type { World } from "../world.ts";
import { checkPictureParameters } from "./check-image-parameters.ts";
import { imageModel, textModel } from "./check-model.ts";
import { checkTextFormat } from "./check-text-format.ts";
import { checkToolChoice } from "./check-tool-choice.ts";
import { parseStrictly } from "./parse-strictly.ts";
import { imageTool, type ResponsesBody, responsesBody } from "./responses-schema.ts";

/** The tool's own choice when no image model is named. */
const TOOL_DEFAULT = "gpt-image-2";

/** Every rule about POST /responses that the body alone decides. */
export function readResponsesRequest(world: World, value: unknown, nowMs: number): ResponsesBody {
  const body = parseStrictly(responsesBody, value);
  if (!body.model) throw invalid("missing_required_parameter", "model", "Missing required parameter: 'model'.");
  const model = textModel(world.models, body.model, nowMs);
  if (model.refusesNoReasoning && body.reasoning?.effort === "none") {
    throw invalid(
      "unsupported_value",
      "reasoning.effort",
      `Unsupported value: 'reasoning.effort' does not support 'none' with the '${model.id}' model.`,
    );
  }
  if (body.input === undefined && !body.prompt && !body.previous_response_id && !body.conversation)
    throw invalid("missing_required_parameter", "input", "Missing required parameter: 'input'.");
  if (body.previous_response_id && body.conversation)
    throw invalid(
      "mutually_exclusive_parameters",
      "conversation",
      "Only one of 'previous_response_id' and 'conversation' may be given.",
    );
  if (body.conversation)
    throw invalid(
      "conversation_not_found",
      "conversation",
      "The simulator keeps no conversation objects: use previous_response_id.",
      404,
    );
  if (body.background && body.store === false && body.stream)
    throw invalid("invalid_value", "background", "A background stream cannot be resumed without store: true.");
  checkMetadata(body.metadata);
  if (body.text?.format) checkTextFormat(body.text.format);
  checkToolChoice(body);
  body.tools?.forEach((tool, i) => {
    if (tool.type === "image_generation") checkTool(world, tool, i, body.stream === true, nowMs);
    else if (
      !/^(function|web_search|web_search_preview|file_search|code_interpreter|mcp|custom|computer|shell|local_shell|apply_patch|tool_search|namespace)/.test(
        tool.type,
      )
    )
      throw invalid("invalid_value", `tools[${i}].type`, `Invalid value: '${tool.type}'.`);
  });
  return body;
}

function checkTool(world: World, given: unknown, index: number, stream: boolean, nowMs: number) {
  const tool = parseStrictly(imageTool, given, ["tools", index]);
  const prefix = `tools[${index}].`;
  const model = imageModel(world.models, tool.model ?? TOOL_DEFAULT, `${prefix}model`, nowMs);
  checkPictureParameters(model, tool, "tool", stream, prefix);
  if (tool.input_image_mask && tool.output_format === "gif")
    throw invalid("invalid_value", `${prefix}input_image_mask`, "A mask cannot be combined with gif.");
}

function checkMetadata(metadata: Record<string, string> | null | undefined) {
  const pairs = Object.entries(metadata ?? {});
  if (pairs.length > 16)
    throw invalid("object_above_max_properties", "metadata", "Invalid 'metadata': at most 16 pairs.");
  for (const [key, value] of pairs) {
    if (key.length > 64)
      throw invalid("string_above_max_length", "metadata", "Invalid 'metadata': keys have at most 64 characters.");
    if (value.length > 512)
      throw invalid("string_above_max_length", `metadata.${key}`, `Invalid 'metadata.${key}': at most 512 characters.`);
  }
}
