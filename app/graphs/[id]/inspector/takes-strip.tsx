"use client";
import { useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { thumbOf } from "#lib/client/editor/fields/take-facts.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import type { NodeTake } from "#lib/client/editor/node-run.ts";
import { takeNow } from "#lib/client/editor/running/takes.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Section } from "./panel-parts.tsx";
import { TakeDetails } from "./take-details.tsx";

const NO_TAKES: readonly NodeTake[] = [];

/** Every past result of a node as a film strip, newest first: tries, and turns of its conversation. One is looked at, any can be used again. */
export function TakesStrip({ id }: { id: string }) {
  const editor = useEditor();
  const takes = useEditorState(({ run }) => run.takes.get(id) ?? NO_TAKES);
  const now = useEditorState(() => takeNow(editor, id));
  // What a node of words gave without a model stands in front of you already.
  const talks = useEditorState(
    ({ document }) => editor.around.registry.get(nodesById(document).get(id)?.type ?? "")?.effect === "model",
  );
  const [picked, setPicked] = useState<NodeTake>();
  if (takes.length === 0 || (!talks && !takes.some(thumbOf))) return null;
  const shown = picked && takes.includes(picked) ? picked : undefined;
  return (
    <Section
      title="History"
      aside={
        <span className="text-soft text-xs tabular-nums">
          {takes.length === 1 ? "1 result" : `${takes.length} results`}
        </span>
      }
    >
      <ul aria-label="Past results" className="-mx-3.5 flex gap-1.5 overflow-x-auto px-3.5 pt-0.5 pb-1.5">
        {takes.map((take) => (
          <li key={`${take.runId}:${take.pass}:${take.key ?? ""}`} className="shrink-0">
            <button
              type="button"
              aria-pressed={take === shown}
              onClick={() => setPicked(take === shown ? undefined : take)}
              className="relative block overflow-hidden rounded-md border-2 border-transparent bg-well aria-pressed:border-brand"
            >
              <span className="sr-only">{`${nameOf(take)}${take === now ? ", in use" : ""}`}</span>
              <TakeThumb take={take} />
              <span
                aria-hidden="true"
                className="absolute inset-x-0 bottom-0 flex justify-between bg-black/65 px-1 font-medium text-[10px] text-white leading-4 tabular-nums"
              >
                <span>{take.take}</span>
                {take.depth !== undefined && (
                  <span title={`Turn ${take.depth} of its conversation`}>{`T${take.depth}`}</span>
                )}
              </span>
              {take === now && (
                <span className="absolute top-1 left-1 size-2 rounded-full bg-brand ring-2 ring-black/50" />
              )}
            </button>
          </li>
        ))}
      </ul>
      {shown && (
        <TakeDetails
          key={shown.runId + shown.pass}
          id={id}
          take={shown}
          inUse={shown === now}
          onClose={() => setPicked(undefined)}
        />
      )}
    </Section>
  );
}

const nameOf = ({ take, depth, pass }: NodeTake): string =>
  [`Take ${take}`, depth === undefined ? "" : `turn ${depth}`, pass > 0 ? `pass ${pass + 1}` : ""]
    .filter(Boolean)
    .join(", ");

function TakeThumb({ take }: { take: NodeTake }) {
  const picture = thumbOf(take);
  if (!picture) return <span className="grid h-14 w-14 place-items-center text-soft text-xs">Words</span>;
  return (
    <img
      src={assetUrl(picture.asset, 160)}
      alt=""
      loading="lazy"
      width={picture.width}
      height={picture.height}
      className="h-14 w-auto min-w-10 max-w-24 object-cover"
    />
  );
}
