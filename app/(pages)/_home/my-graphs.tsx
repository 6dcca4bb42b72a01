"use client";
import { Search } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { searchGraphs } from "#lib/client/home/my-graphs.ts";
import { Notice } from "../../_ui/notice.tsx";
import { CardGrid, EmptyCards } from "./card-grid.tsx";
import { GraphCard } from "./graph-card.tsx";
import type { MyGraphs as Mine } from "./use-my-graphs.ts";

/** Graphs of one's own as cards, with a search. `most`: how many are shown until one searches. */
export function MyGraphs({ mine, most, level = 2 }: { mine: Mine; most?: number; level?: 1 | 2 }) {
  const [typed, setTyped] = useState("");
  const { graphs, gone, error, actions, undo } = mine;
  const found = searchGraphs(graphs ?? [], typed);
  const shown = typed.trim() === "" ? found.slice(0, most) : found;
  const now = Date.now();
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <section aria-labelledby="my-graphs">
      <div className="mb-4 flex min-h-10 flex-wrap items-center justify-between gap-3">
        <Heading
          id="my-graphs"
          className={level === 1 ? "font-semibold text-2xl tracking-tight" : "font-semibold text-lg"}
        >
          My graphs
        </Heading>
        {most !== undefined && (graphs?.length ?? 0) > most && (
          <Link href="/graphs" className="mr-auto text-soft text-sm underline underline-offset-4 hover:text-ink">
            All {graphs?.length}
          </Link>
        )}
        {(graphs?.length ?? 0) > 3 && (
          <label className="relative w-full sm:w-64">
            <span className="sr-only">Search my graphs</span>
            <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-soft" />
            <input
              type="search"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              placeholder="Search"
              className="min-h-10 w-full rounded-lg border border-line bg-surface pr-3 pl-9 text-sm"
            />
          </label>
        )}
      </div>
      {error !== undefined && (
        <div role="alert" className="mb-5">
          <Notice tone="fail" title={error} />
        </div>
      )}
      {graphs === undefined ? (
        <EmptyCards count={4} />
      ) : shown.length === 0 ? (
        <p className="rounded-xl border border-line border-dashed px-4 py-10 text-center text-soft">
          {typed.trim() === ""
            ? "No graph yet. Open a template or start with an empty one."
            : "No graph is called that."}
        </p>
      ) : (
        <CardGrid label="My graphs">
          {shown.map((graph) => (
            <li key={graph.id}>
              {gone.has(graph.id) ? (
                <Deleted name={graph.name} onUndo={() => undo(graph.id)} />
              ) : (
                <GraphCard graph={graph} now={now} actions={actions} />
              )}
            </li>
          ))}
        </CardGrid>
      )}
    </section>
  );
}

/** The place of a graph that has just been deleted. */
function Deleted({ name, onUndo }: { name: string; onUndo(): void }) {
  return (
    <div className="flex aspect-4/3 flex-col items-center justify-center gap-3 rounded-xl border border-line border-dashed p-3 text-center text-sm">
      <p role="status" className="line-clamp-2 text-soft">
        “{name}” is deleted.
      </p>
      <button
        type="button"
        onClick={onUndo}
        className="min-h-9 rounded-lg border border-line px-4 font-medium hover:bg-ink/8"
      >
        Undo
      </button>
    </div>
  );
}
