"use client";
import dynamic from "next/dynamic";
import "@xyflow/react/dist/base.css";
import "./canvas.css";
import "./cards.css";
import "./floating.css";
import "./wires.css";
import { ReactFlow, ReactFlowProvider, SelectionMode, useStore as useFlowStore, ViewportPortal } from "@xyflow/react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { canvasOf, GRID } from "#lib/client/editor/canvas/canvas-state.ts";
import { createFlowEdges } from "#lib/client/editor/canvas/flow-edges.ts";
import { createFlowNodes } from "#lib/client/editor/canvas/flow-nodes.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { edgesOf, nodesById } from "#lib/client/editor/graph-index.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Card } from "./card.tsx";
import { ConnectionWire } from "./connection-wire.tsx";
import { Dots } from "./dots.tsx";
import { FarContext } from "./far.ts";
import { Frames } from "./frames.tsx";
import { MiniMap } from "./mini-map.tsx";
import { ToolsBar } from "./tools-bar.tsx";
import { useConnecting } from "./use-connecting.ts";
import { useFlowChanges } from "./use-flow-changes.ts";
import { useOpeners } from "./use-openers.ts";
import { LEAST_ZOOM, openingView, useViewport } from "./use-viewport.ts";
import { Wire } from "./wire.tsx";

const EmptyCanvas = dynamic(() => import("./empty-canvas.tsx").then((part) => part.EmptyCanvas));

const NODE_TYPES = { card: Card };
const EDGE_TYPES = { wire: Wire };
const MIDDLE_BUTTON = [1];
const SNAP: [number, number] = [GRID, GRID];
/** Below this zoom a card is its picture, its title and its state. */
const FAR = 0.4;
/** Below this one nobody can read a title any more. */
const TINY = 0.16;

/** The document as React Flow draws it. Every change goes into the document first and comes back from there. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

function Flow() {
  const editor = useEditor();
  const { registry } = editor.around;
  const nodes = useEditorState(({ document }) => document.nodes);
  const edges = useEditorState(({ document }) => document.edges);
  const selected = useEditorState(({ view }) => view.selectedNodes);
  const selectedEdges = useEditorState(({ view }) => view.selectedEdges);
  const tool = useStore(canvasOf(editor), (state) => state.tool);
  const snap = useStore(canvasOf(editor), (state) => state.snap);
  const far = useFlowStore((state) => state.transform[2] < FAR);
  const tiny = useFlowStore((state) => state.transform[2] < TINY);
  const toFlowNodes = useMemo(createFlowNodes, []);
  const toFlowEdges = useMemo(createFlowEdges, []);
  const changes = useFlowChanges(editor);
  const flowNodes = toFlowNodes(nodes, {
    typeOf: registry.get,
    edges: edgesOf({ edges }),
    selected,
    sizes: changes.sizes,
    moving: changes.moving,
  });
  const nameOf = (id: string) => {
    const node = nodesById({ nodes }).get(id);
    return node ? titleOf(node, registry.get(node.type)) : id;
  };
  const flowEdges = toFlowEdges(edges, selectedEdges, nameOf);
  changes.shown(flowNodes, flowEdges);
  const [opening] = useState(() => openingView(editor, flowNodes));
  const onInit = useViewport(editor, changes.sizes);
  const connecting = useConnecting(editor);
  const openers = useOpeners(editor);

  return (
    <FarContext value={far}>
      <ReactFlow
        className={`canvas ${far ? "canvas-far" : ""} ${tiny ? "canvas-tiny" : ""} ${connecting.fits ? "canvas-wiring" : ""}`}
        style={connecting.fits}
        aria-label="Canvas"
        nodes={flowNodes}
        edges={flowEdges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onInit={onInit}
        onNodesChange={changes.onNodesChange}
        onEdgesChange={changes.onEdgesChange}
        onNodeDragStart={changes.onDragStart}
        onNodeDrag={changes.onDrag}
        onSelectionDragStart={changes.onDragStart}
        {...connecting.handlers}
        {...openers}
        connectionLineComponent={ConnectionWire}
        connectionRadius={24}
        edgesReconnectable={!far}
        reconnectRadius={12}
        onlyRenderVisibleElements
        elevateEdgesOnSelect={false}
        selectionOnDrag={tool === "select"}
        selectionMode={SelectionMode.Partial}
        panOnDrag={tool === "hand" ? true : MIDDLE_BUTTON}
        panActivationKeyCode="Space"
        panOnScroll
        panOnScrollSpeed={1}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        multiSelectionKeyCode={["Shift", "Meta", "Control"]}
        selectionKeyCode={null}
        deleteKeyCode={null}
        snapToGrid={snap}
        snapGrid={SNAP}
        nodeDragThreshold={3}
        minZoom={LEAST_ZOOM}
        defaultViewport={opening}
        maxZoom={4}
      >
        <Dots />
        <ViewportPortal>
          <Frames />
        </ViewportPortal>
        <MiniMap />
        <ToolsBar />
        {nodes.length === 0 && <EmptyCanvas />}
      </ReactFlow>
    </FarContext>
  );
}
