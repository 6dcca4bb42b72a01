import type { Graph } from "../../../protocol/graph.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import type { Stroke } from "../../../sdk/image-tools.ts";
import { schemaOf } from "../../../sdk/registry.ts";
import { nodesById } from "../graph-index.ts";
import { changeNode } from "./edit-nodes.ts";

/** What the painter changes of a node. */
export type Painted = { strokes: readonly Stroke[]; grow: number; feather: number; invert: boolean };

type Property = { type?: unknown; enum?: unknown; default?: unknown; minimum?: number; maximum?: number };

/** The settings beside the strokes that a node type has, by their keys; the painter shows only what is there. */
export function paintSettings(type: AnyNode): {
  grow?: Property;
  feather?: Property;
  invert?: Property;
  source?: Property;
} {
  const properties = (schemaOf(type.config) as { properties?: Record<string, Property> }).properties ?? {};
  const { grow, feather, invert, source } = properties;
  return {
    ...(isNumber(grow) ? { grow } : {}),
    ...(isNumber(feather) ? { feather } : {}),
    ...(invert?.type === "boolean" ? { invert } : {}),
    ...(Array.isArray(source?.enum) && source.enum.includes("paint") ? { source } : {}),
  };
}

/** What is painted on a node now. A setting bound to an input of the graph counts as its default. */
export function paintedOn(graph: Graph, type: AnyNode, nodeId: string, field: string): Painted {
  const config = nodesById(graph).get(nodeId)?.config ?? {};
  const strokes = config[field];
  const number = (value: unknown): number => (typeof value === "number" ? value : 0);
  const known = paintSettings(type);
  return {
    strokes: Array.isArray(strokes) ? (strokes as Stroke[]) : [],
    grow: known.grow ? number(config.grow) : 0,
    feather: known.feather ? number(config.feather) : 0,
    invert: known.invert !== undefined && config.invert === true,
  };
}

/** Saves what was painted: strokes, the settings beside them, and that the mask is a painted one. Defaults stay unwritten. */
export function savePainted(graph: Graph, type: AnyNode, nodeId: string, field: string, painted: Painted): Graph {
  const known = paintSettings(type);
  return changeNode(graph, nodeId, (node) => {
    const config: Record<string, unknown> = { ...node.config, [field]: painted.strokes };
    const set = (key: "grow" | "feather" | "invert", value: unknown, empty: unknown) => {
      if (!known[key]) return;
      if (value === empty) delete config[key];
      else config[key] = value;
    };
    set("grow", painted.grow, 0);
    set("feather", painted.feather, 0);
    set("invert", painted.invert, false);
    if (known.source) {
      if (known.source.default === "paint") delete config.source;
      else config.source = "paint";
    }
    return { ...node, config };
  });
}

const isNumber = (property: Property | undefined): boolean =>
  property?.type === "number" || property?.type === "integer";
