import type { Incoming } from "../requests/read-body.ts";
import type { AnswerFault, FaultMatch, FaultScript } from "./fault-script.ts";

const PAID = ["/responses", "/images/generations", "/images/edits"];

/** Counts matching requests per rule and names the fault whose turn it is. */
export function faultChooser(script: FaultScript): (incoming: Incoming) => AnswerFault | null {
  const seen = script.map(() => 0);
  return (incoming) => {
    let chosen: AnswerFault | null = null;
    script.forEach((rule, i) => {
      if (!matches(rule.match ?? {}, rule.fault, incoming)) return;
      seen[i]!++;
      const turns = rule.nth === undefined ? null : typeof rule.nth === "number" ? [rule.nth] : rule.nth;
      if (chosen === null && (turns === null || turns.includes(seen[i]!)))
        chosen = { name: rule.fault, args: rule.args ?? {} };
    });
    return chosen;
  };
}

function matches(match: FaultMatch, fault: string, incoming: Incoming): boolean {
  const body = bodyOf(incoming);
  if (match.path === undefined && match.method === undefined) {
    if (fault === "expired-background") return incoming.method === "GET" && incoming.path.startsWith("/responses/");
    if (fault === "cancel-completed") return incoming.path.endsWith("/cancel");
    if (incoming.method !== "POST" || !PAID.includes(incoming.path)) return false;
  }
  if (match.method && match.method.toUpperCase() !== incoming.method) return false;
  if (match.path && !incoming.path.includes(match.path)) return false;
  if (match.model && body.model !== match.model) return false;
  if (match.lane && match.lane !== (body.background ? "background" : body.stream ? "stream" : "plain")) return false;
  if (match.promptIncludes && !textOf(incoming, body).includes(match.promptIncludes)) return false;
  const metadata = (body.metadata ?? {}) as Record<string, string>;
  return Object.entries(match.metadata ?? {}).every(([key, value]) => metadata[key] === value);
}

function bodyOf(incoming: Incoming): Record<string, unknown> {
  if (incoming.body.kind === "json" && incoming.body.value && typeof incoming.body.value === "object")
    return incoming.body.value as Record<string, unknown>;
  if (incoming.body.kind === "form")
    return Object.fromEntries([...incoming.body.form.entries()].filter(([, value]) => typeof value === "string"));
  return {};
}

function textOf(incoming: Incoming, body: Record<string, unknown>): string {
  if (incoming.body.kind === "none") return "";
  const { prompt, input, instructions } = body;
  return [prompt, typeof input === "string" ? input : texts(input), instructions]
    .filter((part) => typeof part === "string")
    .join("\n");
}

/** Text parts only: searching through base64 would be slow and could match by chance. */
function texts(input: unknown): string {
  if (Array.isArray(input)) return input.map(texts).join("\n");
  if (!input || typeof input !== "object") return "";
  const { text, content } = input as { text?: unknown; content?: unknown };
  return [typeof text === "string" ? text : "", typeof content === "string" ? content : texts(content)].join("\n");
}
