"use client";
import dynamic from "next/dynamic";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import type { Graph } from "#lib/protocol/graph.ts";

/** Drawing a graph takes much more than the rest of this page: it comes by itself. */
const RunCanvas = dynamic(() => import("./run-canvas.tsx").then((module) => module.RunCanvas), { ssr: false });

/** The graph as it was when the run began, with what each node gave so far. A look only; every step is told in full below. */
export function RunGraph({ view }: { view: RunView }) {
  const { value } = useLoaded<Graph>(`/api/runs/${encodeURIComponent(view.document.runId)}/graph`);
  return (
    <figure
      aria-label="The graph of this run"
      className="h-56 overflow-hidden rounded-xl border border-line bg-canvas sm:h-80"
    >
      {value && value.nodes.length > 0 && <RunCanvas graph={value} view={view} />}
    </figure>
  );
}
