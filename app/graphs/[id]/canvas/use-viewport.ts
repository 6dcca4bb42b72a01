"use client";
import { type FitViewOptions, getViewportForBounds, type ReactFlowInstance, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { guessNode, type Size } from "#lib/client/editor/canvas/card-layout.ts";
import { boundsOf } from "#lib/client/editor/canvas/chart.ts";
import type { FlowEdge } from "#lib/client/editor/canvas/flow-edges.ts";
import type { FlowNode } from "#lib/client/editor/canvas/flow-nodes.ts";
import { viewToOpen } from "#lib/client/editor/drafts/kept-view.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import type { Editor } from "#lib/client/editor/store.ts";

/** Room around what is shown, so that the floating strips cover nothing. */
const PADDING = { top: "84px", bottom: "84px", left: "76px", right: "40px" } as const;
/** The inspector beside the canvas, where the screen is wide enough for both. */
const INSPECTOR = { screen: 1024, right: "380px" } as const;
const MOVE_MS = 180;
/** As far away as one can go. */
export const LEAST_ZOOM = 0.02;

/** On a phone the whole graph would be a stamp: it opens at its beginning, no smaller than this. */
const PHONE = { screen: 768, zoom: 0.45, at: { x: 72, y: 132 } } as const;

const roomAround = (editor: Editor) =>
  editor.getState().view.inspectorOpen && innerWidth >= INSPECTOR.screen
    ? { ...PADDING, right: INSPECTOR.right }
    : PADDING;

/** Where the view stands when a graph is opened, known before anything is drawn: nothing has to be drawn twice. */
export function openingView(editor: Editor, nodes: FlowNode[]): { x: number; y: number; zoom: number } {
  const seen = viewToOpen(editor, { width: innerWidth, height: innerHeight });
  if (seen) return seen;
  if (nodes.length === 0) return { x: innerWidth / 2, y: innerHeight / 2, zoom: 1 };
  const bounds = boundsOf(nodes.map(({ position, measured }) => ({ ...position, ...measured })));
  const view = getViewportForBounds(bounds, innerWidth, innerHeight, LEAST_ZOOM, 1, roomAround(editor));
  if (innerWidth >= PHONE.screen || view.zoom >= PHONE.zoom) return view;
  const { zoom, at } = PHONE;
  return { x: at.x - bounds.x * zoom, y: at.y - bounds.y * zoom, zoom };
}

/** Hands the canvas to commands while it is on the screen. Returns what to do once React Flow is ready. */
export function useViewport(editor: Editor, sizes: ReadonlyMap<string, Size>) {
  const measured = useRef(sizes);
  measured.current = sizes;
  const store = useStoreApi();
  useEffect(() => {
    return () => {
      editor.around.viewport = undefined;
    };
  }, [editor]);

  return useCallback(
    (flow: ReactFlowInstance<FlowNode, FlowEdge>) => {
      const moving = () => ({ duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : MOVE_MS });
      const fit = (options: FitViewOptions<FlowNode>) =>
        void flow.fitView({ padding: roomAround(editor), maxZoom: 1, minZoom: LEAST_ZOOM, ...options });
      const middle = () => {
        const { domNode } = store.getState();
        const box = domNode?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
        return flow.screenToFlowPosition(
          { x: box.x + box.width / 2, y: box.y + box.height / 2 },
          { snapToGrid: false },
        );
      };
      editor.around.viewport = {
        fit: (ids) => fit({ ...moving(), ...(ids ? { nodes: ids.map((id) => ({ id })) } : {}) }),
        zoomTo: (zoom) => void flow.zoomTo(zoom, moving()),
        zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, moving()),
        toCanvas: (screen) => flow.screenToFlowPosition(screen, { snapToGrid: false }),
        toScreen: (canvas) => flow.flowToScreenPosition(canvas),
        center: middle,
        sizeOf: (node) => measured.current.get(node.id) ?? guessNode(node, editor.around.registry.get(node.type)),
        focus(nodeId) {
          const card = () => cardOf(store.getState().domNode, nodeId);
          const there = card();
          if (there) return there.focus();
          // Cards out of sight are not drawn: the view goes there first.
          const node = nodesById(editor.getState().document).get(nodeId);
          if (!node) return;
          void flow
            .setCenter(node.position.x + 150, node.position.y + 110, { zoom: flow.getZoom() })
            .then(() => requestAnimationFrame(() => card()?.focus()));
        },
      };
    },
    [editor, store],
  );
}

const cardOf = (root: Element | null, nodeId: string): HTMLElement | null =>
  root?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`) ?? null;
