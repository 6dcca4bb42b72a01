import type { Graph, GraphEdge } from "../../../protocol/graph.ts";
import { GRAPH_VERSION } from "../../../protocol/graph-migrations.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { parseJson } from "../../../protocol/parse-json.ts";
import { InvalidError, type Problem } from "../../../protocol/problems.ts";
import { readGraph } from "../../../protocol/read-graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { nodesById } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { type Clip, withoutSecrets } from "./clipboard.ts";
import { refusal } from "./connect.ts";
import { addCopies } from "./duplicate.ts";
import { newId } from "./new-id.ts";

/** What a text from outside turned out to be. `cleaned`: texts taken out because they look like secrets. */
export type Pasted =
  | { kind: "clip"; clip: Clip; cleaned: number }
  | { kind: "graph"; graph: Graph; cleaned: number }
  | { kind: "text"; text: string }
  | { kind: "refused"; why: string };

/** Says what a pasted text is: a clip, a whole graph, words, or nothing we take in, with a sentence. Never throws. */
export function readPaste(text: string): Pasted {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "refused", why: "There is nothing to paste." };
  if (!trimmed.startsWith("{") || !/"(?:format|nodes)"\s*:/.test(trimmed.slice(0, LIMITS.jsonBytes)))
    return readWords(text);
  try {
    return readDocument(parseJson(trimmed));
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    return { kind: "refused", why: firstOf(error.problems) };
  }
}

function readWords(text: string): Pasted {
  if (new TextEncoder().encode(text).length > LIMITS.stringBytes)
    return { kind: "refused", why: `This text is longer than the limit of ${LIMITS.stringBytes / 1024} kB.` };
  return { kind: "text", text };
}

function readDocument(value: unknown): Pasted {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { kind: "refused", why: "A graph is a JSON object." };
  // A template that was shared as text brings its graph; its form comes along where files are opened.
  const { format: said, graph: inside } = value as Record<string, unknown>;
  if (said === "throughline/template") return readDocument(inside);
  const { value: clean, cleaned } = withoutSecrets(value as Record<string, unknown>);
  const { format = "throughline/graph", links, graph: from, ...rest } = clean;
  if (format !== "throughline/clip") {
    const { graph, problems } = readGraph(clean);
    const why = refusedFor(problems);
    return graph && why === undefined ? { kind: "graph", graph, cleaned } : { kind: "refused", why: why ?? UNREADABLE };
  }
  if (rest.version !== 1)
    return { kind: "refused", why: "This clip comes from a newer version of the program. Update the program." };
  const { nodes, edges, frames, inputs } = rest;
  const outer = Array.isArray(links) ? links : [];
  const document = {
    version: GRAPH_VERSION,
    id: typeof from === "string" ? from : "clip",
    nodes,
    edges: [...(Array.isArray(edges) ? edges : []), ...outer],
    frames,
    inputs,
  };
  const { graph, problems } = readGraph(document);
  const why = refusedFor(problems);
  if (!graph || why !== undefined) return { kind: "refused", why: why ?? UNREADABLE };
  const ids = nodesById(graph);
  const into = graph.edges.filter(({ target }) => ids.has(target));
  const clip: Clip = {
    format,
    version: 1,
    graph: graph.id,
    nodes: graph.nodes,
    edges: into.filter(({ source }) => ids.has(source)),
    links: into.filter(({ source }) => !ids.has(source)),
    frames: graph.frames,
    inputs: graph.inputs,
  };
  return { kind: "clip", clip, cleaned };
}

const UNREADABLE = "This could not be read as a graph.";
const firstOf = (problems: readonly Problem[]): string => problems[0]?.message ?? UNREADABLE;
const refusedFor = (problems: readonly Problem[]): string | undefined =>
  problems.find(({ level }) => level === "error")?.message;

/** A whole graph as a clip, to put its nodes into another one. */
export const clipOf = (graph: Graph): Clip => ({
  format: "throughline/clip",
  version: 1,
  graph: graph.id,
  nodes: graph.nodes,
  edges: graph.edges,
  links: [],
  frames: graph.frames,
  inputs: graph.inputs,
});

/**
 * Puts a clip into a document with its upper left corner at a place. Ids that are taken change; graph inputs the document lacks come along.
 * `links` keeps the wires from nodes that were not copied, where this document still has them and they still fit. Says why not when
 * the document would grow over its limits.
 */
export function pasteClip(
  graph: Graph,
  registry: Registry,
  clip: Clip,
  at: Point,
  { links = false }: { links?: boolean } = {},
): { graph: Graph; nodes: string[]; frames: string[]; refused?: string } {
  if (graph.nodes.length + clip.nodes.length > LIMITS.nodes || graph.edges.length + clip.edges.length > LIMITS.edges)
    return {
      graph,
      nodes: [],
      frames: [],
      refused: `A graph holds at most ${LIMITS.nodes} nodes and ${LIMITS.edges} edges.`,
    };
  const corner = cornerOf(clip);
  const offset = { x: at.x - corner.x, y: at.y - corner.y };
  const wires = sound(links && clip.graph === graph.id ? [...clip.edges, ...clip.links] : clip.edges, clip);
  const pasted = addCopies(graph, { nodes: clip.nodes, edges: wires }, offset, { incoming: links, registry });
  const frameIds = new Set(graph.frames.map(({ id }) => id));
  const frames = clip.frames.map((frame) => {
    const id = frameIds.has(frame.id) ? newId(frameIds, frame.id.replace(/-\d+$/, "")) : frame.id;
    frameIds.add(id);
    const position = { x: Math.round(frame.position.x + offset.x), y: Math.round(frame.position.y + offset.y) };
    return { ...frame, id, position };
  });
  const known = new Set(graph.inputs.map(({ key }) => key));
  const inputs = clip.inputs.filter(({ key }) => !known.has(key)).slice(0, LIMITS.inputs - graph.inputs.length);
  const next: Graph = {
    ...pasted.graph,
    ...(frames.length > 0 ? { frames: [...graph.frames, ...frames] } : {}),
    ...(inputs.length > 0 ? { inputs: [...graph.inputs, ...inputs] } : {}),
  };
  const changed = pasted.ids.length + frames.length > 0;
  return changed
    ? { graph: onlyFitting(next, registry, graph), nodes: pasted.ids, frames: frames.map(({ id }) => id) }
    : { graph, nodes: [], frames: [] };
}

/** Wires whose ends are both known: a clip written by hand may name nodes that are not there. */
const sound = (edges: readonly GraphEdge[], clip: Clip): GraphEdge[] => {
  const ids = new Set(clip.nodes.map(({ id }) => id));
  return edges.filter(({ target }) => ids.has(target));
};

/** Leaves out wires that came along and fit no port; those between nodes of unknown type stay, as they do in any document. */
function onlyFitting(next: Graph, registry: Registry, before: Graph): Graph {
  const old = new Set(before.edges);
  const ids = nodesById(next);
  const rest = next.edges.filter((edge) => {
    if (old.has(edge)) return true;
    const [from, to] = [ids.get(edge.source), ids.get(edge.target)];
    if (!from || !to || !registry.get(from.type) || !registry.get(to.type)) return true;
    const { source, sourceHandle, target, targetHandle } = edge;
    return refusal({ ...next, edges: [] }, registry, { source, sourceHandle, target, targetHandle }) === null;
  });
  return rest.length === next.edges.length ? next : { ...next, edges: rest };
}

function cornerOf({ nodes, frames }: Clip): Point {
  const places = [...nodes, ...frames].map(({ position }) => position);
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}
