import type { GraphEdge } from "../../../protocol/graph.ts";

const indexes = new WeakMap<readonly GraphEdge[], Map<string, string>>();

/** The ports of a node that have a wire, as one word like ` in:image out:text `; equal words mean equal ports. */
export function wiredPorts(edges: readonly GraphEdge[], nodeId: string): string {
  let index = indexes.get(edges);
  if (!index) {
    index = new Map();
    for (const { source, sourceHandle, target, targetHandle } of edges) {
      index.set(source, `${index.get(source) ?? " "}out:${sourceHandle} `);
      index.set(target, `${index.get(target) ?? " "}in:${targetHandle} `);
    }
    indexes.set(edges, index);
  }
  return index.get(nodeId) ?? "";
}

/** Has this port a wire? */
export const isWired = (wired: string, side: "in" | "out", port: string): boolean =>
  wired.includes(` ${side}:${port} `);
