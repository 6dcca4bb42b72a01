"use client";
import { useMemo, useState } from "react";
import { type ChangeWords, changeWords } from "#lib/client/editor/drafts/change-words.ts";
import { diffGraphs } from "#lib/client/editor/drafts/diff-graphs.ts";
import { mapPicture } from "#lib/client/editor/drafts/map-picture.ts";
import type { WordPiece } from "#lib/client/editor/drafts/word-diff.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { count } from "#lib/client/words.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import type { Registry } from "#lib/sdk/registry.ts";
import { GraphMap } from "./graph-map.tsx";

const TONES: Record<ChangeWords["tone"], { look: string; word: string; sign: string }> = {
  added: { look: "text-done", word: "Added", sign: "+" },
  removed: { look: "text-fail", word: "Removed", sign: "−" },
  changed: { look: "text-hold", word: "Changed", sign: "≠" },
  moved: { look: "text-soft", word: "Moved", sign: "↔" },
};

/** What is different between two documents: drawn on a map of the newer one, and said in words. */
export function DocumentChanges({
  registry,
  before,
  after,
  label,
  wide = false,
}: {
  registry: Registry;
  before: Graph;
  after: Graph;
  label: string;
  /** There is room for the words beside the map. */
  wide?: boolean;
}) {
  const [marked, setMarked] = useState<string>();
  const { words, picture } = useMemo(() => {
    const changes = diffGraphs(before, after);
    const say = changeWords(registry, before, after);
    return {
      words: changes.map(say),
      picture: mapPicture(after, (node) => titleOf(node, registry.get(node.type)), changes),
    };
  }, [before, after, registry]);
  return (
    <div className={wide ? "grid items-start gap-4 lg:grid-cols-[3fr_2fr]" : "flex flex-col gap-3"}>
      <div className={wide ? "lg:sticky lg:top-0" : ""}>
        <GraphMap picture={picture} label={`${label}: map`} marked={marked} width={wide ? 640 : 520} />
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <p className="text-soft text-sm">
          {words.length === 0 ? "Nothing is different." : count(words.length, "difference")}
        </p>
        <ul aria-label={`${label}: differences`} className="flex flex-col gap-1.5">
          {words.map((one, index) => (
            <li key={index}>
              <Change change={one} onPoint={setMarked} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Change({ change, onPoint }: { change: ChangeWords; onPoint(id: string | undefined): void }) {
  const { look, word, sign } = TONES[change.tone];
  return (
    <div
      className="rounded-lg border border-line bg-surface px-3 py-2 text-sm"
      onPointerEnter={() => onPoint(change.nodeId)}
      onPointerLeave={() => onPoint(undefined)}
    >
      <p className="flex items-baseline gap-2">
        <span className={`w-3 shrink-0 text-center font-semibold ${look}`} title={word}>
          <span aria-hidden="true">{sign}</span>
          <span className="sr-only">{word}: </span>
        </span>
        <span className="min-w-0 break-words">
          <span className="font-medium">{change.what}</span> <span className="text-soft">{change.says}</span>
        </span>
      </p>
      {change.pieces && <Pieces pieces={change.pieces} />}
    </div>
  );
}

/** Two texts as one, with what went and what came. */
function Pieces({ pieces }: { pieces: readonly WordPiece[] }) {
  return (
    <p className="mt-1.5 max-h-60 overflow-y-auto whitespace-pre-wrap break-words rounded-md bg-well px-2.5 py-2 leading-relaxed">
      {pieces.map(({ kind, text }, index) =>
        kind === "same" ? (
          text
        ) : kind === "added" ? (
          <ins key={index} className="rounded-sm bg-done/20 text-done decoration-done/60">
            {text}
          </ins>
        ) : (
          <del key={index} className="rounded-sm bg-fail/15 text-fail decoration-fail/60">
            {text}
          </del>
        ),
      )}
    </p>
  );
}
