import { LIMITS } from "./limits.ts";
import { looksSecret } from "./looks-secret.ts";
import { type Problem, problem } from "./problems.ts";
import { FORBIDDEN_KEYS } from "./scan-json.ts";
import { exceedsBytes } from "./utf8.ts";

type Place = { value: unknown; path: string; depth: number; node?: string };

/** What no document may hold, wherever it stands: forbidden keys, secrets, texts and nesting over the limits. Walks without recursion. */
export function checkDocument(document: Record<string, unknown>): Problem[] {
  const problems: Problem[] = [];
  const stack: Place[] = [{ value: document, path: "", depth: 1 }];
  for (let place = stack.pop(); place; place = stack.pop()) {
    const { value, path, depth, node } = place;
    const where = { ...(node === undefined ? {} : { node }), field: path };
    if (typeof value === "string" && exceedsBytes(value, LIMITS.stringBytes)) {
      const message = `The text at ${path} is longer than the limit of ${LIMITS.stringBytes} bytes.`;
      problems.push(problem("STRING_TOO_LONG", message, where));
    }
    if (typeof value === "string" && looksSecret(value)) {
      const message = `The text at ${path} holds what looks like a key or a password. Graphs are shared: keep keys in the environment.`;
      problems.push(problem("SECRET_IN_GRAPH", message, where));
    }
    if (typeof value !== "object" || value === null) continue;
    if (depth > LIMITS.jsonDepth) {
      return [problem("JSON_TOO_DEEP", `This document is nested deeper than ${LIMITS.jsonDepth} levels.`, where)];
    }
    for (const key of Object.keys(value).reverse()) {
      const child = (value as Record<string, unknown>)[key];
      if (!Array.isArray(value) && FORBIDDEN_KEYS.has(key))
        problems.push(problem("FORBIDDEN_KEY", `The key "${key}" is not allowed (${path || "document"}).`, where));
      stack.push({ ...step(path, key, node, child), value: child, depth: depth + 1 });
    }
  }
  return problems;
}

/** Fields of a node are named relative to it, as everywhere else. */
function step(path: string, key: string, node: string | undefined, child: unknown): Pick<Place, "path" | "node"> {
  const id = path === "nodes" && typeof child === "object" ? (child as { id?: unknown } | null)?.id : undefined;
  if (typeof id === "string") return { path: "", node: id };
  const field = path === "" ? key : `${path}.${key}`;
  return { path: node !== undefined && path === "config" ? key : field, node };
}
