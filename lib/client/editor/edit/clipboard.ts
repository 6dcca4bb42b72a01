import type { Graph, GraphEdge, GraphInput, GraphNode } from "../../../protocol/graph.ts";
import { looksSecret } from "../../../protocol/looks-secret.ts";
import { nodesIn, type SizeOf } from "./frames.ts";

/** About the size of a card, for where nothing is drawn. */
const CARD = { width: 300, height: 260 };

type Frame = Graph["frames"][number];

/** A part of a graph on its way: what copy writes and paste reads. Plain JSON, so that it can be mailed and put into a ticket. */
export type Clip = {
  format: "throughline/clip";
  version: 1;
  /** The graph it was copied from. */
  graph: string;
  nodes: readonly GraphNode[];
  /** Wires among the nodes. */
  edges: readonly GraphEdge[];
  /** Wires into the nodes from nodes that were not copied; "paste with links" keeps them. */
  links: readonly GraphEdge[];
  frames: readonly Frame[];
  /** Graph inputs the nodes name. */
  inputs: readonly GraphInput[];
};

/** Takes nodes and frames (with the nodes that lie in them) out as a clip; undefined when there is nothing to copy. */
export function makeClip(
  graph: Graph,
  nodeIds: Iterable<string>,
  frameIds: Iterable<string> = [],
  sizeOf: SizeOf = () => CARD,
): Clip | undefined {
  const wantedFrames = new Set(frameIds);
  const frames = graph.frames.filter(({ id }) => wantedFrames.has(id));
  const wanted = new Set(nodeIds);
  for (const frame of frames) for (const id of nodesIn(graph, frame, sizeOf)) wanted.add(id);
  const nodes = graph.nodes.filter(({ id }) => wanted.has(id));
  if (nodes.length === 0 && frames.length === 0) return undefined;
  const into = graph.edges.filter(({ target }) => wanted.has(target));
  return {
    format: "throughline/clip",
    version: 1,
    graph: graph.id,
    nodes,
    edges: into.filter(({ source }) => wanted.has(source)),
    links: into.filter(({ source, loop }) => !wanted.has(source) && !loop),
    frames,
    inputs: graph.inputs.filter(({ key }) => nodes.some(({ config }) => names(config, key))),
  };
}

/** The clip as text for the clipboard. What looks like a key or a password stays behind; `cleaned` counts how much did. */
export function clipText(clip: Clip): { text: string; cleaned: number } {
  const { value, cleaned } = withoutSecrets(clip);
  return { text: JSON.stringify(value, null, 2), cleaned };
}

/** A copy in which every text that looks like a secret is empty, and how many those were. */
export function withoutSecrets<T>(value: T): { value: T; cleaned: number } {
  let cleaned = 0;
  const clean = (one: unknown): unknown => {
    if (typeof one === "string") {
      if (!looksSecret(one)) return one;
      cleaned += 1;
      return "";
    }
    if (Array.isArray(one)) return one.map(clean);
    if (typeof one !== "object" || one === null) return one;
    // Keys come from documents that were read strictly; a name that looks like a secret loses its entry.
    return Object.fromEntries(
      Object.entries(one).flatMap(([key, child]) => {
        if (!looksSecret(key)) return [[key, clean(child)]];
        cleaned += 1;
        return [];
      }),
    );
  };
  return { value: clean(value) as T, cleaned };
}

/** Do settings name this input, in a text or as a binding? */
function names(config: Record<string, unknown>, key: string): boolean {
  const text = JSON.stringify(config);
  return text.includes(`"$input":"${key}"`) || [...text.matchAll(PLACEHOLDER)].some(([, name]) => name === key);
}

/** The name at the start of `{{name.path | filter}}`. */
const PLACEHOLDER = /\{\{\s{0,8}([A-Za-z_][A-Za-z0-9_-]{0,63})/g;
