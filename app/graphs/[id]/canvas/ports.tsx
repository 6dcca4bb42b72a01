"use client";
import { Handle, Position } from "@xyflow/react";
import { type CSSProperties, type KeyboardEvent, type MouseEvent, memo, type TouchEvent } from "react";
import type { PlacedPort } from "#lib/client/editor/canvas/card-layout.ts";
import { isWired, wiredPorts } from "#lib/client/editor/canvas/wired-ports.ts";
import { edgesOf } from "#lib/client/editor/graph-index.ts";
import type { Editor } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { PortShape } from "./port-shape.tsx";

/** The ports of a card: in on the left, out on the right. Colour and shape tell the kind; hollow ones may stay without a wire. */
export const Ports = memo(function Ports({ nodeId, ports }: { nodeId: string; ports: readonly PlacedPort[] }) {
  const editor = useEditor();
  const wired = useEditorState(({ document }) => wiredPorts(document.edges, nodeId));
  return ports.map((port) => {
    const has = isWired(wired, port.side, port.name);
    const input = port.side === "in";
    const pull = input && has && !port.many ? puller(editor, nodeId, port.name) : undefined;
    return (
      <Handle
        key={`${port.side} ${port.name}`}
        id={port.name}
        type={input ? "target" : "source"}
        position={input ? Position.Left : Position.Right}
        className="canvas-port"
        data-side={port.side}
        role="button"
        tabIndex={-1}
        aria-label={`${input ? "Input" : "Output"} ${port.title}, ${port.kind}${has ? ", wired" : port.optional ? ", optional" : ""}`}
        style={look(port)}
        onMouseDownCapture={pull}
        onTouchStartCapture={pull}
        onKeyDown={press}
      >
        <PortShape kind={port.kind} hollow={port.optional && !has} />
        <span aria-hidden="true" className="canvas-port-name">
          {port.title}
        </span>
      </Handle>
    );
  });
});

const look = ({ y, side, kind }: PlacedPort): CSSProperties =>
  ({ top: y, color: `var(--kind-${kind})`, "--fit": `var(--fits-${side}-${kind}, 0.16)` }) as CSSProperties;

/** Where the wires of a far card end; nothing to see or to hold. */
export const FarPorts = memo(function FarPorts({ ports }: { ports: readonly PlacedPort[] }) {
  return ports.map(({ name, side, y }) => (
    <i
      key={`${side} ${name}`}
      className={`canvas-port canvas-port-far ${side === "in" ? "target react-flow__handle-left" : "source react-flow__handle-right"}`}
      data-handleid={name}
      data-handlepos={side === "in" ? "left" : "right"}
      style={{ top: y }}
    />
  ));
});

/** Dragging from an input that has its wire takes that wire by its end: React Flow's own anchor of the wire starts the gesture. */
const puller = (editor: Editor, nodeId: string, port: string) => (event: MouseEvent | TouchEvent) => {
  if ("button" in event && event.button !== 0) return;
  const edge = edgesOf(editor.getState().document)
    .into(nodeId)
    .find(({ targetHandle }) => targetHandle === port);
  const anchor =
    edge &&
    document.querySelector(`.react-flow__edge[data-id="${CSS.escape(edge.id)}"] .react-flow__edgeupdater-target`);
  const at = "touches" in event ? event.touches[0] : event;
  if (!anchor || !at) return;
  event.stopPropagation();
  anchor.dispatchEvent(
    new globalThis.MouseEvent("mousedown", { bubbles: true, clientX: at.clientX, clientY: at.clientY, button: 0 }),
  );
};

const press = (event: KeyboardEvent<HTMLElement>) => {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.click();
};
