// What React Flow can do by itself on the same graph: simple memoised nodes with a picture each, only what is visible, one composited
// layer where that is faster (from far away browsers paint such a layer at full size, which is slower than none).
import "@xyflow/react/dist/base.css";
import {
  Background,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
  useEdgesState,
  useNodesState,
} from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { createRoot } from "react-dom/client";

type Picture = Node<{ title: string; picture?: string }>;
type Sent = { nodes: Picture[]; edges: Edge[] };

const Simple = memo(function Simple({ data }: NodeProps<Picture>) {
  return (
    <div className="simple">
      <Handle type="target" position={Position.Left} />
      <b>{data.title}</b>
      {data.picture && <img src={data.picture} alt="" draggable={false} decoding="async" />}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

const TYPES = { simple: Simple };
const FIT = {
  padding: { top: "84px", bottom: "84px", left: "76px", right: "380px" },
  minZoom: 0.02,
  maxZoom: 1,
} as const;

function Page({ sent }: { sent: Sent }) {
  const [nodes, , onNodesChange] = useNodesState(sent.nodes);
  const [edges, , onEdgesChange] = useEdgesState(sent.edges);
  const flow = useRef<ReactFlowInstance<Picture>>(undefined);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "0") void flow.current?.zoomTo(1);
      if (key === "1") void flow.current?.fitView(FIT);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={TYPES}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onInit={(made) => {
        flow.current = made;
        void made.fitView(FIT);
      }}
      onlyRenderVisibleElements
      panOnDrag={[1]}
      selectionOnDrag
      panOnScroll
      zoomOnScroll={false}
      onMove={(_event, { zoom }) => document.body.classList.toggle("near", zoom >= 0.4)}
      minZoom={0.02}
      maxZoom={4}
    >
      <Background gap={24} size={1} />
    </ReactFlow>
  );
}

const root = document.getElementById("root");
const sent = (await (await fetch(`/graph${location.search}`)).json()) as Sent;
if (root) createRoot(root).render(<Page sent={sent} />);
