"use client";
import { assetUrl } from "#lib/client/call-api.ts";
import type { NodeTake } from "#lib/client/editor/node-run.ts";
import { takeNow, useTake } from "#lib/client/editor/running/takes.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

/** Thumbs in the strip; the ones around the current take when there are more. */
const MOST = 5;

/** The takes of a node, oldest first; a click goes back to one, which costs nothing. */
export function FilmStrip({ nodeId, takes }: { nodeId: string; takes: readonly NodeTake[] }) {
  const editor = useEditor();
  const now = useEditorState(() => takeNow(editor, nodeId));
  const film = [...takes].reverse();
  const current = now ? film.indexOf(now) : -1;
  const middle = current < 0 ? film.length : current;
  const first = Math.max(0, Math.min(middle - Math.floor(MOST / 2), film.length - MOST));
  // Called as a plain function: it changes the document, it is no hook.
  const choose = useTake;
  return (
    <div className="flex items-center gap-1 px-2 pt-2">
      <ul aria-label="Takes" className="flex min-w-0 flex-1 gap-1">
        {film.slice(first, first + MOST).map((take, index) => {
          const asset = pictureOf(take);
          const at = first + index;
          return (
            <li key={`${take.runId} ${take.pass} ${take.key ?? at}`}>
              <button
                type="button"
                tabIndex={-1}
                aria-pressed={at === current}
                aria-label={`Take ${at + 1}`}
                onClick={() => choose(editor, nodeId, take)}
                className="nodrag canvas-thumb"
              >
                {asset ? <img src={assetUrl(asset, 80)} alt="" draggable={false} /> : at + 1}
              </button>
            </li>
          );
        })}
      </ul>
      <span className="text-[11px] text-soft tabular-nums">
        {current < 0 ? "new" : current + 1}/{film.length}
      </span>
    </div>
  );
}

const pictureOf = (take: NodeTake): string | undefined => {
  for (const value of Object.values(take.outputs).flat())
    if (value.kind === "image" || value.kind === "mask") return value.asset;
  return undefined;
};
