"use client";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { portsOf } from "#lib/client/editor/edit/connect.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { useGraphNode, useNodeType } from "#lib/client/editor/use-editor.ts";

/** One card for every node type: what it shows comes from the type's definition. */
export const Card = memo(function Card({ id, selected }: NodeProps) {
  const node = useGraphNode(id);
  const type = useNodeType(node?.type ?? "");
  if (!node) return null;
  return (
    <article
      className={`w-72 rounded-xl border bg-surface p-3 text-sm ${selected ? "border-brand" : "border-line"}`}
      aria-label={titleOf(node, type)}
    >
      <h3 className="font-semibold">{titleOf(node, type)}</h3>
      {Object.keys(portsOf(type, "in", node.config)).map((port, index) => (
        <Handle key={port} id={port} type="target" position={Position.Left} style={{ top: 40 + index * 22 }} />
      ))}
      {Object.keys(portsOf(type, "out", node.config)).map((port, index) => (
        <Handle key={port} id={port} type="source" position={Position.Right} style={{ top: 40 + index * 22 }} />
      ))}
    </article>
  );
});
