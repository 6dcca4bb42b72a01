"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Painted } from "#lib/client/editor/edit/mask-paint.ts";
import { createMaskBoard, previewSize } from "#lib/client/editor/paint/mask-board.ts";
import { finished, markedShare } from "#lib/client/editor/paint/mask-edge.ts";
import type { Box, StrokePoint } from "#lib/client/editor/paint/rasterise.ts";
import { fullInWords, simplified } from "#lib/client/editor/paint/simplify.ts";
import { firstStep, type Steps, stepAgain, stepBack, stepped } from "#lib/client/editor/paint/steps.ts";
import type { Stroke } from "#lib/sdk/image-tools.ts";
import type { Draw, Hand, Touch } from "../../../_ui/stage/stage.tsx";
import type { StageView } from "../../../_ui/stage/stage-view.ts";
import { showLevels } from "./mask-layer.ts";
import { canvasOf, pixelsOf, sizeOf } from "./use-picture.ts";

export type MaskTool = Stroke["tool"];
export type Brush = { tool: MaskTool; radius: number; hardness: number; tolerance: number; erase: boolean };

/** The edge is worked out again this long (ms) after the last change: on a large picture it takes as long as a frame or two. */
const REST_MS = 70;

/**
 * Painting a mask over a picture: tools, undo, and a layer that shows the mask as the server will make it. Strokes are kept in picture pixels; the
 * layer has at most 2048.
 */
