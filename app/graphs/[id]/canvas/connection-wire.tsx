"use client";
import type { ConnectionLineComponentProps } from "@xyflow/react";
import { wirePath } from "#lib/client/editor/canvas/wire-path.ts";
import type { Ends } from "#lib/client/editor/edit/connect.ts";
import { portsOf, refusal } from "#lib/client/editor/edit/connect.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";

/** The wire in hand, and why it may not end where it is held. */
export function ConnectionWire(props: ConnectionLineComponentProps) {
  const { fromX, fromY, toX, toY, fromHandle, toHandle, connectionStatus, pointer } = props;
  const editor = useEditor();
  const out = fromHandle.type === "source";
  const [a, b] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ];
  const { path } = out ? wirePath(a, b) : wirePath(b, a);
  const { document } = editor.getState();
  const node = nodesById(document).get(fromHandle.nodeId);
  const kind = portsOf(editor.around.registry.get(node?.type ?? ""), out ? "out" : "in", node?.config)[
    fromHandle.id ?? ""
  ]?.kind;
  const why =
    connectionStatus === "invalid" && toHandle
      ? toHandle.type === fromHandle.type
        ? `Wires go from an output to an input.`
        : refusal(document, editor.around.registry, endsOf(fromHandle, toHandle))
      : null;
  return (
    <g style={{ "--wire": `var(--kind-${kind ?? "any"})` } as React.CSSProperties}>
      <path d={path} className="canvas-wire-line" />
      {why && (
        <foreignObject x={pointer.x + 14} y={pointer.y + 14} width={300} height={80} className="overflow-visible">
          <p
            role="status"
            className="w-max max-w-72 rounded-lg border border-line bg-surface px-2.5 py-1.5 text-xs shadow-sm"
          >
            {why}
          </p>
        </foreignObject>
      )}
    </g>
  );
}

const endsOf = (
  from: { nodeId: string; id?: string | null; type: string },
  to: { nodeId: string; id?: string | null },
): Ends => {
  const [source, target] = from.type === "source" ? [from, to] : [to, from];
  return { source: source.nodeId, sourceHandle: source.id ?? "", target: target.nodeId, targetHandle: target.id ?? "" };
};
