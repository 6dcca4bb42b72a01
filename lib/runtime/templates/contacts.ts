import type { Graph } from "../../protocol/graph.ts";

const ADDRESS = /^\s*https?:\/\/((?:\{\{[^}]{0,200}\}\}|[^\s/?#\\{])+)/i;

/**
 * Hosts a run of this graph may reach on its own account: of every setting and every default that is a web address as a whole, sorted. What only
 * speaks of an address, as a prompt may, reaches nothing. A host that is filled in later stands as it is written.
 */
export function contactsOf(graph: Pick<Graph, "inputs" | "nodes">): string[] {
  const hosts = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      const [, host] = /^\s*\S+\s*$/.test(value.replace(/\{\{[^}]{0,200}\}\}/g, "x"))
        ? (ADDRESS.exec(value) ?? [])
        : [];
      if (host) hosts.add(host.replace(/^.*@/, "").toLowerCase());
    } else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) look(inner);
  };
  for (const { config } of graph.nodes) look(config);
  for (const input of graph.inputs) look(input.default);
  return [...hosts].sort();
}
