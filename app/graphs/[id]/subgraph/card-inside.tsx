"use client";
import { ArrowUpCircle, CornerDownRight, Layers } from "lucide-react";
import { memo } from "react";
import { useStore } from "zustand";
import { cardState, STATE_WORDS } from "#lib/client/editor/canvas/card-state.ts";
import type { InnerRun, NodeRun } from "#lib/client/editor/node-run.ts";
import { browserLinks } from "#lib/client/editor/subgraph/links.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { innermost } from "#lib/client/inside.ts";
import { count } from "#lib/client/words.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";
import type { NodeLink } from "#lib/sdk/define-node.ts";

/** Steps listed on a card at most: what needs somebody first, then what runs. */
const MOST = 4;
const FIRST = ["failed", "waiting", "in_doubt", "blocked", "running", "queued", "cancelled", "done", "skipped"];
const actions = () => import("#lib/client/editor/subgraph/actions.ts");

/** What a node that stands for a graph says of it: which version, whether there is a newer one, and what goes on inside. */
export const CardInside = memo(function CardInside({
  node,
  link,
  inner,
}: {
  node: GraphNode;
  link: NodeLink;
  inner: NodeRun["inner"];
}) {
  const editor = useEditor();
  const saved = useStore(browserLinks().store, (state) => state.saved?.get(link.graph));
  const newest = saved && saved.revision > link.revision ? saved.revision : undefined;
  const open = (select?: string) => async () => void (await (await actions()).openInside(editor, node.id, select));
  const shown = [...(inner ?? [])].sort((a, b) => FIRST.indexOf(a.state) - FIRST.indexOf(b.state)).slice(0, MOST);
  return (
    <div className="canvas-inside">
      <button type="button" tabIndex={-1} onClick={open()} className="nodrag" title="Open (Enter)">
        <Layers aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
        <span className="min-w-0 flex-1 truncate">{saved?.name ?? link.graph}</span>
        <span className="shrink-0 text-soft tabular-nums">version {link.revision}</span>
      </button>
      {newest !== undefined && (
        <button
          type="button"
          tabIndex={-1}
          onClick={async () => void (await (await actions()).linkTo(editor, node.id, link.graph, newest))}
          className="nodrag text-brand"
        >
          <ArrowUpCircle aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="min-w-0 flex-1 truncate font-medium">Update to version {newest}</span>
        </button>
      )}
      {shown.length > 0 && (
        <ul aria-label="Steps inside">
          {shown.map((one) => (
            <li key={one.nodeId}>
              <button type="button" tabIndex={-1} onClick={open(localName(node.id, one))} className="nodrag">
                <CornerDownRight aria-hidden="true" className="size-3 shrink-0 text-soft" />
                <span className="min-w-0 flex-1 truncate">
                  {one.title || editor.around.registry.get(one.type)?.title || innermost(one.nodeId)}
                </span>
                <span className="shrink-0 text-soft" data-state={one.state}>
                  {STATE_WORDS[cardState({ ...one, stale: false }) ?? "queued"]}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {inner && inner.length > shown.length && (
        <p className="px-2 pb-1 text-[11px] text-soft">and {count(inner.length - shown.length, "more step")}</p>
      )}
    </div>
  );
});

/** The node of the graph inside that a step belongs to: of one deeper down, the node it stands in there. */
const localName = (holder: string, { nodeId }: InnerRun): string =>
  nodeId.slice(holder.length + 1).split("/", 1)[0] ?? innermost(nodeId);
