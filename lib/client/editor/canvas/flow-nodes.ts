import type { Position } from "@xyflow/react";
import type { GraphNode } from "../../../protocol/graph.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import type { EdgeIndex } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { guessSize, type PlacedPort, portsOfCard, type Size } from "./card-layout.ts";
import { lookOf } from "./card-look.ts";

/** Half of a port's visible size, canvas units: a wire ends at its rim. */
const HALF = 5;

/** Where a wire may end on a node, as React Flow keeps it. */
export type FlowHandle = {
  id: string;
  type: "source" | "target";
  position: Position;
  x: number;
  y: number;
  width: number;
  height: number;
};

/** A node as React Flow wants it. It carries no data: a card picks what it shows by id, so moving one never draws another. */
export type FlowNode = {
  id: string;
  type: "card";
  position: Point;
  data: Record<string, never>;
  selected: boolean;
  ariaLabel: string;
  /** Known before the browser has measured, so that nothing out of sight needs to be drawn once to be wired. */
  measured: Size;
  handles: FlowHandle[];
};

/** All that decides how a node stands on the canvas. */
export type Placing = {
  typeOf(name: string): AnyNode | undefined;
  edges: EdgeIndex;
  selected: ReadonlySet<string>;
  /** As the browser measured them. */
  sizes: ReadonlyMap<string, Size>;
  /** Places of nodes that are on their way and not in the document yet. */
  moving: ReadonlyMap<string, Point>;
};

const NO_DATA: Record<string, never> = {};

/**
 * Turns a document's nodes into React Flow's. A node that did not change keeps its very object: React Flow skips what is identical.
 */
export function createFlowNodes(): (nodes: readonly GraphNode[], placing: Placing) => FlowNode[] {
  let known = new Map<string, { node: GraphNode; ports: readonly PlacedPort[]; flow: FlowNode }>();
  return (nodes, { typeOf, edges, selected, sizes, moving }) => {
    const next: typeof known = new Map();
    const flows = nodes.map((node) => {
      const old = known.get(node.id);
      const type = typeOf(node.type);
      const ports = portsOfCard(node, type, edges);
      const position = moving.get(node.id) ?? node.position;
      const isSelected = selected.has(node.id);
      const size = sizes.get(node.id);
      const ariaLabel = titleOf(node, type);
      const samePorts = old !== undefined && sameList(old.ports, ports);
      const same =
        samePorts &&
        old.flow.selected === isSelected &&
        old.flow.ariaLabel === ariaLabel &&
        (size === undefined || old.flow.measured === size) &&
        old.flow.position.x === position.x &&
        old.flow.position.y === position.y;
      const measured = size ?? old?.flow.measured ?? guessSize(node, lookOf(type), ports);
      const flow: FlowNode = same
        ? old.flow
        : {
            id: node.id,
            type: "card",
            position,
            data: NO_DATA,
            selected: isSelected,
            ariaLabel,
            measured,
            handles:
              samePorts && old.flow.measured.width === measured.width
                ? old.flow.handles
                : ports.map((port) => handleOf(port, measured.width)),
          };
      next.set(node.id, { node, ports: samePorts ? old.ports : ports, flow });
      return flow;
    });
    known = next;
    return flows;
  };
}

const handleOf = ({ name, side, y }: PlacedPort, width: number): FlowHandle => ({
  id: name,
  type: side === "in" ? "target" : "source",
  position: (side === "in" ? "left" : "right") as Position,
  x: (side === "in" ? 0 : width) - HALF,
  y: y - HALF,
  width: HALF * 2,
  height: HALF * 2,
});

/** Ports of a known type are one list for ever; those of a stub, and those that follow from settings, are made anew and compared by name. */
const sameList = (a: readonly PlacedPort[], b: readonly PlacedPort[]): boolean =>
  a === b ||
  (a.length === b.length && a.every((port, index) => port.name === b[index]?.name && port.side === b[index]?.side));
