"use client";
import type { EdgeChange, NodeChange, OnNodeDrag } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import { canvasOf } from "#lib/client/editor/canvas/canvas-state.ts";
import type { Size } from "#lib/client/editor/canvas/card-layout.ts";
import type { FlowEdge } from "#lib/client/editor/canvas/flow-edges.ts";
import type { FlowNode } from "#lib/client/editor/canvas/flow-nodes.ts";
import { wireUnder } from "#lib/client/editor/canvas/wire-path.ts";
import { duplicateNodes } from "#lib/client/editor/edit/duplicate.ts";
import { moveNodes } from "#lib/client/editor/edit/edit-nodes.ts";
import { insertOnEdge } from "#lib/client/editor/edit/insert-on-edge.ts";
import { edgesOf, nodesById } from "#lib/client/editor/graph-index.ts";
import type { Point } from "#lib/client/editor/state.ts";
import { change, type Editor, select } from "#lib/client/editor/store.ts";

const AT_REST: ReadonlyMap<string, Point> = new Map();

/**
 * What React Flow reports, taken into the document. A node on its way is only shown elsewhere; where it lands is one step of the command
 * log: a move, a copy (Alt held when it began) or an insertion into the wire under it (Alt suppresses that).
 */
export function useFlowChanges(editor: Editor) {
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [moving, setMoving] = useState(AT_REST);
  const drag = useRef({ copies: false, alt: false, places: AT_REST });
  const drawn = useRef<{ nodes: FlowNode[]; edges: FlowEdge[] }>({ nodes: [], edges: [] });
  const canvas = canvasOf(editor);

  const land = useCallback(
    (places: ReadonlyMap<string, Point>) => {
      const { copies, alt } = drag.current;
      const over = canvas.getState().overWire;
      drag.current = { copies: false, alt: false, places: AT_REST };
      canvas.setState({ overWire: undefined });
      setMoving(AT_REST);
      const { registry } = editor.around;
      if (copies) return dropCopies(editor, places);
      const [held] = places.keys();
      if (over !== undefined && held !== undefined && !alt) {
        const put = change(editor, "Insert into the wire", (graph) =>
          insertOnEdge(moveNodes(graph, places), registry, over, held),
        );
        if (put) return;
      }
      change(editor, "Move", (graph) => moveNodes(graph, places));
    },
    [editor, canvas],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const measured = changes.flatMap((one) =>
        one.type === "dimensions" && one.dimensions ? [[one.id, one.dimensions] as const] : [],
      );
      if (measured.length > 0) setSizes((old) => new Map([...old, ...measured]));
      const moves = changes.filter((one) => one.type === "position");
      // React Flow goes on writing into the very objects it reports.
      const places = new Map(moves.flatMap(({ id, position }) => (position ? [[id, { ...position }] as const] : [])));
      if (places.size > 0) {
        if (moves.some(({ dragging }) => dragging)) {
          drag.current.places = places;
          setMoving(places);
        } else if (drag.current.places.size > 0) land(places);
        else nudge(editor, places);
      }
      const picks = changes.filter((one) => one.type === "select");
      if (picks.length > 0) {
        const { selectedNodes, selectedEdges, selectedFrames } = editor.getState().view;
        const next = toggled(selectedNodes, picks);
        select(editor, next, selectedEdges, next.size > 0 && selectedNodes.size === 0 ? [] : selectedFrames);
      }
    },
    [editor, land],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const picks = changes.filter((one) => one.type === "select");
      if (picks.length === 0) return;
      const { selectedNodes, selectedEdges, selectedFrames } = editor.getState().view;
      select(editor, selectedNodes, toggled(selectedEdges, picks), selectedFrames);
    },
    [editor],
  );

  const dragging = useMemo(() => {
    const onDragStart = (event: { altKey?: boolean }) => {
      drag.current = { copies: event.altKey === true, alt: event.altKey === true, places: AT_REST };
    };
    const onDrag: OnNodeDrag<FlowNode> = (event, node, nodes) => {
      drag.current.alt = event.altKey;
      const { copies } = drag.current;
      const over = nodes.length === 1 && !event.altKey && !copies ? wireFor(editor, node, drawn.current) : undefined;
      if (canvas.getState().overWire !== over) canvas.setState({ overWire: over });
    };
    return { onDragStart, onDrag };
  }, [editor, canvas]);

  return {
    sizes,
    moving,
    onNodesChange,
    onEdgesChange,
    ...dragging,
    /** Remembers what is drawn now, for what is dropped on it. */
    shown(nodes: FlowNode[], edges: FlowEdge[]) {
      drawn.current = { nodes, edges };
    },
  };
}

/** The wire under a node that is free to go into one. */
function wireFor(editor: Editor, held: FlowNode, drawn: { nodes: FlowNode[]; edges: FlowEdge[] }): string | undefined {
  const { document } = editor.getState();
  const index = edgesOf(document);
  if (index.into(held.id).length + index.outOf(held.id).length > 0) return undefined;
  const over = wireUnder(held, drawn.edges, new Map(drawn.nodes.map((node) => [node.id, node])));
  if (over === undefined) return undefined;
  return insertOnEdge(document, editor.around.registry, over, held.id) === document ? undefined : over;
}

/** What was dragged stays where it was; copies land where it was let go. */
function dropCopies(editor: Editor, places: ReadonlyMap<string, Point>): void {
  const { document } = editor.getState();
  const [first] = places;
  const from = first && nodesById(document).get(first[0])?.position;
  if (!first || !from) return;
  const made = duplicateNodes(document, places.keys(), { x: first[1].x - from.x, y: first[1].y - from.y });
  change(editor, "Duplicate", () => made.graph, { select: made.ids, say: "Duplicated" });
}

/** Arrow keys: steps of the same nodes that follow each other are one step to undo. */
const nudge = (editor: Editor, places: ReadonlyMap<string, Point>): void =>
  void change(editor, "Move", (graph) => moveNodes(graph, places), { merge: `nudge ${[...places.keys()].join(" ")}` });

function toggled(old: ReadonlySet<string>, picks: readonly { id: string; selected: boolean }[]): Set<string> {
  const next = new Set(old);
  for (const { id, selected } of picks) selected ? next.add(id) : next.delete(id);
  return next;
}
