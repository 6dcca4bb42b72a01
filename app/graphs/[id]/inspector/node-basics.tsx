"use client";
import { Minus, Pin, PinOff, Plus } from "lucide-react";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { setMode, setTake } from "#lib/client/editor/edit/node-basics.ts";
import { readNumber } from "#lib/client/editor/fields/number-steps.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { unpin } from "#lib/client/editor/running/takes.ts";
import { change, seal } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { BOX, MINI, SMALL } from "./controls/control-props.ts";
import { Fold, Segments } from "./panel-parts.tsx";

export const MODES = [
  { value: "on", title: "On", hint: "Runs" },
  { value: "bypass", title: "Bypass", hint: "What comes in goes out unchanged" },
  { value: "mute", title: "Mute", hint: "Gives nothing; what needs it is skipped" },
] as const;

/** What every node has, whatever its type: mode, take, pin, and what happens when it fails (`fails`: unless the nodes inside it say so). */
export function NodeBasics({ id, runs, fails = true }: { id: string; runs: boolean; fails?: boolean }) {
  const editor = useEditor();
  const mode = useEditorState(({ document }) => nodesById(document).get(id)?.mode ?? "on");
  const take = useEditorState(({ document }) => nodesById(document).get(id)?.take ?? 1);
  const pin = useEditorState(({ document }) => nodesById(document).get(id)?.pin);
  const onError = useEditorState(({ document }) => nodesById(document).get(id)?.config.onError);
  if (!runs) return null;
  const step = (to: number) =>
    change(editor, `Take ${Math.max(1, to)}`, (graph) => setTake(graph, id, to), { merge: `take:${id}` });
  return (
    <Fold title="How it runs" open={mode !== "on" || pin !== undefined || take > 1 || onError !== undefined}>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-xs">Mode</span>
        <Segments
          label={`Mode of ${id}`}
          options={MODES}
          value={mode}
          onChoose={(next) => change(editor, `Mode: ${next}`, (graph) => setMode(graph, [id], next))}
        />
      </div>
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-xs" title="Raise it to ask the model for another try">
          Take
        </span>
        <span className="flex items-center gap-1">
          <button
            type="button"
            aria-label="One take back"
            disabled={take <= 1}
            onClick={() => step(take - 1)}
            className={MINI}
          >
            <Minus aria-hidden="true" className="size-3.5" />
          </button>
          <input
            type="text"
            inputMode="numeric"
            aria-label="Take"
            value={String(take)}
            onChange={(event) => {
              const next = readNumber(event.target.value);
              if (next !== undefined) step(next);
            }}
            onBlur={() => seal(editor)}
            className={`${BOX} w-14 text-center tabular-nums`}
          />
          <button type="button" aria-label="One take further" onClick={() => step(take + 1)} className={MINI}>
            <Plus aria-hidden="true" className="size-3.5" />
          </button>
        </span>
      </div>
      {pin !== undefined && (
        <div className="flex items-center gap-2 rounded-lg border border-line bg-well p-2 text-xs">
          <Pin aria-hidden="true" className="size-3.5 shrink-0 text-brand" />
          <span className="min-w-0 flex-1">
            Pinned to a past result: it is used again whatever the settings say.
            <span className="block truncate font-mono text-[10px] text-soft">{pin}</span>
          </span>
          <button type="button" onClick={() => unpin(editor, id)} className={SMALL}>
            <PinOff aria-hidden="true" className="size-3.5" />
            Unpin
          </button>
        </div>
      )}
      {fails && (
        <div className="flex flex-col gap-1">
          <span className="font-medium text-xs">When it fails</span>
          <Segments
            label={`When ${id} fails`}
            options={[
              { value: "stop", title: "Stop here", hint: "What needs it fails too" },
              { value: "continue", title: "Go on", hint: "An error port says what went wrong; the others go on" },
            ]}
            value={onError === "continue" ? "continue" : "stop"}
            onChoose={(next) =>
              change(editor, "When it fails", (graph) =>
                setSetting(graph, id, "onError", next === "stop" ? undefined : next),
              )
            }
          />
        </div>
      )}
    </Fold>
  );
}
