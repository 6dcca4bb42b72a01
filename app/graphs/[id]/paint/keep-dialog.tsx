"use client";
import { useMemo, useState } from "react";
import { keeperFeather, keeperType, keepPart, sourceOfPicture } from "#lib/client/editor/edit/keep-part.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { BarButton, SidePanel, Toggle } from "../../../_ui/stage/controls.tsx";
import { Stage } from "../../../_ui/stage/stage.tsx";
import { createStageView } from "../../../_ui/stage/stage-view.ts";
import { WorkDialog } from "../../../_ui/stage/work-dialog.tsx";
import { stageKeys } from "../../../_ui/stage/zoom-buttons.tsx";
import type { DialogProps } from "../dialogs.tsx";
import { BrushSettings, MaskTools } from "./mask-tools.tsx";
import { Waiting } from "./no-picture.tsx";
import { painterKeys, useMaskPainter } from "./use-mask-painter.ts";
import { canvasOf, usePicture } from "./use-picture.ts";

const TITLE = "Keep a part of another take";

/** Brushes one picture through another, then adds the nodes that do the same without a paid call. */
export default function KeepDialog(props: DialogProps<"keep">) {
  const [swapped, setSwapped] = useState(false);
  const { base, from } = props.dialog;
  const [under, over] = [usePicture((swapped ? from : base).asset), usePicture((swapped ? base : from).asset)];
  if (!under.picture || !over.picture)
    return <Waiting title={TITLE} error={under.error ?? over.error} close={props.close} />;
  const dialog = swapped ? { ...props.dialog, base: from, from: base } : props.dialog;
  return (
    <Keeping
      key={dialog.base.asset}
      {...props}
      dialog={dialog}
      under={under.picture}
      over={over.picture}
      swap={() => setSwapped((now) => !now)}
    />
  );
}

function Keeping({
  dialog,
  close,
  under,
  over,
  swap,
}: DialogProps<"keep"> & { under: HTMLImageElement; over: HTMLImageElement; swap(): void }) {
  const editor = useEditor();
  const { registry } = editor.around;
  const [view] = useState(createStageView);
  const [start] = useState(() => {
    const keeper = keeperType(registry);
    return { strokes: [], grow: 0, feather: keeper ? keeperFeather(keeper) : 0, invert: false };
  });
  const [hidden, setHidden] = useState(false);
  const [tinted, setTinted] = useState(false);
  const painter = useMaskPainter(under, view, start, "#ff3b5c");
  const { size, layer, painted, share } = painter;
  const through = useMemo(() => canvasOf(layer), [layer]);
  const empty = painted.strokes.length === 0;
  const percent = Math.round(share * 100);

  const done = () => {
    const state = editor.getState();
    const source = (asset: string) =>
      sourceOfPicture(state.document, asset, (id) => state.run.nodes.get(id)?.outputs, dialog.nodeId);
    const [base, from] = [source(dialog.base.asset), source(dialog.from.asset)];
    const known = nodesById(state.document);
    const near = known.get(dialog.nodeId ?? ("nodeId" in base ? base.nodeId : ""));
    const beside = near?.position ?? editor.around.viewport?.center() ?? { x: 0, y: 0 };
    const made = keepPart(state.document, registry, { base, from, strokes: painted.strokes, beside });
    close();
    if (!made) return;
    change(editor, "Keep a part of another take", () => made.graph, {
      select: made.ids,
      say: `${made.ids.length} nodes added that keep ${percent} % of the other picture.`,
    });
    editor.around.viewport?.fit(made.ids);
  };
  return (
    <WorkDialog
      title={TITLE}
      status={
        painter.refusal ??
        (empty
          ? "Paint where the other picture shall show through."
          : `${percent} % of the picture comes from the other one. No call is made.`)
      }
      keys={{ ...stageKeys(view), ...painterKeys(painter), ...(empty ? { c: swap } : {}) }}
      onHold={setHidden}
      view={view}
      work="what you painted"
      changed={painter.changed}
      more={
        <BarButton onClick={swap} disabled={!empty} title="Swap the two pictures (C)">
          Swap
        </BarButton>
      }
      canKeep={!empty}
      onDone={done}
      onClose={close}
      tools={<MaskTools painter={painter} />}
      stage={
        <Stage
          picture={size}
          view={view}
          hand={painter.hand}
          cursor={painter.brush.tool === "brush" ? "none" : "crosshair"}
          label={`The base picture, with ${percent} % of the other one`}
          draw={(context, about) => {
            context.drawImage(under, 0, 0, size.width, size.height);
            if (!hidden) {
              showThrough(through, over, layer);
              context.drawImage(through, 0, 0, size.width, size.height);
            }
            if (tinted) {
              context.globalAlpha = 0.3;
              context.drawImage(layer, 0, 0, size.width, size.height);
              context.globalAlpha = 1;
            }
            painter.drawHand(context, about);
          }}
        />
      }
      panel={
        <SidePanel label="Settings of the brush">
          <BrushSettings painter={painter} />
          <Toggle label="Tint the painted part" on={tinted} onChange={setTinted} />
          <p className="text-soft text-xs leading-5">
            Done adds a mask and a node that joins both pictures, wired and ready. Hold \ to see the base alone.
          </p>
        </SidePanel>
      }
    />
  );
}

/** The other picture, only where it was painted. */
function showThrough(canvas: HTMLCanvasElement, picture: HTMLImageElement, layer: HTMLCanvasElement): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.globalCompositeOperation = "copy";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  context.globalCompositeOperation = "destination-in";
  context.drawImage(layer, 0, 0);
}
