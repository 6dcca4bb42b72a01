import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { titleOf } from "../edit/edit-nodes.ts";

/** A node a search found, and the piece of text it was found in. */
export type Hit = { id: string; title: string; type: string; where: string; excerpt: string };

const AROUND = 40;

/** Nodes whose title, type, id or any text of their settings holds the query, in the order of the document. */
export function findNodes(graph: Graph, registry: Registry, query: string): Hit[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [];
  return graph.nodes.flatMap((node) => {
    const type = registry.get(node.type);
    const title = titleOf(node, type);
    const found = firstText(node, title, type?.title ?? node.type, wanted);
    return found ? [{ id: node.id, title, type: type?.title ?? node.type, ...found }] : [];
  });
}

function firstText(
  node: GraphNode,
  title: string,
  type: string,
  wanted: string,
): { where: string; excerpt: string } | undefined {
  const named: [string, string][] = [
    ["title", title],
    ["type", type],
    ["type", node.type],
    ["id", node.id],
  ];
  for (const [where, text] of named) if (text.toLowerCase().includes(wanted)) return { where, excerpt: "" };
  for (const [where, text] of textsIn(node.config)) {
    const at = text.toLowerCase().indexOf(wanted);
    if (at >= 0) return { where, excerpt: excerptOf(text, at, wanted.length) };
  }
  return undefined;
}

/** Every text in settings with the name of the setting it stands in. */
function* textsIn(config: Record<string, unknown>): Generator<[string, string]> {
  const open: [string, unknown][] = Object.entries(config).reverse();
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const [field, value] = entry;
    if (typeof value === "string") yield [field, value];
    else if (typeof value === "number") yield [field, String(value)];
    else if (typeof value === "object" && value !== null)
      for (const child of Object.values(value).reverse()) open.push([field, child]);
  }
}

function excerptOf(text: string, at: number, length: number): string {
  const [start, end] = [Math.max(0, at - AROUND), Math.min(text.length, at + length + AROUND)];
  const piece = text.slice(start, end).replace(/\s+/g, " ");
  return `${start > 0 ? "…" : ""}${piece}${end < text.length ? "…" : ""}`;
}
