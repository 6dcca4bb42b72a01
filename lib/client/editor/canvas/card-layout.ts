import type { GraphNode } from "../../../protocol/graph.ts";
import type { PortKind } from "../../../protocol/values.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import type { Port } from "../../../sdk/ports.ts";
import { portsOf } from "../edit/connect.ts";
import type { EdgeIndex } from "../graph-index.ts";
import { type Look, lookOf } from "./card-look.ts";

/** Measures of a card in canvas units. */
export const CARD = { width: 300, header: 34, firstPort: 56, portStep: 28, foot: 16, dot: 30 } as const;

export type Size = { width: number; height: number };

/** A port where it stands on its card; `y` is the middle, measured from the card's top. */
export type PlacedPort = {
  name: string;
  side: "in" | "out";
  kind: PortKind;
  title: string;
  optional: boolean;
  many: boolean;
  y: number;
};

const placed = new WeakMap<object, Map<boolean, readonly PlacedPort[]>>();

/** The ports of a known type, in their places. */
export function portsInPlace(type: AnyNode, config: Record<string, unknown>): readonly PlacedPort[] {
  const withError = config.onError === "continue";
  // Ports that follow from the settings are one list for each settings object.
  const holder = type.portsFor ? config : type;
  const byError = placed.get(holder) ?? new Map<boolean, readonly PlacedPort[]>();
  placed.set(holder, byError);
  let ports = byError.get(withError);
  if (!ports) {
    const look = lookOf(type);
    ports = (["in", "out"] as const).flatMap((side) =>
      Object.entries(portsOf(type, side, config)).map(([name, port], index) => inPlace(name, port, side, index, look)),
    );
    byError.set(withError, ports);
  }
  return ports;
}

/** The ports of a node: of its type; where that is unknown, or its ports follow from what nobody has read yet, those its wires name. */
export function portsOfCard(
  node: Pick<GraphNode, "id" | "config">,
  type: AnyNode | undefined,
  edges: EdgeIndex,
): readonly PlacedPort[] {
  const known = type ? portsInPlace(type, node.config) : [];
  return type && (known.length > 0 || !type.portsFor) ? known : portsOfStub(node.id, edges);
}

/** The ports an unknown type must have had: those its wires name. */
export function portsOfStub(nodeId: string, edges: EdgeIndex): readonly PlacedPort[] {
  const names = (side: "in" | "out") =>
    side === "in"
      ? edges.into(nodeId).map(({ targetHandle }) => targetHandle)
      : edges.outOf(nodeId).map(({ sourceHandle }) => sourceHandle);
  return (["in", "out"] as const).flatMap((side) =>
    [...new Set(names(side))].map((name, index) => inPlace(name, { kind: "any", optional: true }, side, index, "stub")),
  );
}

function inPlace(name: string, port: Port, side: "in" | "out", index: number, look: Look): PlacedPort {
  return {
    name,
    side,
    kind: port.kind,
    title: port.title ?? name,
    optional: side === "in" && (port.optional ?? false),
    many: port.many ?? false,
    y: look === "dot" ? CARD.dot / 2 : CARD.firstPort + index * CARD.portStep,
  };
}

/** The least height at which every port stands on the card. */
export const leastHeight = (ports: readonly PlacedPort[]): number =>
  Math.max(CARD.header + CARD.foot, ...ports.map(({ y }) => y + CARD.foot));

/** What a card will about measure, before the browser has said. */
export function guessSize(node: Pick<GraphNode, "width" | "height">, look: Look, ports: readonly PlacedPort[]): Size {
  if (look === "dot") return { width: CARD.dot, height: CARD.dot };
  if (look === "note") return { width: node.width ?? 240, height: node.height ?? 140 };
  return { width: CARD.width, height: Math.max(leastHeight(ports), 220) };
}

/** The same guess for a node of the document. */
export function guessNode(node: GraphNode, type: AnyNode | undefined): Size {
  return guessSize(node, lookOf(type), type ? portsInPlace(type, node.config) : []);
}
