"use client";
import type { NodeProps } from "@xyflow/react";
import dynamic from "next/dynamic";
import { memo, useMemo } from "react";
import {
  leastHeight,
  type PlacedPort,
  portsInPlace,
  portsOfCard,
  portsOfStub,
} from "#lib/client/editor/canvas/card-layout.ts";
import { lookOf } from "#lib/client/editor/canvas/card-look.ts";
import { cardState } from "#lib/client/editor/canvas/card-state.ts";
import { edgesOf } from "#lib/client/editor/graph-index.ts";
import { useEditorState, useGraphNode, useNodeType } from "#lib/client/editor/use-editor.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { CardBody } from "./card-body.tsx";
import { CardHead, FarHead } from "./card-head.tsx";
import { CardProblems } from "./card-problems.tsx";
import { CardTakes } from "./card-takes.tsx";
import { CardWell } from "./card-well.tsx";
import { useFar } from "./far.ts";
import { FarPorts, Ports } from "./ports.tsx";
import { StubBody } from "./stub-body.tsx";

const CardFailure = dynamic(() => import("./card-failure.tsx").then((part) => part.CardFailure));
const NoteCard = dynamic(() => import("./note-card.tsx").then((part) => part.NoteCard));
const CardInside = dynamic(() => import("../subgraph/card-inside.tsx").then((part) => part.CardInside));

/** One card for every node type: what it shows comes from the type's definition and from what its last run did. */
export const Card = memo(function Card({ id, selected, height }: NodeProps) {
  const far = useFar();
  // Only a far card has its height set: near ones are as tall as what they show, and are measured.
  return <CardOf id={id} selected={selected} far={far} height={far ? height : undefined} />;
});

type CardProps = { id: string; selected: boolean; far: boolean; height?: number };

const CardOf = memo(function CardOf({ id, selected, far, height }: CardProps) {
  const node = useGraphNode(id);
  const type = useNodeType(node?.type ?? "");
  if (!node) return null;
  const look = lookOf(type);
  if (type && look === "note") return <NoteCard node={node} type={type} selected={selected} far={far} />;
  if (!type) return <StubCard node={node} selected={selected} far={far} height={height} />;
  if (type.portsFor && portsInPlace(type, node.config).length === 0)
    return <UnreadCard node={node} type={type} selected={selected} far={far} height={height} />;
  const ports = portsInPlace(type, node.config);
  if (look === "dot")
    return (
      <div className="canvas-dot" data-selected={selected || undefined} data-mode={node.mode}>
        {far ? <FarPorts ports={ports} /> : <Ports nodeId={id} ports={ports} />}
      </div>
    );
  return <PictureCard node={node} type={type} ports={ports} selected={selected} far={far} height={height} />;
});

type FullCardProps = {
  node: GraphNode;
  type: AnyNode;
  ports: readonly PlacedPort[];
  selected: boolean;
  far: boolean;
  height?: number;
};

function PictureCard({ node, type, ports, selected, far, height }: FullCardProps) {
  const run = useEditorState(({ run }) => run.nodes.get(node.id));
  const state = cardState(run);
  const link = useMemo(() => type.link?.(node.config), [type, node.config]);
  return (
    <div
      className="canvas-card"
      data-selected={selected || undefined}
      data-state={state}
      data-mode={node.mode}
      style={far ? { height } : { minHeight: leastHeight(ports) }}
    >
      {far ? <FarHead node={node} type={type} state={state} /> : <CardHead node={node} type={type} run={run} />}
      <CardBody node={node} type={type} run={run} far={far} />
      {!far && link && <CardInside node={node} link={link} inner={run?.inner} />}
      {far ? (
        <FarPorts ports={ports} />
      ) : (
        <>
          {run?.state === "failed" && <CardFailure nodeId={node.id} run={run} />}
          <CardTakes nodeId={node.id} />
          <CardWell node={node} type={type} />
          <CardProblems nodeId={node.id} />
          <Ports nodeId={node.id} ports={ports} />
        </>
      )}
    </div>
  );
}

/** A node whose ports nobody has read yet: it keeps its wires. */
function UnreadCard(props: Omit<FullCardProps, "ports">) {
  const edges = useEditorState(({ document }) => document.edges);
  return <PictureCard {...props} ports={portsOfCard(props.node, props.type, edgesOf({ edges }))} />;
}

/** A node of a type this program does not have: it keeps everything, and its wires. */
function StubCard({ node, selected, far, height }: Omit<FullCardProps, "type" | "ports">) {
  const edges = useEditorState(({ document }) => document.edges);
  const ports = portsOfStub(node.id, edgesOf({ edges }));
  return (
    <div
      className="canvas-card canvas-stub"
      data-selected={selected || undefined}
      data-mode={node.mode}
      style={far ? { height } : { minHeight: leastHeight(ports) }}
    >
      {far ? (
        <FarHead node={node} type={undefined} state={undefined} />
      ) : (
        <CardHead node={node} type={undefined} run={undefined} />
      )}
      {!far && <StubBody node={node} />}
      {far ? <FarPorts ports={ports} /> : <Ports nodeId={node.id} ports={ports} />}
    </div>
  );
}
