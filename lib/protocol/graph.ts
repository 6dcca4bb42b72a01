import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { AssetId } from "./values.ts";

/** Ids no node, edge or frame may have. Ids are kept in Maps, never as keys of plain objects. */
export const RESERVED_IDS = new Set(["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty"]);

const Position = z.object({ x: z.number(), y: z.number() });

export const INPUT_TYPES = ["text", "longtext", "number", "boolean", "choice", "color", "image"] as const;

/** A typed variable the graph exposes. `many` is for images only. */
export const GraphInput = z.strictObject({
  key: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, "a key starts with a letter and holds letters, digits, _ and -"),
  title: z.string().optional(),
  description: z.string().optional(),
  type: z.enum(INPUT_TYPES).default("text"),
  default: z.unknown().optional(),
  required: z.boolean().default(false),
  options: z
    .array(z.union([z.string(), z.strictObject({ value: z.string(), title: z.string().optional() })]))
    .optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  many: z.boolean().optional(),
});
export type GraphInput = z.infer<typeof GraphInput>;

export const NODE_MODES = ["on", "bypass", "mute"] as const;

/** A node of the document. Width, height and parentId belong to the canvas; they never count for results. */
export const GraphNode = z.strictObject({
  id: z.string(),
  type: z.string(),
  typeVersion: z.int().min(1).default(1),
  title: z.string().optional(),
  position: Position.default({ x: 0, y: 0 }),
  config: z.record(z.string(), z.unknown()).default({}),
  take: z.int().min(1).default(1),
  mode: z.enum(NODE_MODES).default("on"),
  pin: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  parentId: z.string().optional(),
  collapsed: z.boolean().optional(),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const GraphEdge = z.strictObject({
  id: z.string(),
  source: z.string(),
  sourceHandle: z.string(),
  target: z.string(),
  targetHandle: z.string(),
  loop: z.strictObject({ passes: z.int().min(1).max(20) }).optional(),
});
export type GraphEdge = z.infer<typeof GraphEdge>;

export const GraphFrame = z.strictObject({
  id: z.string(),
  title: z.string().default(""),
  position: Position.default({ x: 0, y: 0 }),
  width: z.number().default(400),
  height: z.number().default(300),
  color: z.string().optional(),
});

const PortEnd = z.strictObject({ node: z.string(), port: z.string() });
const PortKey = z.string().regex(/^[A-Za-z0-9_-]{1,140}$/, "the name of a port holds letters, digits, _ and -");

/**
 * Where a graph is open to the graph around it when it is used as a subgraph: an input port leads to ports inside, an output port is fed by one.
 * Without this the ports follow from what is left unwired (lib/engine/boundary.ts).
 */
export const GraphPorts = z.strictObject({
  inputs: z
    .array(
      z.strictObject({ key: PortKey, title: z.string().max(200).optional(), to: z.array(PortEnd).min(1).max(100) }),
    )
    .max(LIMITS.inputs)
    .default([]),
  outputs: z
    .array(z.strictObject({ key: PortKey, title: z.string().max(200).optional(), from: PortEnd }))
    .max(LIMITS.inputs)
    .default([]),
});
export type GraphPorts = z.infer<typeof GraphPorts>;

/** The document a person draws. Never holds results, pixels or secrets. */
export const Graph = z.strictObject({
  format: z.literal("throughline/graph").default("throughline/graph"),
  version: z.literal(1).default(1),
  id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/)
    .default("untitled"),
  name: z.string().max(200).default("Untitled"),
  description: z.string().max(LIMITS.stringBytes).optional(),
  inputs: z.array(GraphInput).max(LIMITS.inputs).default([]),
  nodes: z.array(GraphNode).default([]),
  edges: z.array(GraphEdge).default([]),
  frames: z.array(GraphFrame).default([]),
  ports: GraphPorts.optional(),
  viewport: z.strictObject({ x: z.number(), y: z.number(), zoom: z.number() }).optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
});
export type Graph = z.infer<typeof Graph>;

/** The value of an `image` input. */
export const ImageInput = z.object({ asset: AssetId, note: z.string().optional() });
export type ImageInput = z.infer<typeof ImageInput>;
/** What a run gives to the graph's inputs, by key. */
export type InputValues = Record<string, unknown>;
