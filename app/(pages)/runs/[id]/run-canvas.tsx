"use client";
import "@xyflow/react/dist/base.css";
import "../../../graphs/[id]/canvas/canvas.css";
import "../../../graphs/[id]/canvas/cards.css";
import "../../../graphs/[id]/canvas/wires.css";
import { ReactFlow, ReactFlowProvider, useStore as useFlowStore, ViewportPortal } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { createFlowEdges } from "#lib/client/editor/canvas/flow-edges.ts";
import { createFlowNodes } from "#lib/client/editor/canvas/flow-nodes.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { edgesOf, nodesById } from "#lib/client/editor/graph-index.ts";
import { nodeRuns } from "#lib/client/editor/running/node-runs.ts";
import { createEditor, setRun } from "#lib/client/editor/store.ts";
import { EditorContext, useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";
import { Card } from "../../../graphs/[id]/canvas/card.tsx";
import { FarContext } from "../../../graphs/[id]/canvas/far.ts";
import { Frames } from "../../../graphs/[id]/canvas/frames.tsx";
import { useFlowChanges } from "../../../graphs/[id]/canvas/use-flow-changes.ts";
import { Wire } from "../../../graphs/[id]/canvas/wire.tsx";

const registry = createRegistry(NODES);
const NODE_TYPES = { card: Card };
const EDGE_TYPES = { wire: Wire };
const NOTHING: ReadonlySet<string> = new Set();
/** As in the editor: below this a card is its picture, its title and its state. */
const FAR = 0.4;

/** The cards and wires of the editor over a document nobody can change, filled by one run. */
export function RunCanvas({ graph, view }: { graph: Graph; view: RunView }) {
  const [editor] = useState(() => createEditor(graph, { registry }, { state: "read-only" }));
  useEffect(() => {
    setRun(editor, { runId: view.document.runId, view, nodes: nodeRuns(view, editor.getState().run.nodes) });
  }, [editor, view]);
  return (
    <EditorContext value={editor}>
      <ReactFlowProvider>
        <Still />
      </ReactFlowProvider>
    </EditorContext>
  );
}

function Still() {
  const editor = useEditor();
  const nodes = useEditorState(({ document }) => document.nodes);
  const edges = useEditorState(({ document }) => document.edges);
  const far = useFlowStore((state) => state.transform[2] < FAR);
  const toFlowNodes = useMemo(createFlowNodes, []);
  const toFlowEdges = useMemo(createFlowEdges, []);
  const { sizes, moving, onNodesChange } = useFlowChanges(editor);
  const flowNodes = toFlowNodes(nodes, {
    typeOf: registry.get,
    edges: edgesOf({ edges }),
    selected: NOTHING,
    sizes,
    moving,
  });
  const nameOf = (id: string) => {
    const node = nodesById({ nodes }).get(id);
    return node ? titleOf(node, registry.get(node.type)) : id;
  };
  return (
    <FarContext value={far}>
      {/* Nothing in it can be used: keys, clicks and screen readers go on to the steps below. */}
      <div inert className="size-full">
        <ReactFlow
          className={`canvas ${far ? "canvas-far" : ""}`}
          nodes={flowNodes}
          edges={toFlowEdges(edges, NOTHING, nameOf)}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          fitView
          fitViewOptions={{ padding: 0.06, minZoom: 0.02, maxZoom: 1 }}
          minZoom={0.02}
          deleteKeyCode={null}
        >
          <ViewportPortal>
            <Frames />
          </ViewportPortal>
        </ReactFlow>
      </div>
    </FarContext>
  );
}
