import type { GraphNode } from "#lib/protocol/graph.ts";

/** Says why nothing can be shown, and that nothing is lost. */
export const StubBody = ({ node }: { node: GraphNode }) => (
  <p className="px-3 py-2.5 text-soft text-xs leading-snug">
    This program does not know the node type <span className="font-mono text-ink">{node.type}</span>. Its settings and
    wires are kept; the graph runs again where the type is known.
  </p>
);
