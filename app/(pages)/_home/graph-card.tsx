"use client";
import { Copy, Pencil, Table2, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { SavedGraph } from "#lib/client/home/my-graphs.ts";
import { ago } from "#lib/client/words.ts";
import { Busy } from "./busy.tsx";
import { ConfirmDelete } from "./confirm-delete.tsx";
import { GraphFace } from "./graph-face.tsx";
import { NameField } from "./name-field.tsx";

/** What can be done with a graph of one's own. */
export type GraphActions = {
  rename(id: string, name: string): Promise<void>;
  duplicate(id: string): Promise<void>;
  remove(id: string): Promise<void>;
};

/** A graph of one's own: its last picture, its name, when it was changed. */
export function GraphCard({ graph, now, actions }: { graph: SavedGraph; now: number; actions: GraphActions }) {
  const [mode, setMode] = useState<"rest" | "name" | "delete">("rest");
  const [doing, setDoing] = useState("");
  const act = async (words: string, what: () => Promise<void>) => {
    if (doing !== "") return;
    setDoing(words);
    setMode("rest");
    await what();
    setDoing("");
  };
  return (
    <article aria-label={graph.name} aria-busy={doing !== ""} className="group relative">
      <div className="relative aspect-4/3 overflow-hidden rounded-xl bg-well">
        <GraphFace id={graph.id} etag={graph.etag} />
        <span className="absolute inset-0 rounded-xl ring-1 ring-line ring-inset transition group-hover:ring-soft" />
        {doing !== "" && <Busy words={doing} />}
        {mode === "delete" && (
          <ConfirmDelete
            name={graph.name}
            onConfirm={() => act("Deleting …", () => actions.remove(graph.id))}
            onKeep={() => setMode("rest")}
          />
        )}
      </div>
      {mode === "name" ? (
        <NameField
          name={graph.name}
          onKeep={() => setMode("rest")}
          onName={(name) => act("Saving …", () => actions.rename(graph.id, name))}
        />
      ) : (
        <h3 className="mt-2.5 truncate font-semibold text-[15px] leading-snug">
          <Link
            href={`/graphs/${encodeURIComponent(graph.id)}`}
            className="after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-2"
          >
            {graph.name}
          </Link>
        </h3>
      )}
      <div className="flex min-h-8 items-center justify-between gap-1">
        <p className="truncate text-[13px] text-soft">{ago(graph.updatedAt, now)}</p>
        <div className="relative flex opacity-0 transition focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          <Link
            href={`/batches/new?graph=${encodeURIComponent(graph.id)}`}
            prefetch={false}
            aria-label={`Run ${graph.name} from a table`}
            title="Run from a table"
            className={ACT}
          >
            <Table2 aria-hidden="true" className="size-4" />
          </Link>
          <Act label={`Rename ${graph.name}`} Icon={Pencil} onClick={() => setMode("name")} />
          <Act
            label={`Duplicate ${graph.name}`}
            Icon={Copy}
            onClick={() => act("Copying …", () => actions.duplicate(graph.id))}
          />
          <Act label={`Delete ${graph.name}`} Icon={Trash2} onClick={() => setMode("delete")} />
        </div>
      </div>
    </article>
  );
}

const ACT = "grid size-8 place-items-center rounded-md text-soft hover:bg-ink/8 hover:text-ink";

function Act({ label, Icon, onClick }: { label: string; Icon: typeof Copy; onClick(): void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick} className={ACT}>
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
