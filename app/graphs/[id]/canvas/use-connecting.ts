"use client";
import type { Connection, FinalConnectionState, HandleType, OnConnectStartParams } from "@xyflow/react";
import { type CSSProperties, useMemo, useRef, useState } from "react";
import { fittingKinds } from "#lib/client/editor/canvas/fitting-kinds.ts";
import type { FlowEdge } from "#lib/client/editor/canvas/flow-edges.ts";
import { connect, type Ends, firstFitting, portsOf, refusal, removeEdges } from "#lib/client/editor/edit/connect.ts";
import { edgesOf, nodesById } from "#lib/client/editor/graph-index.ts";
import type { PortRef } from "#lib/client/editor/state.ts";
import { change, type Editor, openDialog } from "#lib/client/editor/store.ts";

/** Drawing wires: from port to port, to a card, to empty canvas (which asks what should stand there), and pulling them off again. */
export function useConnecting(editor: Editor) {
  const [fits, setFits] = useState<CSSProperties>();
  const pulled = useRef<FlowEdge>(undefined);
  const from = useRef<PortRef>(undefined);

  const handlers = useMemo(() => {
    const { registry } = editor.around;
    const wire = (ends: Ends) =>
      change(editor, "Connect", (graph) => connect(graph, registry, ends), { say: "Connected" });
    /** The document without the wire in hand: its own port must not refuse it. */
    const without = () => {
      const { document } = editor.getState();
      return pulled.current ? removeEdges(document, [pulled.current.id]) : document;
    };

    const start = (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
      from.current = portRef(editor, nodeId, handleId, handleType);
      if (from.current) setFits(fitsOf(from.current));
    };

    const end = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      setFits(undefined);
      const started = from.current;
      from.current = undefined;
      if (!started || state.toHandle) return;
      const at = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!at) return;
      const under = document.elementFromPoint(at.clientX, at.clientY);
      const card = under?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
      if (card !== undefined && card !== started.nodeId) {
        const ends = endsOnCard(editor, started, card);
        const old = pulled.current;
        if (ends && old) change(editor, "Reconnect", (graph) => connect(removeEdges(graph, [old.id]), registry, ends));
        else if (ends) wire(ends);
        return;
      }
      if (!under?.closest(".react-flow__pane") || pulled.current) return;
      const screen = { x: at.clientX, y: at.clientY };
      const canvas = editor.around.viewport?.toCanvas(screen) ?? { x: 0, y: 0 };
      openDialog(editor, { kind: "picker", screen, canvas, from: started });
    };

    return {
      isValidConnection: (ends: FlowEdge | Connection) => refusal(without(), registry, ends as Ends) === null,
      onConnect: (ends: Connection) => void wire(ends as Ends),
      onConnectStart: start,
      onConnectEnd: end,
      onReconnectStart: (_event: unknown, edge: FlowEdge) => {
        pulled.current = edge;
      },
      onReconnect: (old: FlowEdge, ends: Connection) =>
        void change(editor, "Reconnect", (graph) => reconnected(graph, editor, old, ends as Ends), {
          say: "Reconnected",
        }),
      onReconnectEnd: (_event: unknown, edge: FlowEdge, _type: HandleType, state: FinalConnectionState) => {
        pulled.current = undefined;
        setFits(undefined);
        const still = edgesOf(editor.getState().document).byId(edge.id);
        if (still && !state.toHandle)
          change(editor, "Disconnect", (graph) => removeEdges(graph, [edge.id]), { say: "Disconnected" });
      },
    };
  }, [editor]);

  return { fits, handlers };
}

/** A wire put back where it was is no change. */
function reconnected(graph: Parameters<typeof connect>[0], editor: Editor, old: FlowEdge, ends: Ends) {
  const same =
    old.source === ends.source &&
    old.sourceHandle === ends.sourceHandle &&
    old.target === ends.target &&
    old.targetHandle === ends.targetHandle;
  return same ? graph : connect(removeEdges(graph, [old.id]), editor.around.registry, ends);
}

function portRef(
  editor: Editor,
  nodeId: string | null,
  port: string | null,
  type: HandleType | null,
): PortRef | undefined {
  const node = nodesById(editor.getState().document).get(nodeId ?? "");
  if (!node || port === null) return undefined;
  const side = type === "target" ? "in" : "out";
  const kind = portsOf(editor.around.registry.get(node.type), side, node.config)[port]?.kind ?? "any";
  return { nodeId: node.id, port, side, kind };
}

/** Variables on the canvas that let only fitting ports shine while a wire is in hand: a port reads the one of its side and kind. */
function fitsOf({ side, kind }: PortRef): CSSProperties {
  const facing = side === "out" ? "in" : "out";
  return Object.fromEntries(fittingKinds(side, kind).map((one) => [`--fits-${facing}-${one}`, 1])) as CSSProperties;
}

/** A wire let go over a card takes the first port that fits, free ones first. */
function endsOnCard(editor: Editor, from: PortRef, nodeId: string): Ends | undefined {
  const { document } = editor.getState();
  const node = nodesById(document).get(nodeId);
  const type = editor.around.registry.get(node?.type ?? "");
  if (!type) return undefined;
  const side = from.side === "out" ? "in" : "out";
  const taken = new Set(
    side === "in"
      ? edgesOf(document)
          .into(nodeId)
          .map((edge) => edge.targetHandle)
      : [],
  );
  const port = firstFitting(type, side, from.kind, taken);
  if (port === undefined) return undefined;
  return from.side === "out"
    ? { source: from.nodeId, sourceHandle: from.port, target: nodeId, targetHandle: port }
    : { source: nodeId, sourceHandle: port, target: from.nodeId, targetHandle: from.port };
}
