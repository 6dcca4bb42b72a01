import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import { changeNode, changeNodes } from "./edit-nodes.ts";

/** Sets the mode of nodes. */
export const setMode = (graph: Graph, ids: Iterable<string>, mode: GraphNode["mode"]): Graph =>
  changeNodes(graph, ids, (node) => (node.mode === mode ? node : { ...node, mode }));

/** Sets a node's take, a whole number from 1 on. */
export const setTake = (graph: Graph, id: string, take: number): Graph =>
  changeNode(graph, id, (node) => {
    const next = Math.max(1, Math.round(take));
    return node.take === next || !Number.isFinite(next) ? node : { ...node, take: next };
  });

/** Puts another set of settings in place of a node's own; what happens when it fails stays. */
export const replaceConfig = (graph: Graph, id: string, config: Record<string, unknown>): Graph =>
  changeNode(graph, id, (node) => {
    const { onError } = node.config;
    return { ...node, config: { ...structuredClone(config), ...(onError === undefined ? {} : { onError }) } };
  });

/** Sets one setting of several nodes; `undefined` takes it out. */
export const setSettings = (graph: Graph, ids: Iterable<string>, field: string, value: unknown): Graph =>
  changeNodes(graph, ids, (node) => {
    if (value === undefined && !(field in node.config)) return node;
    const { [field]: _, ...rest } = node.config;
    return { ...node, config: value === undefined ? rest : { ...node.config, [field]: value } };
  });
