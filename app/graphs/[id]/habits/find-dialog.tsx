"use client";
import { ArrowDown, ArrowUp, Search, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { findNodes, type Hit } from "#lib/client/editor/habits/find-nodes.ts";
import { goToNode } from "#lib/client/editor/habits/pointer.ts";
import { say, select } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import type { DialogProps } from "../dialogs.tsx";
import { Popup } from "./popup.tsx";

/** Finds nodes by anything written in them. Enter goes from hit to hit; the canvas stays visible beside it. */
export default function FindDialog({ close }: DialogProps<"find">) {
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(-1);
  const hits = useMemo(() => findNodes(document, editor.around.registry, query), [document, editor, query]);
  const rows = useRef<HTMLOListElement>(null);

  const show = (index: number) => {
    const hit = hits.at(index % Math.max(1, hits.length));
    if (!hit) return;
    const place = hits.indexOf(hit);
    setAt(place);
    select(editor, [hit.id]);
    editor.around.viewport?.fit([hit.id]);
    say(editor, `${place + 1} of ${hits.length}: ${hit.title}, ${hit.type}`);
  };
  const leave = () => {
    close();
    const hit = hits[at];
    if (hit) goToNode(editor, hit.id);
  };
  useEffect(() => {
    rows.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);

  return (
    <Popup label="Find in this graph" at="corner" size={{ width: 380, height: 420 }} modal={false} close={leave}>
      <div className="flex items-center gap-1 border-line border-b pr-1.5 pl-3">
        <Search aria-hidden="true" className="size-4 shrink-0 text-soft" />
        <input
          type="text"
          aria-label="Find in titles, types, ids and prompts"
          // biome-ignore lint/a11y/noAutofocus: the box is what the dialog was opened for.
          autoFocus
          spellCheck={false}
          value={query}
          placeholder="Find in titles, ids and prompts"
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(-1);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") show(event.shiftKey ? (at <= 0 ? -1 : at - 1) : at + 1);
            else if (event.key === "ArrowDown") show(at + 1);
            else if (event.key === "ArrowUp") show(at <= 0 ? -1 : at - 1);
            else if (event.key === "Escape") leave();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
          className="h-11 min-w-0 flex-1 bg-transparent px-1 text-sm outline-none placeholder:text-soft"
        />
        <span role="status" className="whitespace-nowrap px-1 text-soft text-xs tabular-nums">
          {query.trim() === "" ? "" : at < 0 ? count(hits.length, "hit") : `${at + 1} of ${hits.length}`}
        </span>
        <IconButton title="Previous hit" onClick={() => show(at <= 0 ? -1 : at - 1)}>
          <ArrowUp aria-hidden="true" className="size-4" />
        </IconButton>
        <IconButton title="Next hit" onClick={() => show(at + 1)}>
          <ArrowDown aria-hidden="true" className="size-4" />
        </IconButton>
        <IconButton title="Close" onClick={leave}>
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
      {hits.length > 0 && (
        <ol ref={rows} aria-label="Hits" className="min-h-0 overflow-y-auto p-1.5">
          {hits.map((hit, index) => (
            <li key={hit.id}>
              <HitRow hit={hit} current={index === at} onClick={() => show(index)} />
            </li>
          ))}
        </ol>
      )}
    </Popup>
  );
}

function HitRow({ hit, current, onClick }: { hit: Hit; current: boolean; onClick(): void }) {
  return (
    <button
      type="button"
      aria-current={current}
      onClick={onClick}
      className="block w-full rounded-lg px-2 py-1.5 text-left text-sm hover:bg-ink/8 aria-current:bg-ink/10"
    >
      <span className="flex justify-between gap-2">
        <span className="truncate">{hit.title}</span>
        <span className="shrink-0 text-soft text-xs">{hit.type}</span>
      </span>
      {hit.excerpt && (
        <span className="block truncate text-soft text-xs">
          {hit.where}: {hit.excerpt}
        </span>
      )}
    </button>
  );
}

function IconButton({ title, onClick, children }: { title: string; onClick(): void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      title={title}
      aria-label={title}
      onClick={onClick}
      className="rounded-lg p-1.5 text-soft hover:bg-ink/8 hover:text-ink"
    >
      {children}
    </button>
  );
}
