import type { Graph, GraphNode, InputValues } from "../protocol/graph.ts";
import { canonical } from "./canonical.ts";

/**
 * A short name for what makes a node's results, but for its own take: its type and settings and, over its wires, those of everything before
 * it with their takes. Two documents that give a node the same recipe give it the same results, take by take. It is cheaper and blunter than a
 * cache key: it can be had without running anything, and what it calls different may still be the same result.
 */
export function recipes(
  graph: Pick<Graph, "nodes" | "edges">,
  facts: {
    inputs: InputValues;
    takes?: Readonly<Record<string, number>>;
    /** By node: a short name of what it takes in that stands outside the document, at the version it is taken in at. */
    outside?: Readonly<Record<string, string>>;
  },
): ReadonlyMap<string, string> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const into = Map.groupBy(graph.edges, (edge) => edge.target);
  const inputs = canonical(facts.inputs);
  const made = new Map<string, string>();
  const open = new Set<string>();

  const own = (node: GraphNode): string => {
    const { type, typeVersion, config, mode, pin } = node;
    if (pin !== undefined) return canonical({ pin });
    const { name, usesInputs } = settingsOf(config);
    const outside = facts.outside && Object.hasOwn(facts.outside, node.id) ? facts.outside[node.id] : undefined;
    return canonical({ type, typeVersion, mode, name, outside, filled: usesInputs ? inputs : "" });
  };
  const takeOf = ({ id, take }: GraphNode): number =>
    facts.takes && Object.hasOwn(facts.takes, id) ? (facts.takes[id] ?? take) : take;

  const recipe = (node: GraphNode): string => {
    const known = made.get(node.id);
    if (known !== undefined) return known;
    open.add(node.id);
    const wires =
      node.pin !== undefined
        ? []
        : (into.get(node.id) ?? []).map((edge) => {
            const source = nodes.get(edge.source);
            const { sourceHandle, targetHandle, loop } = edge;
            // The way back of a loop is named, not followed; so is a circle nobody marked as one.
            const from =
              source && !loop && !open.has(source.id)
                ? `${recipe(source)}#${source.pin === undefined ? takeOf(source) : 0}`
                : edge.source;
            return { from, sourceHandle, targetHandle, passes: loop?.passes };
          });
    open.delete(node.id);
    const short = shortName(canonical([own(node), wires]));
    made.set(node.id, short);
    return short;
  };
  for (const node of graph.nodes) recipe(node);
  return made;
}

/** By settings object, because documents are never changed in place and some settings (strokes of a brush) are long. */
const settings = new WeakMap<object, { name: string; usesInputs: boolean }>();

function settingsOf(config: GraphNode["config"]): { name: string; usesInputs: boolean } {
  const known = settings.get(config);
  if (known) return known;
  const text = canonical(config);
  const read = { name: shortName(text), usesInputs: text.includes("{{") || text.includes('"$input"') };
  settings.set(config, read);
  return read;
}

/** 106 bits of a text: enough to tell recipes apart, not meant to withstand anybody. */
const shortName = (text: string): string => `${mix(text, 0x9e3779b9)}${mix(text, 0x7f4a7c15)}`;

/** Multiply and rotate over the code units, two lanes (after the public-domain cyrb53). */
function mix(text: string, seed: number): string {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & b) + (a >>> 0)).toString(36).padStart(11, "0");
}
