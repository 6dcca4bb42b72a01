"use client";
import { useMemo, useState } from "react";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { paintedOn, paintSettings, savePainted } from "#lib/client/editor/edit/mask-paint.ts";
import { shareInWords } from "#lib/client/editor/paint/mask-edge.ts";
import { resultBehind, wiredPicture } from "#lib/client/editor/paint/node-pictures.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useGraphNode, useNodeType } from "#lib/client/editor/use-editor.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { SidePanel, Slider, Swatches, Toggle } from "../../../_ui/stage/controls.tsx";
import { Stage } from "../../../_ui/stage/stage.tsx";
import { createStageView } from "../../../_ui/stage/stage-view.ts";
import { WorkDialog } from "../../../_ui/stage/work-dialog.tsx";
import { stageKeys } from "../../../_ui/stage/zoom-buttons.tsx";
import type { DialogProps } from "../dialogs.tsx";
import { BrushSettings, MaskTools } from "./mask-tools.tsx";
import { NoPicture, Waiting } from "./no-picture.tsx";
import { painterKeys, useMaskPainter } from "./use-mask-painter.ts";
import { usePicture } from "./use-picture.ts";

const OVERLAYS = [
  { name: "Red", hex: "#ff3b5c" },
  { name: "Green", hex: "#2fd576" },
  { name: "Blue", hex: "#3d8bff" },
  { name: "White", hex: "#ffffff" },
] as const;

type Props = DialogProps<"mask"> & { type: AnyNode; title: string };

/** Paints the mask of a node over the picture that is wired into it. */
export default function MaskDialog({ dialog, close }: DialogProps<"mask">) {
  const editor = useEditor();
  const node = useGraphNode(dialog.nodeId);
  const type = useNodeType(node?.type ?? "");
  // The picture of the moment it was opened: a run that ends meanwhile must not take the brush away.
  const [found] = useState(() => wiredPicture(editor, editor.getState(), dialog.nodeId));
  const { picture, error } = usePicture("asset" in found ? found.asset : undefined);
  const title = node ? titleOf(node, type) : "Mask";
  if (!node || !type) return null;
  if (!("asset" in found)) return <NoPicture title={title} missing={found} close={close} />;
  if (!picture) return <Waiting title={title} error={error} close={close} />;
  return <Painter dialog={dialog} close={close} type={type} title={title} picture={picture} />;
}

function Painter({ dialog: { nodeId, field }, close, type, title, picture }: Props & { picture: HTMLImageElement }) {
  const editor = useEditor();
  const [view] = useState(createStageView);
  const [start] = useState(() => paintedOn(editor.getState().document, type, nodeId, field));
  const [color, setColor] = useState<string>(OVERLAYS[0].hex);
  const [strength, setStrength] = useState(55);
  const [hidden, setHidden] = useState(false);
  const [result] = useState(() => resultBehind(editor, editor.getState(), nodeId));
  const [resultShown, setResultShown] = useState(0);
  const edited = usePicture(result?.asset);
  const painter = useMaskPainter(picture, view, start, color);
  const { painted, share, size } = painter;
  const known = useMemo(() => paintSettings(type), [type]);

  const done = () => {
    if (painter.changed)
      change(editor, "Paint the mask", (graph) => savePainted(graph, type, nodeId, field, painted), {
        say: `Mask painted. ${shareInWords(share)}`,
      });
    close();
  };
  const keys = {
    ...stageKeys(view),
    ...painterKeys(painter),
    ...(known.invert ? { i: () => painter.set({ invert: !painted.invert }) } : {}),
    ...(edited.picture ? { o: () => setResultShown((now) => (now > 0 ? 0 : 70)) } : {}),
    "mod+enter": done,
  };
  return (
    <WorkDialog
      title={title}
      status={painter.refusal ?? shareInWords(share)}
      keys={keys}
      onHold={setHidden}
      view={view}
      work="what you painted"
      changed={painter.changed}
      onDone={done}
      onClose={close}
      tools={<MaskTools painter={painter} />}
      stage={
        <Stage
          picture={size}
          view={view}
          hand={painter.hand}
          cursor={painter.brush.tool === "brush" ? "none" : "crosshair"}
          label={`The picture with its mask. ${shareInWords(share)}`}
          draw={(context, about) => {
            context.drawImage(picture, 0, 0, size.width, size.height);
            if (edited.picture && resultShown > 0) {
              context.globalAlpha = resultShown / 100;
              context.drawImage(edited.picture, 0, 0, size.width, size.height);
            }
            if (!hidden) {
              context.globalAlpha = strength / 100;
              context.drawImage(painter.layer, 0, 0, size.width, size.height);
            }
            context.globalAlpha = 1;
            painter.drawHand(context, about);
          }}
        />
      }
      panel={
        <SidePanel label="Settings of the mask">
          <BrushSettings painter={painter} />
          {known.grow && (
            <Slider
              label="Grow or shrink"
              unit=" px"
              min={-64}
              max={64}
              value={painted.grow}
              onChange={(grow) => painter.set({ grow }, "grow")}
              onDone={painter.seal}
            />
          )}
          {known.feather && (
            <Slider
              label="Feather"
              unit=" px"
              min={0}
              max={128}
              curve={1.6}
              value={painted.feather}
              onChange={(feather) => painter.set({ feather }, "feather")}
              onDone={painter.seal}
            />
          )}
          {known.invert && (
            <Toggle label="Invert" hint="I" on={painted.invert} onChange={(invert) => painter.set({ invert })} />
          )}
          <hr className="border-line" />
          <Toggle label="Show the mask" hint="hold \ to hide" on={!hidden} onChange={(shown) => setHidden(!shown)} />
          <Slider label="Strength" unit=" %" min={10} max={100} value={strength} onChange={setStrength} />
          <Swatches label="Colour of the mask" colors={OVERLAYS} value={color} onChange={setColor} />
          {edited.picture && (
            <Slider
              label="Last result over it (O)"
              unit=" %"
              min={0}
              max={100}
              value={resultShown}
              onChange={setResultShown}
            />
          )}
          <p className="hidden pt-2 text-soft text-xs leading-5 sm:block">
            White on the wire is the part to change. [ ] size, Shift+[ ] hardness, X paints or erases, Space moves the
            picture.
          </p>
        </SidePanel>
      }
    />
  );
}
