"use client";
import { picturesOf } from "#lib/client/editor/paint/node-pictures.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { VerdictValue } from "#lib/protocol/values.ts";
import { VerdictChip } from "../../../_ui/quality/verdict-chip.tsx";

/** What a judge made of a picture on a card; a click opens the picture with every line of it. */
export function CardVerdict({
  nodeId,
  asset,
  verdict,
  small,
}: {
  nodeId: string;
  asset: string | undefined;
  verdict: VerdictValue;
  small: boolean;
}) {
  const editor = useEditor();
  const open = () => {
    const pictures = Object.values(editor.getState().run.nodes.get(nodeId)?.outputs ?? {})
      .flat()
      .filter((value) => value.kind === "image");
    const shown = pictures.length > 0 ? pictures : picturesOf(editor.getState(), nodeId);
    const index = Math.max(
      0,
      shown.findIndex((picture) => picture.asset === asset),
    );
    if (shown.length > 0) openDialog(editor, { kind: "picture", pictures: shown, index });
  };
  return (
    // A model's label may stand at the foot of a picture: it must not be covered.
    <button type="button" tabIndex={-1} onClick={open} className="nodrag absolute top-1.5 left-1.5 rounded-full">
      <VerdictChip verdict={verdict} small={small} />
    </button>
  );
}
