"use client";
import { useStoreApi } from "@xyflow/react";
import { type PointerEvent, useEffect, useRef } from "react";
import { guessNode } from "#lib/client/editor/canvas/card-layout.ts";
import { type Chart, chartOf } from "#lib/client/editor/canvas/chart.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

const SIZE = { width: 168, height: 112 };

/**
 * The whole graph, small. It is one picture that is painted when nodes have moved, not an element per node, so that panning over thousands
 * of nodes costs nothing here; only the frame of what is visible follows the view.
 */
export function MiniMap() {
  const editor = useEditor();
  const store = useStoreApi();
  const nodes = useEditorState(({ document }) => document.nodes);
  const frames = useEditorState(({ document }) => document.frames);
  const picture = useRef<HTMLCanvasElement>(null);
  const window = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(undefined);

  useEffect(() => {
    const canvas = picture.current;
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    const { viewport } = editor.around;
    const boxes = nodes.map((node) => ({
      ...node.position,
      ...(viewport?.sizeOf(node) ?? guessNode(node, editor.around.registry.get(node.type))),
    }));
    const drawn = chartOf(
      [...boxes, ...frames.map(({ position, width, height }) => ({ ...position, width, height }))],
      SIZE,
    );
    chart.current = drawn;
    const scale = devicePixelRatio || 1;
    canvas.width = SIZE.width * scale;
    canvas.height = SIZE.height * scale;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, SIZE.width, SIZE.height);
    const styles = getComputedStyle(canvas);
    boxes.forEach((box, index) => {
      const type = editor.around.registry.get(nodes[index]?.type ?? "");
      const kind = Object.values(type?.outputs ?? {})[0]?.kind ?? "any";
      pen.fillStyle = styles.getPropertyValue(`--kind-${kind}`) || "gray";
      const { x, y } = drawn.toChart(box);
      pen.fillRect(x, y, Math.max(1.5, box.width * drawn.scale), Math.max(1.5, box.height * drawn.scale));
    });
    pen.strokeStyle = styles.getPropertyValue("--soft");
    pen.lineWidth = 0.5;
    for (const { position, width, height } of frames) {
      const { x, y } = drawn.toChart(position);
      pen.strokeRect(x, y, width * drawn.scale, height * drawn.scale);
    }
  }, [nodes, frames, editor]);

  useEffect(() => {
    let last: readonly number[] | undefined;
    let lastChart: Chart | undefined;
    const follow = () => {
      const { transform, width, height } = store.getState();
      const element = window.current;
      const drawn = chart.current;
      if (!element || !drawn || (transform === last && drawn === lastChart)) return;
      [last, lastChart] = [transform, drawn];
      const [tx, ty, zoom] = transform;
      const { x, y } = drawn.toChart({ x: -tx / zoom, y: -ty / zoom });
      const [sx, sy] = [(width / zoom) * drawn.scale, (height / zoom) * drawn.scale];
      element.style.transform = `translate(${x}px, ${y}px) scale(${sx / 100}, ${sy / 100})`;
    };
    follow();
    return store.subscribe(follow);
  }, [store]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    const drawn = chart.current;
    if (!drawn || event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = drawn.toGraph({ x: event.clientX - box.x, y: event.clientY - box.y });
    const { panZoom, transform, width, height } = store.getState();
    const zoom = transform[2];
    void panZoom?.setViewport({ x: width / 2 - at.x * zoom, y: height / 2 - at.y * zoom, zoom });
  };
  if (nodes.length === 0) return null;
  return (
    <div
      className="canvas-map nopan"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
      style={SIZE}
    >
      <canvas ref={picture} className="absolute inset-0 size-full" />
      <div ref={window} className="canvas-map-window" />
    </div>
  );
}
