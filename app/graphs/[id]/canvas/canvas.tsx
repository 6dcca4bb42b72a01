"use client";
import "@xyflow/react/dist/base.css";
import { Background, type NodeChange, ReactFlow, type ReactFlowInstance } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import { createFlowNodes, type FlowNode } from "#lib/client/editor/canvas/flow-nodes.ts";
import { connect, refusal } from "#lib/client/editor/edit/connect.ts";
import { moveNodes } from "#lib/client/editor/edit/edit-nodes.ts";
import type { Point } from "#lib/client/editor/state.ts";
import { change, seal, select } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Card } from "./card.tsx";

const NODE_TYPES = { card: Card };

/** The document as React Flow draws it. Every change goes into the document first and comes back from there. */
export function Canvas() {
  const editor = useEditor();
  const nodes = useEditorState(({ document }) => document.nodes);
  const edges = useEditorState(({ document }) => document.edges);
  const selected = useEditorState(({ view }) => view.selectedNodes);
  const [sizes, setSizes] = useState<ReadonlyMap<string, { width: number; height: number }>>(new Map());
  const flowNodes = useMemo(createFlowNodes, []);
  const drag = useRef(0);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const places = new Map<string, Point>();
      let dropped = false;
      for (const one of changes) {
        if (one.type === "position" && one.position) {
          places.set(one.id, one.position);
          dropped ||= one.dragging === false;
        }
      }
      const measured = changes.flatMap((one) =>
        one.type === "dimensions" && one.dimensions ? [[one.id, one.dimensions] as const] : [],
      );
      if (measured.length > 0) setSizes((old) => new Map([...old, ...measured]));
      if (places.size > 0)
        change(editor, "Move", (graph) => moveNodes(graph, places), { merge: `drag-${drag.current}` });
      if (dropped) {
        drag.current += 1;
        seal(editor);
      }
      const picks = changes.filter((one) => one.type === "select");
      if (picks.length > 0) {
        const next = new Set(editor.getState().view.selectedNodes);
        for (const { id, selected: on } of picks) on ? next.add(id) : next.delete(id);
        select(editor, next);
      }
    },
    [editor],
  );

  return (
    <ReactFlow
      nodes={flowNodes(nodes, selected, sizes)}
      edges={edges as never}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      onConnect={(ends) => change(editor, "Connect", (graph) => connect(graph, editor.around.registry, ends as never))}
      isValidConnection={(ends) => refusal(editor.getState().document, editor.around.registry, ends as never) === null}
      onInit={(flow: ReactFlowInstance<FlowNode>) => void flow.fitView()}
      onlyRenderVisibleElements
      minZoom={0.05}
      maxZoom={4}
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      proOptions={{ hideAttribution: true }}
    >
      <Background gap={24} size={1} />
    </ReactFlow>
  );
}
