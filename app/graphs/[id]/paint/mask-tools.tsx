"use client";
import { Brush, Eraser, Lasso, Redo2, Square, Trash2, Undo2, WandSparkles } from "lucide-react";
import { Slider, ToolButton, ToolGap, ToolRail } from "../../../_ui/stage/controls.tsx";
import type { MaskPainter, MaskTool } from "./use-mask-painter.ts";

const TOOLS: readonly { tool: MaskTool; name: string; hint: string; Icon: typeof Brush }[] = [
  { tool: "brush", name: "Brush", hint: "B", Icon: Brush },
  { tool: "lasso", name: "Lasso", hint: "L", Icon: Lasso },
  { tool: "rect", name: "Rectangle", hint: "R", Icon: Square },
  { tool: "wand", name: "Wand by colour", hint: "W", Icon: WandSparkles },
];

/** What paints, whether it erases, and the way back. */
export function MaskTools({ painter }: { painter: MaskPainter }) {
  const { brush, setBrush } = painter;
  return (
    <ToolRail label="Tools">
      {TOOLS.map(({ tool, name, hint, Icon }) => (
        <ToolButton
          key={tool}
          Icon={Icon}
          name={name}
          hint={hint}
          pressed={brush.tool === tool}
          onClick={() => setBrush({ tool })}
        />
      ))}
      <ToolGap />
      <ToolButton
        Icon={Eraser}
        name="Erase"
        hint="X"
        pressed={brush.erase}
        onClick={() => setBrush({ erase: !brush.erase })}
      />
      <ToolGap />
      <ToolButton Icon={Undo2} name="Undo" hint="Ctrl+Z" disabled={!painter.canUndo} onClick={painter.undo} />
      <ToolButton Icon={Redo2} name="Redo" hint="Ctrl+Shift+Z" disabled={!painter.canRedo} onClick={painter.redo} />
      <ToolButton Icon={Trash2} name="Clear" disabled={painter.painted.strokes.length === 0} onClick={painter.clear} />
    </ToolRail>
  );
}

/** Settings of the tool in hand. */
export function BrushSettings({ painter }: { painter: MaskPainter }) {
  const { brush, setBrush, size } = painter;
  const widest = Math.min(2048, Math.max(64, Math.round(Math.max(size.width, size.height) / 3)));
  return (
    <>
      {brush.tool === "brush" && (
        <>
          <Slider
            label="Brush size"
            unit=" px"
            min={1}
            max={widest * 2}
            curve={2.2}
            value={brush.radius * 2}
            onChange={(wide) => setBrush({ radius: Math.max(0.5, wide / 2) })}
          />
          <Slider
            label="Hardness"
            unit=" %"
            min={0}
            max={100}
            value={Math.round(brush.hardness * 100)}
            onChange={(hard) => setBrush({ hardness: hard / 100 })}
          />
        </>
      )}
      {brush.tool === "wand" && (
        <Slider
          label="Tolerance"
          min={0}
          max={255}
          curve={1.5}
          value={brush.tolerance}
          onChange={(tolerance) => setBrush({ tolerance })}
        />
      )}
    </>
  );
}
