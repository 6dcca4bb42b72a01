"use client";
import { Download, GitCompareArrows, ImagePlus } from "lucide-react";
import { useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { addNode } from "#lib/client/editor/edit/edit-nodes.ts";
import { pictureHolder } from "#lib/client/editor/habits/config-fields.ts";
import { change, openDialog } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { verdictOn } from "#lib/client/review/verdict-lines.ts";
import { ExportButton } from "../../../_ui/export/export-button.tsx";
import { drawBoxes } from "../../../_ui/quality/draw-boxes.ts";
import { VerdictChip } from "../../../_ui/quality/verdict-chip.tsx";
import { type BoxesShown, linesShown, VerdictLines } from "../../../_ui/quality/verdict-lines.tsx";
import { BarButton, SidePanel } from "../../../_ui/stage/controls.tsx";
import { FullDialog } from "../../../_ui/stage/full-dialog.tsx";
import { Stage } from "../../../_ui/stage/stage.tsx";
import { createStageView } from "../../../_ui/stage/stage-view.ts";
import { TurnButton } from "../../../_ui/stage/turn-button.tsx";
import { stageKeys, ZoomButtons } from "../../../_ui/stage/zoom-buttons.tsx";
import type { DialogProps } from "../dialogs.tsx";
import { PictureFacts } from "./picture-facts.tsx";
import { usePicture } from "./use-picture.ts";

/** One picture as large as it is, with everything known of it, and its neighbours an arrow away. */
export default function PictureDialog({ dialog: { pictures, index }, close }: DialogProps<"picture">) {
  const editor = useEditor();
  const [view] = useState(createStageView);
  const [at, setAt] = useState(Math.min(Math.max(0, index), pictures.length - 1));
  const value = pictures[at];
  const { picture, error } = usePicture(value?.asset);
  const { verdict, lines } = verdictOn(value);
  const [boxes, setBoxes] = useState<BoxesShown>({ all: true });
  if (!value) return null;
  const title = value.label || "Picture";
  const previous = pictures[at - 1];
  const go = (by: number) => setAt((now) => (now + by + pictures.length) % pictures.length);
  const compare = () => previous && openDialog(editor, { kind: "compare", before: previous, after: value });
  const reference = () => {
    const holder = pictureHolder(editor.around.registry);
    if (!holder) return;
    const { document } = editor.getState();
    const place = editor.around.viewport?.center() ?? { x: 0, y: 0 };
    const added = addNode(document, holder.type, place, { [holder.field]: [{ asset: value.asset }] });
    close();
    change(editor, "Use a picture as reference", () => added.graph, {
      select: [added.id],
      say: "A reference with this picture was added.",
    });
    editor.around.viewport?.focus(added.id);
  };
  const file = `${title.replace(/[^\p{L}\p{N}-]+/gu, "-").toLowerCase()}.${value.mediaType.split("/")[1] ?? "png"}`;
  const { width, height } = value;
  return (
    <FullDialog
      title={title}
      status={pictures.length > 1 ? `${at + 1} of ${pictures.length}` : undefined}
      onClose={close}
      keys={{
        ...stageKeys(view),
        ...(pictures.length > 1 ? { arrowleft: () => go(-1), arrowright: () => go(1) } : {}),
        ...(previous ? { w: compare } : {}),
      }}
      actions={
        <BarButton first onClick={close}>
          Close
        </BarButton>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
        <div className="relative flex min-h-0 min-w-0 flex-1">
          <Stage
            picture={{ width, height }}
            view={view}
            label={value.made.prompt ? `${title}: ${value.made.prompt.slice(0, 200)}` : title}
            draw={(context, { scale }) => {
              if (picture) context.drawImage(picture, 0, 0, width, height);
              drawBoxes(context, { width, height }, linesShown(lines, boxes), scale);
            }}
          />
          {error && (
            <p role="alert" className="absolute inset-0 grid place-content-center text-sm">
              {error}
            </p>
          )}
          {pictures.length > 1 && (
            <>
              <TurnButton to="previous" onClick={() => go(-1)} />
              <TurnButton to="next" onClick={() => go(1)} />
            </>
          )}
          <ZoomButtons view={view} />
        </div>
        <SidePanel label="About this picture">
          <div className="flex flex-wrap gap-2">
            <a
              href={assetUrl(value.asset)}
              download={file}
              className="inline-flex min-h-9 items-center gap-1.5 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8"
            >
              <Download aria-hidden="true" className="size-4" />
              Download
            </a>
            {value.made.run && <ExportButton wanted={{ pictures: [{ run: value.made.run, asset: value.asset }] }} />}
            <BarButton onClick={reference}>
              <ImagePlus aria-hidden="true" className="size-4" />
              Use as reference
            </BarButton>
            {previous && (
              <BarButton onClick={compare}>
                <GitCompareArrows aria-hidden="true" className="size-4" />
                Compare with previous
              </BarButton>
            )}
          </div>
          {verdict && (
            <div className="grid gap-2">
              <VerdictChip verdict={verdict} className="justify-self-start" />
              <VerdictLines lines={lines} shown={boxes} onShow={setBoxes} />
            </div>
          )}
          <PictureFacts picture={value} />
        </SidePanel>
      </div>
    </FullDialog>
  );
}
