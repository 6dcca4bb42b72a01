import type { Graph, GraphEdge, GraphNode } from "../../../protocol/graph.ts";
import { type Registry, schemaOf } from "../../../sdk/registry.ts";
import { portsOf } from "../edit/connect.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import { nodesById } from "../graph-index.ts";
import type { GraphChange } from "./diff-graphs.ts";
import type { MergeConflict } from "./merge-graphs.ts";
import { type WordPiece, wordDiff } from "./word-diff.ts";

/** How a change looks and reads. */
export type ChangeWords = {
  tone: "added" | "removed" | "changed" | "moved";
  /** The thing it happened to, e.g. a node's title. */
  what: string;
  /** What happened, e.g. "Quality: auto → high". */
  says: string;
  /** Word by word, for texts that both sides have. */
  pieces?: WordPiece[];
  /** The node to show on the map. */
  nodeId?: string;
};

/** Values longer than this are texts to compare word by word (characters). */
const SHORT = 40;

const FIELDS: Readonly<Record<string, string>> = {
  title: "Title",
  take: "Take",
  mode: "Mode",
  pin: "Pinned result",
  name: "Name",
  description: "Description",
  typeVersion: "Version of the node type",
  parentId: "Frame",
};

/** Says changes in words a person uses: titles of nodes, ports and settings, never ids where there is a title. */
export function changeWords(registry: Registry, before: Graph, after: Graph): (change: GraphChange) => ChangeWords {
  const names = namesIn(registry, [after, before]);
  return (change) => {
    switch (change.kind) {
      case "node-added":
        return { tone: "added", what: names.node(change.node.id), says: "Added", nodeId: change.node.id };
      case "node-removed":
        return { tone: "removed", what: names.node(change.node.id), says: "Removed", nodeId: change.node.id };
      case "node-moved":
        return { tone: "moved", what: names.node(change.nodeId), says: "Moved", nodeId: change.nodeId };
      case "setting":
        return {
          tone: "changed",
          what: names.node(change.nodeId),
          nodeId: change.nodeId,
          ...fromTo(names.setting(change.nodeId, change.setting), change.before, change.after),
        };
      case "node-field":
        return {
          tone: "changed",
          what: names.node(change.nodeId),
          nodeId: change.nodeId,
          ...fromTo(FIELDS[change.field] ?? plain(change.field), change.before, change.after),
        };
      case "edge-added":
        return { tone: "added", what: "Wire", says: names.wire(change.edge), nodeId: change.edge.target };
      case "edge-removed":
        return { tone: "removed", what: "Wire", says: names.wire(change.edge), nodeId: change.edge.target };
      case "edge-changed":
        return {
          tone: "changed",
          what: "Wire",
          says: `${names.wire(change.before)}${passes(change.before)} → ${names.wire(change.after)}${passes(change.after)}`,
          nodeId: change.after.target,
        };
      case "frame-added":
        return { tone: "added", what: "Frame", says: change.frame.title || change.frame.id };
      case "frame-removed":
        return { tone: "removed", what: "Frame", says: change.frame.title || change.frame.id };
      case "frame-changed":
        return change.before.title === change.after.title
          ? { tone: "moved", what: "Frame", says: `${change.after.title || change.after.id}: moved or resized` }
          : { tone: "changed", what: "Frame", ...fromTo("Title", change.before.title, change.after.title) };
      case "input-added":
        return { tone: "added", what: "Input", says: change.input.title ?? change.input.key };
      case "input-removed":
        return { tone: "removed", what: "Input", says: change.input.title ?? change.input.key };
      case "input-changed":
        return {
          tone: "changed",
          what: "Input",
          ...fromTo(change.after.title ?? change.after.key, change.before, change.after),
        };
      case "graph-field":
        return {
          tone: "changed",
          what: "Graph",
          ...fromTo(FIELDS[change.field] ?? plain(change.field), change.before, change.after),
        };
      case "order":
        return { tone: "moved", what: "Graph", says: `Order of the ${change.list}` };
    }
  };
}

/** Says what stands in the way of a merge. */
export function conflictWords(registry: Registry, ...graphs: readonly Graph[]): (conflict: MergeConflict) => string {
  const names = namesIn(registry, graphs);
  return (conflict) => {
    switch (conflict.at) {
      case "graph":
        return `${FIELDS[conflict.field] ?? plain(conflict.field)} of the graph`;
      case "input":
        return `Input ${conflict.key}`;
      case "edge":
        return `Wire ${names.wireOf(conflict.edgeId)}`;
      case "frame":
        return "A frame";
      case "port":
        return `${names.node(conflict.nodeId)}: both wired ${names.port(conflict.nodeId, "in", conflict.port)}`;
      case "circle":
        return `${names.node(conflict.nodeId)}: the wires of both make a circle`;
      case "node":
        if (conflict.setting !== undefined)
          return `${names.node(conflict.nodeId)}: ${names.setting(conflict.nodeId, conflict.setting)}`;
        if (conflict.field !== undefined)
          return `${names.node(conflict.nodeId)}: ${FIELDS[conflict.field] ?? plain(conflict.field)}`;
        return names.node(conflict.nodeId);
    }
  };
}

function namesIn(registry: Registry, graphs: readonly Graph[]) {
  const node = (id: string): GraphNode | undefined =>
    graphs.map((graph) => nodesById(graph).get(id)).find((one) => one !== undefined);
  const nodeName = (id: string): string => {
    const found = node(id);
    return found ? titleOf(found, registry.get(found.type)) : id;
  };
  const port = (id: string, side: "in" | "out", name: string): string => {
    const found = node(id);
    const ports = found ? portsOf(registry.get(found.type), side, found.config) : {};
    return ports[name]?.title ?? plain(name);
  };
  const wire = (edge: GraphEdge): string =>
    `${nodeName(edge.source)} (${port(edge.source, "out", edge.sourceHandle)}) → ${nodeName(edge.target)} (${port(edge.target, "in", edge.targetHandle)})`;
  return {
    node: nodeName,
    port,
    wire,
    wireOf(id: string): string {
      const edge = graphs.flatMap(({ edges }) => edges).find((one) => one.id === id);
      return edge ? wire(edge) : id;
    },
    setting(id: string, name: string): string {
      const type = registry.get(node(id)?.type ?? "");
      const title = type && schemaOf(type.config).properties?.[name]?.title;
      return title ?? plain(name);
    },
  };
}

const passes = ({ loop }: GraphEdge): string => (loop ? `, at most ${loop.passes} passes` : "");

function fromTo(name: string, before: unknown, after: unknown): { says: string; pieces?: WordPiece[] } {
  const texts = typeof before === "string" && typeof after === "string";
  if (texts && before.length + after.length > SHORT && before !== "" && after !== "")
    return { says: `${name}:`, pieces: wordDiff(before, after) };
  return { says: `${name}: ${shown(before)} → ${shown(after)}` };
}

function shown(value: unknown): string {
  if (value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

/** `imageModel` → `Image model`, for what has no title. */
const plain = (name: string): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