export function useMaskPainter(picture: HTMLImageElement, view: StageView, start: Painted, color: string) {
  const size = useMemo(() => sizeOf(picture), [picture]);
  const { board, layer } = useMemo(() => {
    const small = previewSize(size);
    return { board: createMaskBoard(small, pixelsOf(picture, small)), layer: canvasOf(small) };
  }, [picture, size]);
  const [steps, setSteps] = useState<Steps<Painted>>(() => firstStep(start));
  const [brush, setBrush] = useState<Brush>(() => ({
    tool: "brush",
    radius: Math.max(4, Math.round(Math.max(size.width, size.height) / 40)),
    hardness: 0.8,
    tolerance: 32,
    erase: false,
  }));
  const [share, setShare] = useState(0);
  const [refusal, setRefusal] = useState<string>();
  const live = useRef<Stroke>(undefined);
  const { strokes, grow, feather, invert } = steps.now;
  const edged = grow !== 0 || feather !== 0;
  const edge = { invert, grow: grow * board.factor, feather: feather * board.factor };

  /** Shows what is on the board: at once, the edge a moment later. */
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const settle = useRef(() => {});
  settle.current = () => {
    const levels = finished(board.levels, edge);
    showLevels(layer, levels, color);
    setShare(markedShare(levels));
    view.redraw();
  };
  const refresh = (box: Box | undefined) => {
    if (!edged && box) showLevels(layer, board.levels, color, box, invert);
    view.redraw();
    if (edged) {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => settle.current(), REST_MS);
    }
  };
  useEffect(() => {
    board.show(strokes);
    settle.current();
  }, [board, strokes, grow, feather, invert, color]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const keep = (stroke: Stroke) => {
    setSteps((all) => stepped(all, { ...all.now, strokes: [...all.now.strokes, stroke] }));
  };
  const drop = () => {
    live.current = undefined;
    board.show(strokes);
    settle.current();
  };
  const point = ({ x, y, pressure }: Touch): StrokePoint => (pressure === undefined ? [x, y] : [x, y, pressure]);

  const hand: Hand = {
    down(at, { eraser }) {
      const full = fullInWords(strokes.length);
      setRefusal(full);
      if (full) return;
      const erase = brush.erase !== eraser;
      const { tool, radius, hardness, tolerance } = brush;
      const stroke: Stroke = { tool, points: [point(at)], ...(erase ? { erase } : {}) };
      if (tool === "wand") {
        keep({ ...stroke, points: [[Math.floor(at.x) + 0.5, Math.floor(at.y) + 0.5]], tolerance });
        return;
      }
      live.current = tool === "brush" ? { ...stroke, radius, hardness } : stroke;
      if (tool === "brush") refresh(board.extend(live.current, 0));
    },
    move(way) {
      const stroke = live.current;
      if (!stroke) return;
      const from = stroke.points.length;
      if (stroke.tool === "rect") stroke.points = [stroke.points[0] as StrokePoint, ...way.slice(-1).map(point)];
      else stroke.points.push(...way.map(point));
      if (stroke.tool === "brush") refresh(board.extend(stroke, from));
    },
    up() {
      const stroke = live.current;
      live.current = undefined;
      if (!stroke) return;
      const [first, last] = [stroke.points[0], stroke.points.at(-1)];
      if (stroke.tool === "rect") {
        if (!first || !last || Math.abs(first[0] - last[0]) < 1 || Math.abs(first[1] - last[1]) < 1) return drop();
        return keep({ ...stroke, points: [first, last].map(([x, y]) => [Math.round(x), Math.round(y)]) });
      }
      if (stroke.tool === "lasso" && stroke.points.length < 3) return drop();
      // What cannot be seen at this zoom need not be kept.
      const tolerance = Math.max(0.35, 0.4 / view.camera.scale);
      keep({ ...stroke, points: simplified(stroke.points, stroke.radius ?? 1, tolerance) });
    },
    cancel: drop,
  };

  /** The tool in hand: its ring at the pointer, or the outline being drawn. */
  const drawHand: Draw = (context, { scale, pointer }) => {
    const line = (width: number, style: string) => {
      context.lineWidth = width / scale;
      context.strokeStyle = style;
      context.stroke();
    };
    const stroke = live.current;
    context.beginPath();
    if (stroke?.tool === "lasso") {
      for (const [i, [x, y]] of stroke.points.entries()) i === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
      context.closePath();
    } else if (stroke?.tool === "rect") {
      const [[x, y] = [0, 0], [toX, toY] = [0, 0]] = [stroke.points[0], stroke.points.at(-1)];
      context.rect(x, y, toX - x, toY - y);
    } else if (pointer && brush.tool === "brush") {
      context.arc(pointer.x, pointer.y, brush.radius, 0, 2 * Math.PI);
    }
    line(3, "rgb(0 0 0 / 0.7)");
    line(1.25, brush.erase ? "#ffb3a8" : "#ffffff");
  };

  const step = (how: (all: Steps<Painted>) => Steps<Painted>) => {
    setRefusal(undefined);
    setSteps(how);
  };
  return {
    size,
    layer,
    brush,
    setBrush: (part: Partial<Brush>) => setBrush((now) => ({ ...now, ...part })),
    painted: steps.now,
    changed: steps.now !== start,
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    undo: () => step(stepBack),
    redo: () => step(stepAgain),
    set: (part: Partial<Painted>, merge?: string) => step((all) => stepped(all, { ...all.now, ...part }, merge)),
    seal: () => setSteps(({ merge: _, ...all }) => all),
    clear: () => step((all) => (all.now.strokes.length === 0 ? all : stepped(all, { ...all.now, strokes: [] }))),
    share,
    refusal,
    hand,
    drawHand,
  };
}

export type MaskPainter = ReturnType<typeof useMaskPainter>;

/** Keys of everybody who paints. */
export const painterKeys = (painter: MaskPainter): Record<string, () => void> => {
  const { brush, setBrush } = painter;
  const bigger = Math.max(1, Math.round(brush.radius * 0.15));
  const harder = (by: number) =>
    setBrush({ hardness: Math.round(Math.min(1, Math.max(0, brush.hardness + by)) * 100) / 100 });
  return {
    b: () => setBrush({ tool: "brush" }),
    l: () => setBrush({ tool: "lasso" }),
    r: () => setBrush({ tool: "rect" }),
    w: () => setBrush({ tool: "wand" }),
    x: () => setBrush({ erase: !brush.erase }),
    "[": () => setBrush({ radius: Math.max(1, brush.radius - bigger) }),
    "]": () => setBrush({ radius: Math.min(2048, brush.radius + bigger) }),
    "shift+[": () => harder(-0.1),
    "shift+]": () => harder(0.1),
    "mod+z": painter.undo,
    "mod+shift+z": painter.redo,
    "mod+y": painter.redo,
  };
};
