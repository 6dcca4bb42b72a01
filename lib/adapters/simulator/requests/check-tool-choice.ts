import { invalid } from "../http/refusal.ts";
import type { ResponsesBody } from "./responses-schema.ts";

/** A forced tool must be among the tools. */
export function checkToolChoice(body: ResponsesBody): void {
  const choice = body.tool_choice;
  if (choice === undefined) return;
  const offered = (body.tools ?? []).map((tool) => tool.type);
  if (typeof choice === "string") {
    if (!["none", "auto", "required"].includes(choice))
      throw invalid(
        "invalid_value",
        "tool_choice",
        `Invalid value: '${choice}'. Supported values are: 'none', 'auto', and 'required'.`,
      );
    if (choice === "required" && offered.length === 0)
      throw invalid("invalid_value", "tool_choice", "Tool choice 'required' must be specified with 'tools' parameter.");
    return;
  }
  const named = choice.type === "allowed_tools" ? allowedTypes(choice.tools) : [String(choice.type)];
  for (const type of named)
    if (!offered.includes(type))
      throw invalid("invalid_value", "tool_choice", `Tool choice '${type}' not found in 'tools' parameter.`);
}

function allowedTypes(tools: unknown): string[] {
  return Array.isArray(tools) ? tools.map((tool) => String((tool as { type?: unknown })?.type)) : [];
}
