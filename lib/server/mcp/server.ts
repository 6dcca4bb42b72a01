import { ProtocolError, ProtocolErrorCode, Server, type ServerContext } from "@modelcontextprotocol/server";
import { LIMITS } from "../../protocol/limits.ts";
import type { Template } from "../../protocol/templates.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { type CallWays, callTemplate, describeRun } from "./call-template.ts";
import type { ToolResult } from "./run-result.ts";
import { inputSchemaOf, type Tool, toolName } from "./tool-schema.ts";

const GET_RUN: Tool = {
  name: "get_run",
  title: "Look at a run",
  description: "Tells what a run that was started before has come to, with its pictures. Starts and spends nothing.",
  inputSchema: {
    type: "object",
    properties: { run_id: { type: "string", description: "The id a tool gave, like run_…" } },
    required: ["run_id"],
    additionalProperties: false,
  },
};

const INSTRUCTIONS = [
  "Every tool but get_run makes pictures by running a template that people of this studio have published, with the look they gave it.",
  "A call may cost money within the studio's budgets; the same arguments again cost nothing, because what was made is kept.",
  "A call ends when its run rests: done, failed, out of budget, or waiting for a person. Say which.",
].join(" ");

export type McpOptions = Pick<CallWays, "abandoned" | "pageOf"> & {
  studio: Studio;
  version: string;
  /** Executes runs here, where this process has no worker. */
  drive?(runId: string, signal: AbortSignal): Promise<unknown>;
};

/** One tool per published template, as they are at the moment they are asked for. A new one for every connection or request. */
export function createMcpServer({ studio, version, drive, abandoned, pageOf }: McpOptions): Server {
  const server = new Server(
    { name: "throughline", title: "Throughline", version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler("tools/list", async () => {
    const tools = await templateTools(studio);
    return { tools: [...tools.map(({ tool }) => tool), GET_RUN] };
  });
  server.setRequestHandler("tools/call", async ({ params }, ctx): Promise<ToolResult> => {
    const args = params.arguments ?? {};
    if (params.name === GET_RUN.name) return describeRun(studio, String(args.run_id ?? ""), pageOf);
    const found = (await templateTools(studio)).find(({ tool }) => tool.name === params.name);
    if (!found) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
    const { signal } = ctx.mcpReq;
    return callTemplate(studio, found.template, args, {
      signal,
      abandoned,
      pageOf,
      drive: drive && ((runId) => drive(runId, signal)),
      progress: progressOf(ctx),
    });
  });
  return server;
}

/** Progress is told to those who asked for it, and only to them. */
function progressOf({ mcpReq }: ServerContext): CallWays["progress"] {
  const token = mcpReq._meta?.progressToken;
  if (token === undefined) return undefined;
  return (progress, total, message) =>
    mcpReq.notify({ method: "notifications/progress", params: { progressToken: token, progress, total, message } });
}

async function templateTools(studio: Studio): Promise<{ tool: Tool; template: Template }[]> {
  const taken = new Set([GET_RUN.name]);
  const tools: { tool: Tool; template: Template }[] = [];
  for (const { id } of await studio.templates.list({ limit: LIMITS.listPage })) {
    const template = await studio.templates.get(id);
    if (!template) continue;
    const name = toolName(id, taken);
    taken.add(name);
    const says = template.description || template.graph.description || `Makes "${template.name}".`;
    tools.push({
      template,
      tool: {
        name,
        title: template.name,
        description: `${says} Returns the finished pictures. (Template "${template.name}", revision ${template.revision}.)`,
        inputSchema: inputSchemaOf(template),
      },
    });
  }
  return tools;
}
