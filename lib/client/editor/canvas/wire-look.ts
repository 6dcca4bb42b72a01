import type { GraphEdge } from "../../../protocol/graph.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import type { NodeRun } from "../node-run.ts";
import type { EditorState } from "../state.ts";
import type { WireRoute } from "./threads.ts";
import { turnOn, wireRoutes } from "./threads.ts";

/** How a wire is drawn. */
export type WireLook = {
  kind: WireRoute["kind"];
  /** A conversation goes on over this wire. */
  thread: boolean;
  /** Place in the conversation; 0 = not known. */
  depth: number;
  rehydrated: boolean;
  /** The branch was not taken in the last run. */
  idle: boolean;
  /** Something is under way on it now. */
  moving: boolean;
  /** Passes of a loop; 0 for an ordinary wire. */
  passes: number;
};

/** Draws together what the graph says of a wire and what its two ends did in the last run. */
export function wireLook(
  route: WireRoute,
  edge: Pick<GraphEdge, "sourceHandle" | "loop">,
  source: NodeRun | undefined,
  target: NodeRun | undefined,
  targetType: Pick<AnyNode, "effect"> | undefined,
): WireLook {
  const carried = source?.outputs[edge.sourceHandle];
  const depth = turnOn(carried);
  const settled = source?.state === "done" && !edge.loop;
  return {
    kind: route.kind,
    // What really came out counts more than what the graph led to expect.
    thread: route.thread && (depth === undefined || depth > 0 || source?.stale === true),
    depth: depth ?? 0,
    rehydrated: target?.rehydrated === true && targetType?.effect === "model",
    idle: source?.state === "skipped" || (settled && (carried === undefined || carried.length === 0)),
    moving: target?.state === "running" && source?.state === "done" && (carried?.length ?? 0) > 0,
    passes: edge.loop?.passes ?? 0,
  };
}

const PLAIN: WireLook = {
  kind: "any",
  thread: false,
  depth: 0,
  rehydrated: false,
  idle: false,
  moving: false,
  passes: 0,
};

/** A selector for one wire: gives the very same look until something about that wire is different. */
export function selectWireLook(edgeId: string, registry: Registry): (state: EditorState) => WireLook {
  let before: unknown[] = [];
  let look = PLAIN;
  return ({ document, run }) => {
    const edge = edgesOf(document).byId(edgeId);
    if (!edge) return PLAIN;
    const target = nodesById(document).get(edge.target);
    const route = wireRoutes(document, registry).get(edgeId) ?? PLAIN;
    const now = [edge, route.kind, route.thread, run.nodes.get(edge.source), run.nodes.get(edge.target), target?.type];
    if (now.every((part, index) => part === before[index])) return look;
    before = now;
    const next = wireLook(
      route,
      edge,
      run.nodes.get(edge.source),
      run.nodes.get(edge.target),
      registry.get(target?.type ?? ""),
    );
    if (Object.entries(next).some(([key, value]) => look[key as keyof WireLook] !== value)) look = next;
    return look;
  };
}
