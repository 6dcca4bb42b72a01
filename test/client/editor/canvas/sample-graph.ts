import type { NodeRun } from "#lib/client/editor/node-run.ts";
import { createEditor, type Editor } from "#lib/client/editor/store.ts";
import type { Graph, GraphEdge, GraphNode } from "#lib/protocol/graph.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

export const registry = createRegistry(NODES);

/** A node of a test's graph. */
export const node = (id: string, type: string, x = 0, y = 0, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  position: { x, y },
  config: {},
  take: 1,
  mode: "on",
  ...more,
});

/** `hero.image > edit.image`, with the id `hero-edit`. */
export function edge(wire: string, more: Partial<GraphEdge> = {}): GraphEdge {
  const [source = "", sourceHandle = "", target = "", targetHandle = ""] = wire.split(/\.| > /);
  return { id: `${source}-${target}`, source, sourceHandle, target, targetHandle, ...more };
}

export const graph = (nodes: GraphNode[], edges: GraphEdge[] = [], more: Partial<Graph> = {}): Graph => ({
  format: "throughline/graph",
  version: 1,
  id: "test",
  name: "Test",
  inputs: [],
  nodes,
  edges,
  frames: [],
  ...more,
});

export const editorOf = (document: Graph): Editor => createEditor(document, { registry });

/** A picture; with a depth it is the turn of a conversation. */
export const picture = (depth?: number, more: Partial<ImageValue> = {}): ImageValue => ({
  kind: "image",
  asset: `sha256:${"a".repeat(64)}`,
  width: 1536,
  height: 1024,
  mediaType: "image/png",
  made: { by: "model" },
  ...(depth === undefined ? {} : { turn: { responseId: "resp_1", depth, provider: "simulator", createdAt: 0 } }),
  ...more,
});

/** What a finished node did. */
export const nodeRun = (more: Partial<NodeRun> = {}): NodeRun => ({
  runId: "run_1",
  state: "done",
  cached: false,
  stale: false,
  pass: 0,
  passes: 1,
  rehydrated: false,
  costUsd: 0,
  warnings: [],
  outputs: {},
  partials: [],
  calls: [],
  ...more,
});
